"""A small stored collection with everything in it that a slice must carry."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

from bson.binary import Binary
from pymongo import AsyncMongoClient

from crawler.items import Article, WarcReference
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)
ALGIERS = timezone(timedelta(hours=1))
BODY = "أكد الوزير أن الأشغال تنتهي في آجالها المحددة.\n\nوقال إن «المشروع»، 50 %، يسير. " * 8
HOSTILE = ('=HYPERLINK("http://x.example","اضغط")', "+1", "-2", "@SUM(A1)", "'=1+1", '"؛,\t<script>', "\u202eقلب\u202c")


def article(number=1, **fields):
    """One reading; its fields can be told otherwise."""
    defaults = {
        "url": f"https://www.example.com/dz/{number}",
        "title": f"عنوان {number}",
        "body": f"{BODY} رقم {number}",
        "site": f"paper{number % 3}",
        "country": "dz",
        "language": "ar",
        "section": "الحدث" if number % 2 else None,
        "authors": ["أسماء ي", "ب; ج"] if number % 4 == 0 else [],
        "tags": ["محلي"],
        "published_at": datetime(2018, 1, 1, 23, 30, tzinfo=ALGIERS) + timedelta(days=number),
        "read_count": number * 10,
        "fetched_at": NOON + timedelta(seconds=number),
        "extractor": "naba 0.1.0",
        "archived": WarcReference(file="a.warc.gz", offset=number),
    }
    return Article(**(defaults | fields))


def stock():
    """Batches to be written one after another: new articles, an edit, an alias, an undated one, hostile texts."""
    first = [article(number) for number in range(1, 30)]
    first += [article(30 + i, title=text, byline=text, tags=[text, "ب"]) for i, text in enumerate(HOSTILE)]
    first.append(article(50, published_at=None, site="paper|1 (ب)", read_count=None))
    edits = [article(3, body=f"{BODY} وأضاف.", fetched_at=NOON + timedelta(days=n), read_count=40 * n) for n in (1,)]
    edits.append(article(4, title="عنوان آخر", fetched_at=NOON + timedelta(days=1)))
    again = [article(4, title="عنوان ثالث", fetched_at=NOON + timedelta(days=2))]
    # Three papers print the same agency's text: copies of one story.
    wire = " ".join(f"كلمة{number}" for number in range(90))
    first += [article(80 + n, site=f"paper{n}", body=f"{wire} {n}", title=f"برقية {n}") for n in range(3)]
    alias = [article(77, body=article(6).body, site="paper0")]
    return first, edits, again, alias


def fill(uri, name, *batches):
    """Write batches as a crawl does, with two readings of one counter beside them."""

    async def run():
        async with AsyncMongoClient(uri, tz_aware=True) as client:
            database = client[name]
            await prepare(database)
            writer = ArticleWriter(database, "crawl-1")
            for batch in batches:
                await writer.write(batch)
            key = (await database.articles.find_one({"url": article(5).url}))["_id"]
            for hours, alias in ((1, None), (2, None), (2, Binary(b"a" * 16))):
                at = NOON + timedelta(hours=hours)
                reading = {"article": key, "at": at, "alias": alias}
                await database.read_counts.update_one(reading, {"$set": {"count": hours}}, upsert=True)
            await database.articles.update_one({"_id": key}, {"$set": {"gone_at": NOON, "read_growth": 1.5}})

    asyncio.run(run())


def dump(database):
    """All that is stored of articles, in order."""
    names = ("articles", "revisions", "read_counts")
    return {name: list(database[name].find().sort("_id")) for name in names}
