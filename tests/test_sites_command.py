"""`scrapy sites`: the catalogue, for people and for programs."""

import json
from datetime import UTC, datetime

from crawler.catalogue import spiders


def lines(answer):
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


def test_lists_every_site_by_country_and_says_what_was_verified(scrapy):
    heading, *rows, blank, summary = lines(scrapy("sites"))
    assert heading.split() == [
        "country",
        "site",
        "name_ar",
        "language",
        "discovery",
        "verified",
        "last_crawl",
        "result",
    ]
    named = [row.split()[:2] for row in rows]
    assert named == sorted([spider.country, spider.name] for spider in spiders().values())
    assert max(map(len, rows)) <= 160
    (elmassa,) = [row for row in rows if row.split()[1] == "elmassa"]
    assert elmassa.split() == ["dz", "elmassa", "\u2067المساء\u2069", "ar", "1", "section", "never", "never"]
    (bbc,) = [row for row in rows if row.split()[1] == "bbcarabic"]
    assert "1 feed, 1 sitemap" in bbc
    assert "recorded page, 2024-03" in bbc
    assert not blank
    verified = sum(spider.verified is not None for spider in spiders().values())
    assert summary.startswith(f"{len(rows)} sites, {verified} verified")


def test_filters_by_country_and_verification_for_programs(scrapy):
    records = [
        json.loads(line) for line in lines(scrapy("sites", "--country", "AE", "--verified", "--format", "jsonl"))
    ]
    assert [record["site"] for record in records] == ["albayan"]
    assert records[0] | {"discovery": None} == {
        "site": "albayan",
        "name_ar": "البيان",
        "about": "Al Bayan (البيان), Dubai: state daily.",
        "country": "ae",
        "language": "ar",
        "timezone": "Asia/Dubai",
        "domains": ["albayan.ae"],
        "discovery": None,
        "home": None,
        "verified": "recorded page, 2020-06",
        "last_crawl": None,
        "counts": None,
    }
    assert records[0]["discovery"] == {"feeds": 2, "sections": 0, "sitemaps": 0}


def test_shows_the_last_crawl(scrapy_with_store, database):
    started = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    for days, new in ((0, 5), (1, 7)):
        when = started.replace(day=1 + days)
        database.crawls.insert_one({"_id": f"c{days}", "site": "okaz", "started_at": when, "counts": {"new": new}})
    (okaz,) = [line for line in lines(scrapy_with_store("sites", "--country", "sa")) if " okaz " in line]
    assert okaz.endswith("2026-03-02 08:30  7 new, 0 failed")


def test_an_unknown_country_is_told_in_one_line(scrapy):
    answer = scrapy("sites", "--country", "xx")
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: no site is of country 'xx': there are ae, bh, dz")
    assert answer.stderr.count("\n") == 1
