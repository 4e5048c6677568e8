"""`scrapy probe`: a few polite questions to a site on loopback, and what is made of the answers."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from crawler.probing.spider import ProbeSpider
from samples.build import WARC
from samples.newspaper import Newspaper
from tests.conftest import ROOT
from tests.extraction.test_states import MARKUP, PARAGRAPHS, TITLE
from tests.javascript.test_rendering import script_built
from tests.website import Page, Website

QUICK = ["-s", "SPIDER_MODULES=spiders,tests.spiders", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
# A probe needs no database: one that cannot be reached is never missed.
NO_STORE = {"MONGODB_URI": "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300"}


@pytest.fixture
def probe(scrapy):
    def run(*arguments, **variables):
        return scrapy("probe", *arguments, *QUICK, **NO_STORE, **variables)

    return run


def news_page(number, head="", body=None):
    text = MARKUP if body is None else body
    return Page(
        f'<html lang="ar-TN"><head><meta charset="utf-8"><title>{TITLE} {number} | الفجر</title>{head}</head>'
        f'<body><article><h1>{TITLE} {number}</h1><time datetime="2021-03-{number:02}T10:00:00+01:00"></time>'
        f'<div class="text">{text}</div></article></body></html>'.encode()
    )


def newspaper(count=12, **options):
    """A site without a spider: a feed in its markup, a news sitemap behind an index in its robots.txt."""

    def xml(text):
        return Page(text.encode(), headers={"Content-Type": "application/xml"})

    dates = [f"2021-03-{number:02}T10:00:00+01:00" for number in range(1, count + 1)]
    items = "".join(
        f"<item><title>{TITLE} {n}</title><link>/news/{1000 + n}</link><pubDate>{date}</pubDate></item>"
        for n, date in reversed(list(enumerate(dates, 1)))
    )
    urls = "".join(
        f"<url><loc>/private/{5000 + n}</loc><lastmod>{date}</lastmod></url>" for n, date in enumerate(dates)
    )
    pages = {
        "/robots.txt": Page(
            b"User-agent: *\nDisallow: /private/\nCrawl-delay: 0.1\nSitemap: /sitemaps.xml\n",
            headers={"Content-Type": "text/plain"},
        ),
        "/": Page(
            f'<html lang="ar-TN"><head><meta charset="utf-8"><title>الفجر | الأخبار</title>'
            f'<meta property="og:site_name" content="الفجر"><meta name="generator" content="WordPress 6.4">'
            f'<link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>'
            f'<body><a href="/news/1001">{TITLE}</a><a href="/category/sport">رياضة</a></body></html>'.encode()
        ),
        "/rss.xml": xml(f'<rss version="2.0"><channel><title>الفجر</title>{items}</channel></rss>'),
        "/sitemaps.xml": xml(
            "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
            "<sitemap><loc>/new.xml</loc><lastmod>2021-03-12</lastmod></sitemap></sitemapindex>"
        ),
        "/new.xml": xml(f"<urlset>{urls}</urlset>"),
    }
    return pages | {f"/news/{1000 + n}": news_page(n, **options) for n in range(1, count + 1)}


def with_addresses(pages, site):
    """The pages with absolute addresses where a format demands them."""
    for path, page in list(pages.items()):
        text = page.body.decode()
        for before in ("Sitemap: /", "<loc>/"):
            text = text.replace(before, before[:-1] + site.address + "/")
        pages[path] = Page(text.encode(), page.status, page.headers)


def test_a_site_with_a_spider(probe, environment):
    pages = {answer.path: Page(answer.body, answer.status, answer.headers) for answer in Newspaper().answers()}
    with Website(pages) as site:
        answer = probe("local", "--format", "json", NABA_TEST_SITE=site.address, NABA_CONTACT="team@example.org")
    assert answer.returncode == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert (report["spider"], report["draft"]) == ("local", None)
    sections = [place for place in report["places"] if place["way"] == "section"]
    assert [place["named_by"] for place in sections] == ["declared"] * 3
    assert all(place["articles"] for place in sections)
    assert report["articles_found"]["section"] == sum(place["articles"] for place in sections)
    assert sections[0]["oldest"].startswith("2017-")
    assert report["articles_read"] == 10
    assert report["fields"]["title"] == {"filled": 10, "missing": []}
    count = report["fields"]["read_count"]
    assert 0 < count["filled"] < 10
    assert 1 <= len(count["missing"]) <= 2
    assert report["javascript"]["verdict"] == "not needed"
    # politely, and storing nothing
    assert site.asked[0] == "/robots.txt"
    assert len(site.asked) <= report["requests"] + 1 <= 21
    assert len(site.asked) == len(set(site.asked))
    assert not [path for path in site.asked if path.startswith("/search")]
    assert [address for address in report["robots"]["forbidden"] if "/search" in address]
    assert all(agent.startswith("naba/") and "team@example.org" in agent for agent in site.user_agents)
    assert not os.path.exists(environment["NABA_DATA"])  # noqa: PTH110 - a name out of the environment


def test_an_address_without_a_spider_gives_a_report_and_a_spiders_file(probe, tmp_path):
    file = tmp_path / "fajr.py"
    with Website(pages := newspaper()) as site:
        with_addresses(pages, site)
        answer = probe(site.address, "--spider", file, "--format", "json")
        assert answer.returncode == 0, answer.stderr
        report = json.loads(answer.stdout.splitlines()[0])
        told = probe(site.address).stdout
    places = {place["address"].removeprefix(site.address): place for place in report["places"]}
    assert (
        places["/rss.xml"] | {"named_by": "home page", "entries": 12, "articles": 12, "status": 200}
        == places["/rss.xml"]
    )
    assert places["/rss.xml"]["newest"] == "2021-03-12T10:00:00+01:00"
    assert places["/rss.xml"]["oldest"] == "2021-03-01T10:00:00+01:00"
    assert places["/sitemaps.xml"]["named_by"] == "robots.txt"
    assert places["/new.xml"]["entries"] == 12
    assert report["robots"]["crawl_delay"] == 0.1
    assert f"{site.address}/private/5000" in report["robots"]["forbidden"]
    assert (report["name_ar"], report["language"], report["system"]) == ("الفجر", "ar-TN", "WordPress 6.4")
    source = file.read_text("utf-8")
    assert source == report["draft"]
    assert f'feeds = ["{site.address}/rss.xml"]' in source
    assert f'sitemaps = ["{site.address}/sitemaps.xml"]' in source
    assert 'country = "tn"  # check: guessed' in source
    assert f'verified = "probe, {datetime.now(UTC):%Y-%m}"' in source
    assert "class Fajr(NewsSpider):" in source
    for command in (["check"], ["format", "--check"]):
        lint = [sys.executable, "-m", "ruff", *command, "--stdin-filename", "spiders/tn/fajr.py", "-"]
        checked = subprocess.run(lint, cwd=ROOT, input=source, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout
    # for people: the same, with the file
    assert "crawl-delay 0.1 s" in told
    assert "10 of 10" in told
    assert "class Site1(NewsSpider):" in told


class TestJavascript:
    def report(self, probe, **options):
        with Website(pages := newspaper(4, **options)) as site:
            with_addresses(pages, site)
            answer = probe(site.address, "--format", "json")
        return answer, json.loads(answer.stdout)

    def test_the_data_that_pages_carry_is_named(self, probe):
        state = json.dumps({"props": {"body": MARKUP}}, ensure_ascii=False)
        script = f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
        answer, report = self.report(probe, body="", head=script)
        assert answer.returncode == 0
        assert report["javascript"] == {"verdict": "data carried", "why": "the text stands in: 4 script state"}
        assert "javascript = True" not in report["draft"]

    def test_a_browser_is_asked_for_where_nothing_carries_the_text(self, probe):
        answer, report = self.report(
            probe, body="جاري التحميل", head='<script src="/_next/static/x.js"></script><link rel=amphtml href="/amp">'
        )
        assert answer.returncode == 1
        assert report["javascript"]["verdict"] == "needed"
        assert "4 of 4 pages show no text (Next); 4 have an AMP version" in report["javascript"]["why"]
        assert "javascript = True" in report["draft"]
        assert "no article could be read" in answer.stderr


def test_a_site_that_needs_a_browser_is_shown_by_it(probe, chromium):
    with Website(script_built()) as site:
        answer = probe("rendered", "--format", "json", NABA_TEST_SITE=site.address, NABA_CHROMIUM=chromium)
    report = json.loads(answer.stdout)
    assert (answer.returncode, report["articles_read"]) == (0, 1), answer.stderr
    assert [place["articles"] for place in report["places"] if place["way"] == "section"] == [2]
    assert report["pages"][0]["title"] == TITLE


def test_a_recorded_site_is_probed_without_a_network(probe):
    answer = probe("sample", "-s", f"REPLAY={WARC}")
    assert answer.returncode == 0, answer.stderr
    assert "10 of 10 pages gave a record" in answer.stdout


def test_questions_are_bounded(probe):
    with Website(pages := newspaper()) as site:
        with_addresses(pages, site)
        answer = probe(site.address, "--limit", "6", "--format", "json")
    assert len(site.asked) <= 7
    assert 0 < json.loads(answer.stdout)["articles_read"] <= 6


def test_a_hostile_site_is_survived(probe):
    pages = {
        "/robots.txt": Page(b"\xff\xfe<html>" * 100),
        "/": Page(
            b'<html><link rel=alternate type="application/rss+xml" href="/feed/"><a href="http://[">x</a></html>'
        ),
        "/feed/": Page(b"<rss><channel><item><link>http://[/</link></item></channel>" + PARAGRAPHS[0].encode()[:41]),
        "/sitemap.xml": Page(b"<sitemapindex>" + b"<sitemap><loc>/sitemap.xml</loc></sitemap>" * 9),
    }
    with Website(pages) as site:
        answer = probe(site.address)
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stderr.startswith("error: no article could be read from")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["elmasa"], "error: no site is called 'elmasa' (near: elmassa"),
        (["http://["], "error: 'http://[' is no site's domain or address"),
        (["127.0.0.1:1"], "error: no article could be read from https://127.0.0.1:1/: "),
        (["el-massa.com", "--spider", "x.py"], "error: https://www.el-massa.com/ has a spider already: elmassa"),
        (["x.example", "--spider", "pyproject.toml"], "error: pyproject.toml exists"),
        (["x.example", "--spider", "Bad-Name.py"], "error: 'Bad-Name' is no spider's name"),
        (["x.example", "--limit", "1000"], "error: --limit 1000: a probe asks for 4 to 200 pages"),
        (["x.example", "-s", "REPLAY=absent.warc.gz"], "error: no WARC file at absent.warc.gz"),
    ],
)
def test_a_mistake_is_told_in_a_line(probe, arguments, line):
    answer = probe(*arguments)
    assert answer.returncode == 1
    (told,) = answer.stderr.splitlines()
    assert told.startswith(line)


def test_the_probe_is_not_of_the_catalogue():
    from crawler.catalogue import spiders

    assert ProbeSpider.name not in spiders()
