"""Pages that only scripts write, shown by a real headless Chromium on loopback."""

import json

import pytest
from scrapy.settings import Settings

from crawler.errors import UserError
from crawler.javascript import browser
from crawler.javascript.browser import find_browser, render_pages
from tests.extraction.test_states import BODY, MARKUP, TITLE
from tests.test_crawl import QUICK, environment_path, summary
from tests.website import Page, Website

SPIDER = [*QUICK, "-s", "RETRY_ENABLED=0"]

SHELL = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الورق</title>
<link rel="stylesheet" href="/style.css"></head><body><div id="app"></div><img src="/logo.png">
<script src="/app.js"></script></body></html>"""
APP = """
const show = (html) => { document.getElementById("app").innerHTML = html; };
const draw = async () => {
  if (location.pathname === "/latest") {
    const list = await (await fetch("/api/list")).json();
    show(list.map((one) => `<h2><a href="/news/${one.id}">${one.title}</a></h2>`).join(""));
  } else {
    fetch("/private/track?page=" + location.pathname).catch(() => 0);
    const one = await (await fetch("/api" + location.pathname)).json();
    document.title = one.title;
    show(`<article><h1>${one.title}</h1><time datetime="2021-03-14T10:00:00+01:00">14 مارس 2021</time>${one.html}
      <img src="/photo.jpg"></article>`);
  }
};
draw();
"""


def as_json(value):
    return Page(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def script_built():
    """The pages of a newspaper whose text only scripts write."""
    article = {"title": TITLE, "html": MARKUP}
    return {
        "/robots.txt": Page(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"}),
        "/latest": Page(SHELL.encode()),
        "/news/1": Page(SHELL.encode()),
        "/app.js": Page(APP.encode(), headers={"Content-Type": "text/javascript; charset=utf-8"}),
        "/api/list": as_json([{"id": 1, "title": TITLE}, {"id": 404, "title": "خبر محذوف"}]),
        "/api/news/1": as_json(article),
    }


@pytest.fixture
def pages():
    return script_built()


def test_a_page_that_only_scripts_write_gives_its_record(pages, chromium, scrapy_with_store, database, environment):
    with Website(pages) as site:
        crawl = scrapy_with_store("crawl", "rendered", *SPIDER, NABA_TEST_SITE=site.address, NABA_CHROMIUM=chromium)
        assert summary(crawl) | {"failed": 1} == summary(crawl), crawl.stderr
        assert summary(crawl)["new"] == 1, crawl.stderr
        stored = database.articles.find_one()
        assert (stored["title"], stored["body"]) == (TITLE, BODY)
        assert "http_404" in crawl.stderr
        assert "Traceback" not in crawl.stderr
        # politely: what robots.txt forbids is not asked for, nor what holds no text, and nobody is deceived
        assert site.asked[0] == "/robots.txt"
        assert "/api/news/1" in site.asked
        assert not [path for path in site.asked if path.startswith(("/private", "/logo", "/photo", "/style"))]
        assert all(agent.startswith("naba/") for agent in site.user_agents)
        asked = len(site.asked)
        # what is archived is the page as shown: a replay needs no browser
        (warc,) = (environment_path(environment) / "archive" / "rendered").glob("*.warc.gz")
        replay = scrapy_with_store(
            "crawl", "rendered", *SPIDER, "-s", f"REPLAY={warc}", NABA_TEST_SITE=site.address, NABA_CHROMIUM="/none"
        )
        assert summary(replay)["unchanged"] == 1, replay.stderr
        assert len(site.asked) == asked


def test_what_is_new_behind_an_unchanged_shell_is_found(pages, chromium, scrapy_with_store):
    pages["/latest"].headers["ETag"] = '"shell"'
    with Website(pages) as site:
        options = {"NABA_TEST_SITE": site.address, "NABA_CHROMIUM": chromium}
        assert summary(scrapy_with_store("crawl", "rendered", *SPIDER, **options))["new"] == 1
        pages["/api/list"] = as_json([{"id": 2, "title": "خبر جديد"}, {"id": 1, "title": TITLE}])
        pages["/news/2"] = pages["/news/1"]
        pages["/api/news/2"] = as_json({"title": "خبر جديد عن الخط", "html": MARKUP.replace("الوزير", "المدير")})
        again = scrapy_with_store("crawl", "rendered", *SPIDER, **options)
        assert summary(again)["new"] == 1, again.stderr


def test_a_page_that_leads_elsewhere_is_not_taken(pages, chromium, scrapy_with_store, database):
    pages["/news/1"] = Page(status=302, headers={"Location": "/private/news"})
    pages["/private/news"] = Page(f"<html><body><h1>{TITLE}</h1>{MARKUP}</body></html>".encode())
    with Website(pages) as site:
        crawl = scrapy_with_store("crawl", "rendered", *SPIDER, NABA_TEST_SITE=site.address, NABA_CHROMIUM=chromium)
    assert "1 robots_txt" in crawl.stderr.splitlines()[-1]
    assert database.articles.count_documents({}) == 0


def test_a_script_that_never_ends_costs_its_page_only(pages, chromium, scrapy_with_store):
    pages["/api/list"] = as_json([{"id": 2, "title": "خبر معلق"}, {"id": 1, "title": TITLE}])
    pages["/news/2"] = Page(b"<html><body><script>while (true) {}</script></body></html>")
    with Website(pages) as site:
        crawl = scrapy_with_store(
            "crawl",
            "rendered",
            *SPIDER,
            "-s",
            "DOWNLOAD_TIMEOUT=2",
            NABA_TEST_SITE=site.address,
            NABA_CHROMIUM=chromium,
        )
    assert (summary(crawl)["new"], summary(crawl)["failed"]) == (1, 1), crawl.stderr
    assert "Traceback" not in crawl.stderr


@pytest.mark.usefixtures("chromium")
def test_a_browser_that_does_not_start_is_told_in_a_line_a_page(pages, scrapy_with_store, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with Website(pages) as site:
        crawl = scrapy_with_store("crawl", "rendered", *SPIDER, NABA_TEST_SITE=site.address, NABA_CHROMIUM=broken)
    assert crawl.returncode == 1
    assert "RenderingError" in crawl.stderr
    assert "Traceback" not in crawl.stderr


class TestWhatIsMissingIsTold:
    def test_a_browser(self, scrapy_with_store):
        answer = scrapy_with_store("crawl", "rendered", *SPIDER, NABA_CHROMIUM="/nowhere/chromium")
        assert answer.returncode == 1
        (line,) = [line for line in answer.stderr.splitlines() if line.startswith("error:")]
        assert "JavaScript" in line or "NABA_CHROMIUM=/nowhere/chromium is no program" in line
        assert "Traceback" not in answer.stderr

    def test_a_browser_on_the_path(self, monkeypatch):
        monkeypatch.setattr(browser.shutil, "which", lambda _: None)
        with pytest.raises(UserError, match="apt-get install chromium"):
            find_browser(Settings())

    def test_the_extra(self, monkeypatch):
        monkeypatch.setattr(browser, "find_spec", lambda _: None)
        with pytest.raises(UserError, match=r"pip install 'naba\[javascript\]'"):
            render_pages(Settings(), "rendered")

    def test_nothing_where_recorded_pages_answer(self, monkeypatch):
        monkeypatch.setattr(browser, "find_spec", lambda _: None)
        settings = Settings({"REPLAY": "pages.warc.gz"})
        render_pages(settings, "rendered")
        assert not settings.getdict("DOWNLOAD_HANDLERS")
