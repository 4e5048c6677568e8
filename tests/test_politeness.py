"""Sites that ask for something, and sites that would hold a crawl for ever."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from benchmarks.discovery.newspaper import Story
from crawler.politeness import retry_after
from tests.fleet.site import Fleet
from tests.test_crawl import summary
from tests.website import Page, Website

QUICK = ["-s", "SPIDER_MODULES=tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def story(number):
    moment = NOW - timedelta(days=number)
    return Page(Story(number, moment, moment).page())


def listing(*paths, more=""):
    rows = "".join(f'<li><h3><a href="{path}">خبر</a></h3></li>' for path in paths)
    return Page(f'<html lang="ar"><body><ul class="list">{rows}</ul>{more}</body></html>'.encode())


def feed(*paths):
    items = "".join(f"<item><title>خبر</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>ج</title>{items}</channel></rss>'
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml"})


def site(*numbers, **pages):
    """A newspaper of these articles; further pages by path."""
    paths = [f"/news/{number}" for number in numbers]
    articles = {path: story(int(path.rpartition("/")[2])) for path in paths}
    empty = Page(b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')
    listings = {"/feed": feed(*paths), "/latest": listing(*paths), "/latest/page/2": listing()}
    return articles | listings | {"/sitemap.xml": empty, "/news-sitemap.xml": empty} | pages


class Answering(Website):
    """A website whose answers may depend on how often it was asked: a page may be a function of the count."""

    def __init__(self, pages):
        super().__init__({})
        self.times = []
        self.on_request = self.choose
        self.chosen = pages

    def choose(self, path):
        self.times.append((path, time.monotonic()))
        page = self.chosen.get(path)
        self.pages[path] = page(self.asked.count(path)) if callable(page) else page

    def asked_at(self, path):
        return [moment for asked, moment in self.times if asked == path]


@pytest.fixture
def crawl(scrapy_with_store):
    """Crawl a site of these pages, several times; answers the site and the last crawl's answer."""

    def run(pages, *arguments, spider="gazette", times=1):
        with Answering(pages) as website:
            for _ in range(times):
                answer = scrapy_with_store("crawl", spider, *QUICK, *arguments, NABA_TEST_SITE=website.address)
                assert "Traceback" not in answer.stderr
        return website, answer

    return run


class TestBusySite:
    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("as_date", [False, True])
    def test_is_left_alone_as_long_as_it_asks(self, crawl, status, as_date):
        def busy_once(count):
            if count > 1:
                return story(1)
            moment = datetime.now(UTC) + timedelta(seconds=3)
            return Page(b"", status, {"Retry-After": format_datetime(moment, usegmt=True) if as_date else "2"})

        website, answer = crawl(site(1, 2, 3, **{"/news/1": busy_once}))
        assert summary(answer)["new"] == 3, answer.stderr
        first, second = website.asked_at("/news/1")
        assert second - first >= 1.9
        held = [path for path, moment in website.times if first < moment < first + 1.9]
        assert held == []

    def test_that_asks_for_too_long_ends_the_crawl_and_loses_nothing(self, crawl, database):
        pages = site(*range(1, 41))
        pages["/news/3"] = lambda _: Page(b"", 429, {"Retry-After": "86400"})
        website, answer = crawl(pages, times=2)
        assert answer.returncode == 1
        assert "ended early: asked_to_wait" in answer.stderr.splitlines()[-1]
        assert "the site asked not to be asked before" in answer.stderr
        assert website.asked.count("/robots.txt") == 1
        assert website.asked[-1] == "/news/3", answer.stderr + str(website.asked)
        stored = database.articles.count_documents({})
        assert database.addresses.count_documents({"state": "new"}) == 40 - stored
        assert database.addresses.count_documents({"holder": {"$exists": True}}) == 0


def test_a_site_that_answers_nothing_any_more_is_left(crawl, database):
    pages = site(*range(1, 61))
    pages |= {f"/news/{number}": Page(b"", 500) for number in range(1, 61)}
    website, answer = crawl(pages, "-s", "RETRY_ENABLED=0")
    assert "ended early: site_in_trouble" in answer.stderr.splitlines()[-1]
    assert 20 <= len([path for path in website.asked if path.startswith("/news/")]) < 60
    assert database.addresses.count_documents({"state": "new"}) == 60


def test_a_site_gets_one_request_at_a_time(crawl):
    open_now, most = set(), []

    def slow(number):
        def answer(_count):
            open_now.add(number)
            most.append(len(open_now))
            time.sleep(0.02)
            open_now.discard(number)
            return story(number)

        return answer

    pages = site(*range(1, 21)) | {f"/news/{number}": slow(number) for number in range(1, 21)}
    _, answer = crawl(pages)
    assert summary(answer)["new"] == 20
    assert max(most) == 1


def test_what_the_downloader_sends_at_once_reaches_the_site_one_by_one(scrapy, tmp_path):
    script = """
import asyncio
from scrapy import Request, Spider

class Hasty(Spider):
    name = "hasty"
    base = None

    async def start(self):
        download = self.crawler.engine.downloader.handlers.download_request_async
        await asyncio.gather(*(download(Request(f"{self.base}/fleet00/news/{number}")) for number in range(5)))
        return
        yield
"""
    (tmp_path / "hasty.py").write_text(script, "utf-8")
    with Fleet(seconds=0.05) as fleet:
        answer = scrapy("runspider", tmp_path / "hasty.py", "-a", f"base={fleet.address}", "-s", "ADDONS={}")
        assert sum(fleet.asked.values()) == 5, answer.stderr
        assert fleet.together["fleet00"] == 1


