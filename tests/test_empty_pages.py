"""Pages that show no text: the feed's full text, the AMP version; a page's own text is always preferred."""

import pytest

from crawler.discovery.feed_texts import FeedTexts
from crawler.discovery.found import Found
from crawler.extraction import extract
from tests.extraction.test_states import BODY, MARKUP, PARAGRAPHS, TITLE
from tests.test_crawl import QUICK, summary
from tests.website import Page, Website

HEAD = f'<meta charset="utf-8"><title>{TITLE} | الأصداف</title><meta property="og:title" content="{TITLE}">'
SHELL = f'<html lang="ar"><head>{HEAD}%s</head><body><h1>{TITLE}</h1><div id="app">جاري التحميل</div></body></html>'
CREDIT = "<p>ظهرت المقالة <a href='/1'>" + TITLE + "</a> أولاً على <a href='/'>الأصداف</a>.</p>"
URL = "https://asdaf.example/news/1"


def from_feed(feed_text, page=SHELL % ""):
    return extract(page, URL, feed_text=feed_text, explain=True)


class TestFeedText:
    def test_is_read_where_the_page_has_no_text_and_the_evidence_says_so(self):
        extraction = from_feed(
            f'<figure><img src="x.jpg"><figcaption>القطار الجديد</figcaption></figure>{MARKUP}{CREDIT}'
        )
        assert extraction.article.body == BODY
        (body,) = [entry for entry in extraction.evidence if entry.field == "body"]
        assert (body.origin, body.where) == ("structured data", "the feed's full text")

    def test_the_pages_own_text_is_preferred(self):
        own = SHELL.replace("جاري التحميل", MARKUP) % ""
        longer = MARKUP + "".join(
            f"<p>زيادة في الخلاصة رقم {i} ليست في الصفحة ولا في أي مكان آخر.</p>" for i in range(20)
        )
        assert from_feed(longer, own).article.body == BODY

    @pytest.mark.parametrize(
        "feed_text",
        [
            "",
            f"<p>{PARAGRAPHS[0]}</p>",
            f"{MARKUP}<p>وقال المصدر إن الأشغال […]</p>",
            f"{MARKUP}<p><a href='/1'>اقرأ المزيد</a></p>",
            "<" * 5000,
        ],
    )
    def test_a_summary_or_a_cut_text_is_no_body(self, feed_text):
        extraction = from_feed(feed_text)
        assert (extraction.article, extraction.kind) == (None, "empty")

    def test_the_headline_alone_is_no_body(self):
        extraction = from_feed(None, SHELL.replace(TITLE, f"{TITLE} صباح الأحد") % "")
        assert (extraction.article, extraction.kind) == (None, "empty")

    def test_memory_is_bounded(self):
        texts = FeedTexts()
        texts.keep(Found(f"https://asdaf.example/{i}", "feed", text="x" * 100_000) for i in range(500))
        assert texts.take("https://asdaf.example/0").text is None
        assert texts.take("http://www.asdaf.example/499/").text == "x" * 100_000
        assert texts.take("https://asdaf.example/499").text is None


def test_the_amp_version_is_named_only_where_the_page_is_empty():
    link = '<link rel="amphtml" href="/amp/news/1">'
    assert extract(SHELL % link, URL).amp_url == "https://asdaf.example/amp/news/1"
    assert extract(SHELL.replace("جاري التحميل", MARKUP) % link, URL).amp_url is None
    assert extract(SHELL % '<link rel="amphtml" href="http://[">', URL).amp_url is None


def test_a_crawl_takes_the_feeds_text_and_the_amp_version(scrapy_with_store, database):
    def item(number, text=""):
        return f"<item><title>{TITLE}</title><link>/news/{number}</link>{text}</item>"

    content = f"<content:encoded><![CDATA[{MARKUP}{CREDIT}]]></content:encoded>"
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"{item(1, content)}{item(2)}{item(3)}{item(4)}</channel></rss>"
    )
    other = MARKUP.replace("الوزير", "المدير").replace("القطارات", "الحافلات")
    pages = {
        "/feed": Page(feed.encode(), headers={"Content-Type": "application/rss+xml"}),
        "/news/1": Page((SHELL % "").encode()),
        "/news/2": Page((SHELL % '<link rel="amphtml" href="/amp/2"><link rel="canonical" href="/news/2">').encode()),
        "/news/3": Page((SHELL % '<link rel="amphtml" href="https://elsewhere.example/amp/3">').encode()),
        "/news/4": Page((SHELL % '<link rel="amphtml" href="/amp/4">').encode()),
        "/amp/2": Page(
            f'<html amp lang="ar"><head>{HEAD}<link rel="canonical" href="/news/2"></head>'
            f"<body><article><h1>{TITLE}</h1>{other}</article></body></html>".encode()
        ),
        # an AMP version without a text ends there
        "/amp/4": Page((SHELL % '<link rel="amphtml" href="/amp/4/again">').encode()),
    }
    with Website(pages) as site:
        crawl = scrapy_with_store("crawl", "shells", *QUICK, NABA_TEST_SITE=site.address)
        assert (summary(crawl)["new"], summary(crawl)["failed"]) == (2, 2), crawl.stderr
        stored = {article["url"]: article for article in database.articles.find()}
        assert set(stored) == {f"{site.address}/news/1", f"{site.address}/news/2"}
        assert stored[f"{site.address}/news/1"]["body"] == BODY
        assert stored[f"{site.address}/news/1"]["fed_from"]["file"].startswith("shells/")
        assert stored[f"{site.address}/news/2"]["fed_from"] is None
        assert "الحافلات" in stored[f"{site.address}/news/2"]["body"]
        assert stored[f"{site.address}/news/2"]["canonical_url"] == f"{site.address}/news/2"
        assert "/amp/4/again" not in site.asked
        # the page itself is there: that its AMP version is not does not make the article gone
        del site.pages["/amp/2"]
        scrapy_with_store("crawl", "shells", *QUICK, "-a", "refresh=all", NABA_TEST_SITE=site.address)
        assert site.asked.count("/amp/2") == 2
        assert database.articles.count_documents({"gone_at": {"$ne": None}}) == 0
