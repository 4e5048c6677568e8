"""A small rich collection for the reading room: written by the store's own code, the same each time.

Run as `python -m tests.room.seeding` it fills the database that the settings name, for looking at.
"""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.items import Article, WarcReference
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare
from samples.prose import TOPICS, Writer

LAST_DAY = datetime(2026, 2, 20, 18, tzinfo=UTC)
SITES = {
    "elmassa": ("dz", "Africa/Algiers", "https://www.el-massa.com/dz"),
    "ennahar": ("dz", "Africa/Algiers", "https://www.ennaharonline.com"),
    "shorouknews": ("eg", "Africa/Cairo", "https://www.shorouknews.com/news"),
    "youm7": ("eg", "Africa/Cairo", "https://www.youm7.com/story"),
    "okaz": ("sa", "Asia/Riyadh", "https://www.okaz.com.sa/local"),
    "hespress": ("ma", "Africa/Casablanca", "https://www.hespress.com"),
    "alghad": ("jo", "Asia/Amman", "https://alghad.com/story"),
}
AUTHORS = ("كريم بوزيد", "سلمى الناصري", "هدى عبد الرحمن", "يوسف الحداد", "ليلى منصور")
AGENCIES = ("APS", "AFP", "Reuters")

EDITED = "https://www.el-massa.com/dz/edited"
COPIED = "https://www.el-massa.com/dz/wire"
GONE = "https://www.ennaharonline.com/gone"
HOSTILE = "https://www.youm7.com/story/hostile"
HOSTILE_TITLE = "<script>alert('قراءة')</script>\" onmouseover=\"alert(1)\u202eخطر</h3></title>"


def article(site, name, at, title, paragraphs, **fields):
    country, zone, base = SITES[site]
    fields.setdefault("fetched_at", at + timedelta(minutes=20))
    return Article(
        url=f"{base}/{name}",
        site=site,
        country=country,
        language="ar",
        title=title,
        body="\n\n".join(paragraphs),
        published_at=at.astimezone(ZoneInfo(zone)),
        **fields,
    )


def ordinary(seed=7, days=30, most=4):
    """Articles of several papers over the days, about so many a day for the largest."""
    chance, writer = random.Random(seed), Writer(seed)  # noqa: S311 - fiction, not cryptography
    for day in range(days):
        for share, site in enumerate(SITES):
            for i in range(max(0, round(most * chance.uniform(0.4, 1.3) - share * 0.4))):
                topic = chance.choice(TOPICS)
                at = LAST_DAY - timedelta(days=day, minutes=chance.randrange(30, 900))
                yield article(
                    site,
                    f"{day}-{i}",
                    at,
                    writer.pick(topic.headlines),
                    writer.body(topic, chance.randrange(2, 6)),
                    kicker=writer.pick(topic.kickers) if chance.random() < 0.4 else None,
                    section=topic.section,
                    authors=[chance.choice(AUTHORS)] if chance.random() < 0.6 else [],
                    author_initials="ق/ د" if chance.random() < 0.1 else None,
                    agency=chance.choice(AGENCIES) if chance.random() < 0.3 else None,
                    read_count=chance.randrange(5, 9_000) if share % 2 == 0 else None,
                    tags=[topic.section, "أخبار"] if chance.random() < 0.5 else [],
                )


def copies():
    """A wire story that four papers print, one of them with another lead."""
    writer = Writer(99)
    topic = TOPICS[0]
    text = writer.body(topic, 6)
    title = "مجلس الأمن يبحث إعادة الإعمار في وادي الزيتون"
    start = LAST_DAY - timedelta(days=1, hours=5)
    yield article("elmassa", "wire", start, title, text, agency="APS", section="الحدث", read_count=2310)
    yield article("ennahar", "wire", start + timedelta(minutes=35), title, text, agency="APS", section="دولي")
    yield article("okaz", "wire", start + timedelta(hours=2), f"{title} غدا", [*text[:-1], text[-1] + " انتهى."])
    yield article(
        "alghad", "wire", start + timedelta(hours=9), "إعادة الإعمار على طاولة مجلس الأمن", [text[1], *text[1:]]
    )


def edited():
    """One article in three versions, its counter read each time, oldest first."""
    start = LAST_DAY - timedelta(hours=20)
    body = [
        "أعلنت بلدية عين الصفصاف أمس عن بداية أشغال واسعة تشمل تهيئة الأرصفة وتجديد الإنارة في 12 شارعا.",
        "وأوضح مسؤول الورشة أن الفرق تعمل بنظام التناوب حتى لا تتعطل حركة المرور في ساعات الذروة.",
        "ويأمل السكان أن تحترم الآجال هذه المرة، بعدما تأخرت مشاريع مماثلة عدة أشهر.",
    ]
    texts = [
        ("بلدية عين الصفصاف تطلق أشغال التهيئة", body),
        ("بلدية عين الصفصاف تطلق أشغال التهيئة", [body[0].replace("12 شارعا", "17 شارعا"), *body[1:]]),
        (
            "عين الصفصاف: أشغال التهيئة تنطلق في 17 شارعا",
            [
                body[0].replace("12 شارعا", "17 شارعا"),
                body[1],
                "وخصص لهذا الغرض غلاف مالي يقدر بـ340 مليون دينار، اقتطع من ميزانية السنة الجارية.",
                body[2].replace("عدة أشهر", "أكثر من سنة"),
            ],
        ),
    ]
    times = [(0, 0, 40), (0, 2, 310), (1, 6, 1250), (2, 11, 2600), (2, 19, 3480)]
    for version, hours, reads in times:
        title, paragraphs = texts[version]
        yield article(
            "elmassa",
            "edited",
            start,
            title,
            paragraphs,
            kicker="مشروع ينتظره السكان منذ سنوات",
            summary="الأشغال تشمل الأرصفة والإنارة، والسكان ينتظرون آجالا أقصر.",
            section="محليات",
            authors=["كريم بوزيد"],
            author_initials="ك. ب",
            byline="كريم بوزيد ك. ب",
            tags=["تهيئة", "بلديات"],
            image_url="https://www.el-massa.com/images/1.jpg",
            published_raw="الخميس 19 فيفري 2026",
            read_count=reads,
            fetched_at=start + timedelta(hours=hours, minutes=15),
            archived=WarcReference(file="elmassa/2026-02/elmassa-0001.warc.gz", offset=1_204_331),
            extractor="naba 0.1.0",
        )