class TestRobots:
    def test_a_section_that_it_forbids_is_not_asked_for(self, crawl):
        pages = site(1, 2)
        pages["/feed"] = feed("/news/1", "/private/2", "/news/2")
        pages["/private/2"] = story(2)
        pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
        website, answer = crawl(pages)
        assert "/private/2" not in website.asked
        assert "1 robots_txt" in answer.stderr.splitlines()[-1]
        assert summary(answer)["new"] == 2

    def test_its_delay_lies_between_requests(self, crawl):
        pages = site(1, 2)
        pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 0.7\n", headers={"Content-Type": "text/plain"})
        website, answer = crawl(pages)
        moments = [moment for _, moment in website.times]
        assert summary(answer)["new"] == 2
        assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.65

    def test_one_that_is_out_of_order_forbids_all(self, crawl):
        pages = site(1, 2)
        pages["/robots.txt"] = Page(b"", 500)
        website, answer = crawl(pages)
        assert set(website.asked) == {"/robots.txt"}
        assert "ended early: robots_unavailable" in answer.stderr.splitlines()[-1]
        assert answer.returncode == 1


def test_a_long_address_is_fetched_and_a_broken_one_costs_itself_only(crawl):
    long = "/news/7-" + "خبر-" * 120
    pages = site(1, 2)
    pages["/latest"] = listing("/news/1", "http://127.0.0.1:port/", "http://[", long, "/news/2")
    pages[long] = story(7)
    _, answer = crawl(pages)
    assert summary(answer)["new"] == 3, answer.stderr


class TestTraps:
    def test_endless_redirects_are_counted_and_end(self, crawl, database):
        pages = site(1, 2)
        pages["/news/2"] = Page(b"", 302, {"Location": "/turn/0"})
        for number in range(100):
            pages[f"/turn/{number}"] = Page(b"", 302, {"Location": f"/turn/{number + 1}"})
        website, answer = crawl(pages)
        assert "1 endless_redirect" in answer.stderr.splitlines()[-1]
        assert len([path for path in website.asked if path.startswith("/turn/")]) <= 10
        (row,) = database.addresses.find({"error": "endless_redirect"})
        assert row["attempts"] == 1

    def test_a_calendar_that_never_ends_is_left(self, crawl):
        pages = site(1, 2)
        pages["/latest"] = listing("/news/1")
        for page in range(2, 200):
            pages[f"/latest/page/{page}"] = listing("/news/1")
        website, answer = crawl(pages, "-a", "since=2020")
        assert summary(answer)["new"] == 2
        assert len([path for path in website.asked if path.startswith("/latest")]) <= 2

    def test_a_calendar_of_ever_new_addresses_ends_at_the_limits(self, crawl):
        pages = site(1)
        for page in range(1, 200):
            path = "/latest" if page == 1 else f"/latest/page/{page}"
            pages[path] = listing(f"/day/{page}")
        website, answer = crawl(pages, "-a", "since=2020", "-s", "LISTINGS_LIMIT=12")
        assert answer.returncode == 0
        assert len([path for path in website.asked if path.startswith("/latest")]) <= 12
        assert "listings_limit" in answer.stderr.splitlines()[-1]
        website, answer = crawl(pages, "-a", "since=2020", "-s", "PAGES_LIMIT=20")
        assert len(website.asked) <= 21
        assert "ended early: pages_limit" in answer.stderr.splitlines()[-1]
        assert answer.returncode == 0

    def test_200_for_a_missing_page_is_no_article_and_not_asked_for_for_ever(self, crawl, database):
        missing = "<html><head><title>404 | الجريدة</title></head><body><h1>عذرا، الصفحة غير موجودة</h1></body></html>"
        pages = site(1)
        pages["/feed"] = feed("/news/1", "/news/999")
        pages["/news/999"] = Page(missing.encode())
        website, _ = crawl(pages, "-s", "RETRY_AFTER=0,0", times=4)
        assert website.asked.count("/news/999") == 3
        assert database.articles.count_documents({}) == 1
        (row,) = database.addresses.find({"state": "refused"})
        assert row["error"] == "error_page"

    def test_a_site_that_declares_nothing_is_found_from_robots_and_its_front_page(self, crawl, database):
        head = '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" href="/fr">'
        links = '<a href="/news/4567">خبر</a><a href="/category/economy">اقتصاد</a><a href="/about">من نحن</a>'
        pages = site(1, 2)
        del pages["/latest"]
        pages |= {
            "/": Page(f"<html><head>{head}</head><body>{links}</body></html>".encode()),
            "/news/4567": story(4567),
            "/news/77": story(77),
            "/map.xml": Page(b"<urlset><url><loc>/news/77</loc></url></urlset>"),
            "/robots.txt": Page(
                b"User-agent: *\nDisallow:\nSitemap: /map.xml\n", headers={"Content-Type": "text/plain"}
            ),
        }
        website, answer = crawl(pages, spider="unknown")
        urls = {article["url"].removeprefix(website.address) for article in database.articles.find()}
        assert urls == {"/news/1", "/news/2", "/news/77", "/news/4567"}, answer.stderr
        assert not {"/category/economy", "/about", "/fr"} & set(website.asked)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Sun, 01 Nov 2026 00:02:00 GMT", 120),
        (b"Sun, 01 Nov 2026 00:00:00 GMT", 0),
        (b"Sat, 31 Oct 2026 00:00:00 GMT", 0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, seconds):
    assert retry_after(header, NOW) == seconds
