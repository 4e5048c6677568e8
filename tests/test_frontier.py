"""The crawl's queue, where something of ours breaks."""

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