def odd():
    """What a hostile or broken page may bring in."""
    at = LAST_DAY - timedelta(hours=1)
    yield article(
        "youm7",
        "hostile",
        at,
        HOSTILE_TITLE,
        ["<img src=x onerror=alert(2)> نص فيه وسوم <b>غليظة</b> و{{ 7 * 7 }}.", "فقرة ثانية " + "طويلةجدا" * 60],
        kicker="<svg onload=alert(3)>",
        summary="\u202eملخص مقلوب\u202c",
        canonical_url="javascript:alert(4)",
        image_url="javascript:alert(5)",
        authors=['"><script>alert(6)</script>'],
        section="'\"><script>alert(7)</script>",
        tags=["<script>alert(8)</script>"],
        byline="javascript:alert(9)",
        read_count=9_400,
    )
    yield article("ennahar", "gone", at - timedelta(hours=3), "خبر اختفى من موقع الصحيفة", Writer(5).body(TOPICS[1], 3))
    yield article(
        "okaz", "in-latin", at, "OPEC+ تخفض الإنتاج by 5% و«أرامكو» (Aramco) تعلّق", Writer(6).body(TOPICS[0], 2)
    )


CRAWLS = (
    ("elmassa", 2, "finished", {"new": 41, "updated": 3, "unchanged": 12, "fetched": 56}),
    ("ennahar", 3, "finished", {"new": 18, "failed": 4, "failed_by_reason": {"http_404": 3, "timeout": 1}}),
    ("youm7", 5, "cannot_reach", {"failed": 9, "failed_by_reason": {"http_403": 9}}),
    ("okaz", 9, "pages_limit", {"new": 100, "duplicate": 6}),
    ("elmassa", 26, "shutdown", {"new": 5}),
)


ALARM = {
    "site": "youm7",
    "check": "forbidden",
    "open": True,
    "since": LAST_DAY + timedelta(hours=1),
    "last_seen": LAST_DAY + timedelta(hours=2),
    "message": "9 of 9 pages were refused (403) <b>all</b>",
    "evidence": {},
    "run": "x",
    "messages": [],
}


def crawls():
    kinds = ("new", "updated", "unchanged", "duplicate", "dropped", "failed")
    for site, hours, reason, counts in CRAWLS:
        started = LAST_DAY + timedelta(hours=6) - timedelta(hours=hours)
        notes = [
            {
                "address": "https://www.ennaharonline.com/%D8%AE%D8%A8%D8%B1/<b>1</b>",
                "reason": "http_404",
                "detail": None,
            },
            {"address": "javascript:alert(10)", "reason": "timeout", "detail": "<script>alert(11)</script>"},
        ]
        yield {
            "_id": f"{started:%Y%m%dT%H%M%S}-{site[:6]}",
            "site": site,
            "arguments": {"limit": "100"} if reason == "pages_limit" else {},
            "replay": None,
            "started_at": started,
            "ended_at": started + timedelta(minutes=7, seconds=12),
            "reason": reason,
            "counts": dict.fromkeys(kinds, 0) | counts,
            "notes": notes if "failed_by_reason" in counts else [],
            "process": "elsewhere:1:1",
        }


async def write(database, *, days=30, most=4):
    """Fill an empty database.

    Args:
        database: asynchronous.
        days: that the ordinary articles lie back.
        most: ordinary articles a day of the largest paper, about.
    """
    await prepare(database)
    # The ordinary ones are made of few sentences: nobody looks for stories among them.
    await _write_all(ArticleWriter(database, deduplicate="off"), [*ordinary(days=days, most=most), *odd()])
    writer = ArticleWriter(database)
    await _write_all(writer, list(copies()))
    for version in edited():
        await _write_all(writer, [version])
    await _know_more(database)
    await database["crawls"].insert_many(list(crawls()))
    await database["alarms"].insert_one(ALARM)


async def _write_all(writer, readings):
    for outcome in await writer.write(readings):
        assert not isinstance(outcome, Exception), outcome


async def _know_more(database):
    """What a later crawl finds out: that a page is gone."""
    fields = {"gone_at": LAST_DAY + timedelta(hours=2)}
    assert (await database["articles"].update_one({"url": GONE}, {"$set": fields})).matched_count


if __name__ == "__main__":
    from scrapy.utils.project import get_project_settings

    from crawler.store.connection import open_database

    with open_database(get_project_settings()) as connection:
        asyncio.run(write(connection.async_database(), most=9))
