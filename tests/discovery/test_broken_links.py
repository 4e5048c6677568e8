"""One broken link costs itself, and none of the others beside it."""

from datetime import UTC, datetime

import pytest
from scrapy.http import HtmlResponse

from crawler.discovery.feeds import read_feed
from crawler.discovery.found import absolute
from crawler.discovery.home import read_front_page
from crawler.discovery.sections import SectionRules, read_section
from crawler.discovery.sitemaps import read_sitemap

BASE = "https://www.example.com/"
BROKEN = ["http://[", "http://[::1", "//[x]/", "mailto:a@b.c", "javascript:void(0)", "http://[1.2.3.4]/x"]
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def page(body):
    return HtmlResponse(BASE, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


@pytest.mark.parametrize("broken", BROKEN)
class TestEverywhere:
    def test_a_feed(self, broken):
        items = "".join(f"<item><link>{link}</link></item>" for link in (broken, "/news/12345"))
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
        reading = read_feed(feed, BASE, zone=UTC, now=NOW)
        assert [one.address for one in reading.found] == [f"{BASE}news/12345"]
        assert reading.dropped == 1

    def test_a_sitemap(self, broken):
        urls = "".join(f"<url><loc>{link}</loc></url>" for link in (broken, "/news/12345"))
        reading = read_sitemap(f"<urlset>{urls}</urlset>".encode(), BASE, zone=UTC, now=NOW)
        assert [one.address for one in reading.found] == [f"{BASE}news/12345"]
        assert reading.dropped.total() == 1

    def test_a_section_and_its_next_page(self, broken):
        response = page(f"<a href='{broken}'>1</a><a href='/news/12345'>2</a><b href='{broken}' class='next'>3</b>")
        rules = SectionRules(links="a", next_page=".next", zone=UTC)
        listing = read_section(response, rules, section=BASE, page=1, listed=0, now=NOW)
        assert [one.address for one in listing.found] == [f"{BASE}news/12345"]
        assert listing.next_page is None

    def test_a_front_page(self, broken):
        response = page(
            f"<link rel='alternate' type='application/rss+xml' href='{broken}'>"
            f"<a href='{broken}'>1</a><a href='/news/12345'>2</a>"
        )
        front = read_front_page(response, ("example.com",))
        assert [one.address for one in front.found] == [f"{BASE}news/12345"]
        assert front.feeds == ()


def test_white_space_around_an_address_is_none_of_it():
    assert absolute(BASE, " /a ") == f"{BASE}a"
