"""`scrapy search`."""

import json
from datetime import UTC, datetime

from tests.test_crawl import REPLAY


def test_an_article_that_the_site_has_taken_down_is_told_as_such(scrapy_with_store, database):
    assert scrapy_with_store("crawl", "sample", "-s", REPLAY, "-a", "limit=3").returncode == 0
    assert "gone" not in scrapy_with_store("search").stdout.split()
    url = database.articles.find_one()["url"]
    database.articles.update_one({"url": url}, {"$set": {"gone_at": datetime(2026, 11, 24, 9, tzinfo=UTC)}})
    table = scrapy_with_store("search").stdout
    assert "gone" in table.split()
    assert table.count("2026-11-24") == 1
    records = [json.loads(line) for line in scrapy_with_store("search", "--format", "jsonl").stdout.splitlines()]
    assert {one["url"]: one["gone_at"] for one in records}[url] == "2026-11-24T09:00:00+00:00"
    assert sum(one["gone_at"] is not None for one in records) == 1
