"""Two newspapers print the same wire story: what a user sees of it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import AsyncMongoClient

from benchmarks.dedup.press import Press
from crawler.items import Article
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare
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


# --- scrapy story

TEXT = """
أعلنت وزارة التجارة اليوم الاثنين عن فتح باب التسجيل للمشاركة في المعرض الوطني للمنتجات المحلية المزمع تنظيمه قريبا.
وأوضح بيان للوزارة أن المعرض سيعرف مشاركة أزيد من 120 مؤسسة تنشط في الصناعات الغذائية والنسيج ومواد البناء كلها.
ودعت الوزارة المتعاملين الراغبين في المشاركة إلى إيداع ملفاتهم على مستوى المديريات الولائية قبل نهاية الأسبوع الجاري.
ويذكر أن الطبعة السابقة من المعرض استقطبت نحو 40 ألف زائر وأسفرت عن توقيع عشرات الاتفاقيات بين المنتجين.
""".strip().splitlines()
PRINTED = datetime.fromisoformat("2024-03-05T09:00:00+01:00")


@pytest.fixture
def printed(mongod_uri, database):
    """Three papers and an article that none of them copied."""
    texts = {
        "copier": ("عنوان آخر", [TEXT[0].replace("اليوم الاثنين", "أمس"), *TEXT[1:3]], 26),
        "agency": ("فتح التسجيل", TEXT, 0),
        "same": ("فتح التسجيل", [" ".join(TEXT)], 3),
        "other": ("خبر", OWN, 1),
    }
    articles = [
        Article(
            url=f"https://{site}.example/{site}/1",
            title=title,
            body="\n\n".join(body),
            site=site,
            published_at=PRINTED + timedelta(hours=later),
            fetched_at=datetime(2024, 3, 8, tzinfo=UTC),
        )
        for site, (title, body, later) in texts.items()
    ]

    async def work():
        async with AsyncMongoClient(mongod_uri, tz_aware=True, w="majority", journal=True) as client:
            await prepare(client[database.name])
            await ArticleWriter(client[database.name]).write(articles)

    asyncio.run(work())


@pytest.mark.usefixtures("printed")
def test_a_story_is_told_in_order_of_publication_with_what_each_paper_changed(scrapy_with_store):
    answer = scrapy_with_store("story", "same.example/same/1")
    assert answer.returncode == 0, answer.stderr
    table, *changes = answer.stdout.split("\n\n")
    rows = [row.split() for row in table.splitlines()[1:]]
    assert [row[:6] for row in rows] == [
        ["2024-03-05", "09:00", "+0100", "agency", "first", "\u2067فتح"],
        ["→", "2024-03-05", "12:00", "+0100", "3", "h"],
        ["2024-03-06", "11:00", "+0100", "26", "h", "00"],
    ]
    assert "word for word" in table
    told = "\n".join(changes)
    assert "the same words, spelt or parted otherwise" in told
    assert "[-اليوم الاثنين-]{+أمس+}" in told
    assert answer.stderr.strip() == "3 printings"


@pytest.mark.usefixtures("printed")
def test_a_story_for_programs(scrapy_with_store):
    answer = scrapy_with_store("story", "https://www.copier.example/copier/1/", "--format", "jsonl")
    first, same, copier = map(json.loads, answer.stdout.splitlines())
    assert (first["site"], first["duplicate_of"], first["kept"], first["own"]) == ("agency", None, 1, 0)
    assert (same["site"], same["duplicate_of"], same["kept"], same["own"]) == ("same", first["id"], 1, 0)
    assert copier["published_at"] == "2024-03-06T11:00:00+01:00"
    assert 0.5 < copier["kept"] < 0.8
    assert copier["own"] < 0.1
    assert (copier["removed"][0], copier["added"]) == ("اليوم الاثنين", ["أمس"])


@pytest.mark.usefixtures("printed")
def test_an_article_without_copies_is_told_as_such(scrapy_with_store):
    answer = scrapy_with_store("story", "other.example/other/1")
    assert answer.returncode == 0
    assert len(answer.stdout.splitlines()) == 2
    assert answer.stderr.strip() == "no copy of it is stored"


@pytest.mark.usefixtures("printed")
def test_signatures_can_be_dropped_and_built_again(database, scrapy_with_store):
    fields = {"story": 1, "duplicate_of": 1}
    before = list(database.articles.find({}, fields).sort("_id"))
    database.signatures.drop()
    database.articles.update_many({}, {"$unset": {"story": "", "duplicate_of": ""}})
    answer = scrapy_with_store("story", "--rebuild")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "4 articles read: 3 of them are printings of 1 story"
    assert list(database.articles.find({}, fields).sort("_id")) == before
    assert database.signatures.count_documents({}) == 4


def test_a_story_is_asked_for_by_one_article(scrapy_with_store):
    for arguments in ((), ("https://x.example/1", "--rebuild")):
        answer = scrapy_with_store("story", *arguments)
        assert answer.returncode == 1
        assert answer.stderr.startswith("error: name one article")
