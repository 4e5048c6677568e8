"""Two newspapers print the same wire story: what a user sees of it."""

import pytest

from benchmarks.dedup.press import Press
from tests.test_crawl import summary
from tests.test_politeness import feed, listing
from tests.website import Page, Website

QUICK = ["-s", "SPIDER_MODULES=tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
WIRE = Press("wire").story(paragraphs=8)
OWN = Press("own").story(paragraphs=8)


def page(title, date, paragraphs):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Page(
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{date}"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>".encode()
    )


def newspaper(**pages):
    """A newspaper of these articles, by the number in their address."""
    articles = {f"/news/{name.removeprefix('n')}": page(*one) for name, one in pages.items()}
    empty = Page(b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')
    listings = {"/feed": feed(*articles), "/latest": listing(*articles), "/latest/page/2": listing()}
    return articles | listings | {"/sitemap.xml": empty, "/news-sitemap.xml": empty}


@pytest.fixture
def crawl(scrapy_with_store):
    """Crawl a newspaper; answers the counts."""

    def run(name, pages, *arguments, **variables):
        with Website(pages) as website:
            answer = scrapy_with_store("crawl", name, *QUICK, *arguments, NABA_TEST_SITE=website.address, **variables)
        assert answer.returncode == 0, answer.stderr
        return summary(answer)

    return run


GAZETTE = newspaper(
    n1=("الوزير يدشن المصنع", "2024-03-05T10:00:00Z", WIRE), n2=("خبر آخر", "2024-03-05T11:00:00Z", OWN)
)
COURIER = newspaper(n7=("تدشين المصنع", "2024-03-05T09:00:00Z", [OWN[0][::-1], *WIRE[1:]]))


def test_a_copy_is_dropped_where_none_is_wanted_and_tied_where_it_is(crawl, database):
    assert crawl("gazette", GAZETTE)["new"] == 2
    counts = crawl("courier", COURIER, NABA_DEDUPLICATE="drop")
    assert (counts["new"], counts["dropped"]) == (0, 1)
    run = database.crawls.find_one({"site": "courier"})
    assert run["counts"]["dropped_by_reason"] == {"copy": 1}
    (note,) = run["notes"]
    assert note["address"].endswith("/news/7")
    assert note["reason"] == "dropped/copy"
    assert "/news/1" in note["detail"]

    assert crawl("courier", COURIER, "-a", "refresh=all")["new"] == 1
    later = database.articles.find_one({"title": "الوزير يدشن المصنع"})
    first = database.articles.find_one({"title": "تدشين المصنع"})
    assert later["duplicate_of"] == first["_id"]
    assert later["story"] == first["story"]
    assert "story" not in database.articles.find_one({"title": "خبر آخر"})

    # What is stored stays, whatever it has become a copy of.
    assert crawl("courier", COURIER, "-a", "refresh=all", "-s", "DEDUPLICATE=drop")["dropped"] == 0
    assert database.articles.count_documents({}) == 3


def test_what_was_crawled_with_deduplication_off_is_tied_by_the_next_crawl(crawl, database):
    crawl("gazette", GAZETTE, "-s", "DEDUPLICATE=off")
    assert database.signatures.count_documents({}) == 0
    crawl("courier", COURIER)
    assert database.articles.count_documents({"story": {"$exists": True}}) == 2
    assert database.articles.count_documents({"unlinked": {"$exists": True}}) == 0


@pytest.mark.parametrize("how", ["environment", "option"])
def test_another_word_is_a_mistake_told_in_a_line(scrapy, how):
    answer = (
        scrapy("search", NABA_DEDUPLICATE="no") if how == "environment" else scrapy("search", "-s", "DEDUPLICATE=no")
    )
    assert answer.returncode == 2
    assert answer.stderr.strip().splitlines() == [
        "error: DEDUPLICATE=no is none of link, drop, off: see `scrapy search --help`"
    ]
