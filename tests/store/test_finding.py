"""An article is found by whatever a user has of it."""

import asyncio
from datetime import UTC, datetime

import pytest
from bson.binary import Binary
from pymongo import AsyncMongoClient

from crawler.addresses import address_key
from crawler.errors import UserError
from crawler.items import Article
from crawler.store.articles import ArticleWriter
from crawler.store.finding import find_article
from crawler.store.schema import prepare

ADDRESS = "https://www.example.com/dz/الحدث/خبر-اليوم-12"
OWN = "https://www.example.com/app/view.php?id=12"
NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)


@pytest.fixture
def stored(mongod_uri, database):
    """One article under its canonical address, another address of it, and a print edition with the same text."""

    async def store():
        async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
            await prepare(client[database.name])
            fields = {"site": "example", "title": "عنوان", "body": "نص الخبر كما نشر " * 30, "fetched_at": NOON}
            for url, canonical in ((OWN, ADDRESS), ("https://www.example.com/print/12", None)):
                writer = ArticleWriter(client[database.name])
                await writer.write([Article(url=url, canonical_url=canonical, **fields)])

    asyncio.run(store())
    assert database.articles.count_documents({}) == 1
    return database


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        OWN,
        "https://www.example.com/print/12",
        "http://example.com/dz/%D8%A7%D9%84%D8%AD%D8%AF%D8%AB/خبر-اليوم-12/?utm_source=x#top",
        "m.example.com/dz/الحدث/خبر-اليوم-12",
        "//example.com/print/12",
        " \u2067<https://example.com/print/12>\u2069 ",
        address_key(ADDRESS).hex(),
        address_key(ADDRESS).hex().upper(),
    ],
)
def test_any_spelling_of_any_address_and_the_id_find_it(stored, text):
    assert find_article(stored, text)["_id"] == address_key(ADDRESS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://example.com/dz/13", "no article is stored under https://example.com/dz/13: `scrapy search`"),
        ("كلمات من العنوان", "neither an address nor an article's id"),
        ("el massa", "neither an address"),
        ("", "neither an address"),
        ("http://", "neither an address"),
        ("http://[::1/x", "neither an address"),
        ("ftp://example.com/1", "neither an address"),
        ("ab" * 16, f"no article has the id {'ab' * 16}"),
    ],
)
def test_what_is_not_there_is_told_with_what_to_do(stored, text, told):
    with pytest.raises(UserError) as error:
        find_article(stored, text)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": "new"}, "it was found and waits to be read: `scrapy crawl example`"),
        ({"state": "new", "error": "http_503"}, "could not be read yet (http_503); `scrapy crawl example`"),
        ({"state": "refused", "error": "no_text", "refused_at": NOON}, "read on 2018-02-13 and gave none (no_text)"),
        ({"state": "alias", "article": Binary(b"\0" * 16)}, "`scrapy search` shows what is stored"),
    ],
)
def test_what_the_queue_knows_of_an_address_is_told(database, fields, told):
    address = "https://example.com/1"
    database.addresses.insert_one({"_id": Binary(address_key(address)), "site": "example", "url": address} | fields)
    with pytest.raises(UserError) as error:
        find_article(database, address)
    assert told in str(error.value)
