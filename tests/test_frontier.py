"""The crawl's queue, where something of ours breaks."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from crawler import frontier
from crawler.discovery.found import Found
from crawler.frontier import Frontier
from tests.test_crawl import summary
from tests.test_politeness import QUICK, site
from tests.website import Website


def test_a_page_that_breaks_our_code_costs_that_page_only_and_is_tried_again(scrapy_with_store, database):
    with Website(site(1, 2, 3)) as website:
        crawl = scrapy_with_store("crawl", "breaking", *QUICK, timeout=40, NABA_TEST_SITE=website.address)
    assert (summary(crawl)["new"], summary(crawl)["failed"]) == (2, 1)
    assert "never awaited" not in crawl.stderr
    (waiting,) = database.addresses.find({"state": "new"})
    assert (waiting["url"][-7:], waiting["error"], waiting["attempts"]) == ("/news/2", "spider_error", 1)


def test_a_crawl_that_stores_nothing_comes_to_its_end(scrapy):
    with Website(site(1, 2, 3)) as website:
        crawl = scrapy("crawl", "gazette", *QUICK, "-s", "STORE_ENABLED=0", timeout=40, NABA_TEST_SITE=website.address)
    assert crawl.returncode == 0, crawl.stderr
    assert {"/news/1", "/news/2", "/news/3"} <= set(website.asked)
    assert "Traceback" not in crawl.stderr


def test_a_server_that_was_stopped_on_purpose_is_not_waited_for(scrapy):
    stopped = []

    def stop_half_way(path):
        if path == "/news/6":
            stopped.append(scrapy("db", "stop", "--force").returncode)

    with Website(site(*range(1, 13)), on_request=stop_half_way) as website:
        crawl = scrapy(
            "crawl", "gazette", *QUICK, "-s", "STORE_INTERVAL=0.05", timeout=60, NABA_TEST_SITE=website.address
        )
    errors = crawl.stderr
    assert stopped == [0]
    assert crawl.returncode == 1
    assert "ended early: store_failed" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("is_under_way", [False, True])
def test_what_nobody_settles_does_not_keep_the_crawl_for_ever(monkeypatch, caplog, is_under_way):
    monkeypatch.setattr(frontier, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(frontier, "_FORGOTTEN_AFTER", 0.05)
    counted = []
    engine = SimpleNamespace(
        paused=False,
        downloader=SimpleNamespace(active={"a request"} if is_under_way else set()),
        scraper=SimpleNamespace(slot=SimpleNamespace(is_idle=lambda: True)),
    )
    settings = Settings()
    settings.setmodule("crawler.settings")
    crawler = SimpleNamespace(
        settings=settings,
        engine=engine,
        stats=SimpleNamespace(inc_value=counted.append),
        get_extension=lambda _: None,
    )

    async def crawl():
        queue = Frontier(crawler)
        await queue.offer([Found("https://paper.example/1", "feed")])
        return [claim.address async for claim in queue.work()]

    async def at_most(seconds):
        return await asyncio.wait_for(crawl(), seconds)

    with caplog.at_level(logging.ERROR):
        if is_under_way:
            with pytest.raises(TimeoutError):
                asyncio.run(at_most(0.5))
            assert counted == []
        else:
            assert asyncio.run(at_most(20)) == ["https://paper.example/1"]
            assert counted == ["articles/failed/not_settled"]
            assert "https://paper.example/1" in caplog.text
