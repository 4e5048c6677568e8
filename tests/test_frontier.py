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
