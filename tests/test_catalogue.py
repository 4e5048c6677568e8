"""Every site of the catalogue: declared as the house asks, and read from its listing to the record of an article.

tests/pages/<country>/<name>/ holds for each way that a site declares (feeds, sections, sitemaps) a small listing, and
an article. They were written for this project, in the markup that is known of the site or of the system it runs on,
with invented text. In article.json, `found` is what each listing names, `record` what the article's page gives.
"""

import ast
import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, XmlResponse
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler
from w3lib.url import safe_url_string

from crawler.addresses import is_under
from crawler.catalogue import site_for, spiders
from crawler.extraction import extract
from crawler.extraction.outline import parse
from crawler.extraction.selectors import compiled, layout_of, select
from crawler.spider import NewsSpider

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "pages"
LEAGUE = "ae bh dj dz eg iq jo km kw lb ly ma mr om ps qa sa sd so sy tn ye"
WAYS = {"feed.xml": "feeds", "listing.html": "sections", "sitemap.xml": "sitemaps"}
ORDER = list(NewsSpider.__annotations__)
LONGEST_FILE = 40
# Its pages are a whole recorded crawl: samples/, and the tests that replay it.
SITES = [spider for name, spider in spiders().items() if name != "sample"]


def test_the_catalogue_is_as_large_as_it_says():
    assert len(SITES) >= 200
    countries = {spider.country for spider in SITES}
    assert len(countries & set(LEAGUE.split())) >= 20
    assert countries <= {*LEAGUE.split(), "int"}


def test_no_spider_is_long():
    files = [path for path in (ROOT / "spiders").rglob("*.py") if path.stem != "sample"]
    longest = max(files, key=lambda path: path.read_text("utf-8").count("\n"))
    assert longest.read_text("utf-8").count("\n") <= LONGEST_FILE, longest


class InProcess:
    """Extraction without worker processes: the same call."""

    async def extract(self, page, url, site, **told):
        return extract(page, url, site, **told)


class Crawl:
    """One crawl of a site in which one listing answers, and one article: what it asked for and what it gave."""

    def __init__(self, spider_class, listing, url):
        settings = dict(get_project_settings()) | {"TWISTED_REACTOR_ENABLED": False}
        self.spider = spider_class.from_crawler(get_crawler(spider_class, settings), since="2010")
        self.spider.extraction = InProcess()
        self.listing, self.url = listing, url
        self.started, self.found, self.articles = [], [], []
        self.goes_on = False

    async def run(self):
        """Drive the spider as the engine does: answer its requests, follow what its callbacks yield."""
        answering = {safe_url_string(start) for start in getattr(self.spider, WAYS[self.listing.name])}
        async for request in self.spider.start():
            self.started.append(request.url)
            if request.url in answering:
                await self.follow(request, self.listing)
        return self

    async def follow(self, request, path):
        kind = XmlResponse if path.suffix == ".xml" else HtmlResponse
        response = kind(request.url, body=path.read_bytes(), encoding="utf-8", request=request)
        answers = request.callback(response, **request.cb_kwargs)
        answers = [one async for one in answers] if isinstance(answers, AsyncIterator) else list(answers)
        for one in answers:
            if not isinstance(one, Request):
                self.articles.append(one)
            elif one.callback != self.spider.parse_article:
                self.goes_on = True
            elif one.url not in self.found:
                self.found.append(one.url)
                if one.url == self.url:
                    await self.follow(one, path.with_name("article.html"))


@pytest.mark.parametrize("spider", SITES, ids=lambda spider: spider.name)
class TestSite:
    def test_is_declared_as_the_house_asks(self, spider):
        path = ROOT / f"{spider.__module__.replace('.', '/')}.py"
        source = path.read_text("utf-8")
        (definition,) = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
        assert ast.get_docstring(definition) == spider.__doc__
        declared = [node for node in definition.body if not isinstance(node, ast.Expr)]
        assert all(isinstance(node, ast.Assign) for node in declared), "declarations only"
        names = [node.targets[0].id for node in declared]
        assert names == sorted(names, key=ORDER.index), "in the order of the base class"
        assert path.relative_to(ROOT).parts == ("spiders", spider.country, f"{spider.name}.py")
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", spider.name)
        assert spider.__name__.lower() == spider.name.replace("_", "")

    def test_says_who_it_is(self, spider):
        name = re.escape(spider.name_ar)
        assert re.fullmatch(rf"[^()]+ \({name}\), [^:]+: [^.]+\.(?: [^.]+(?:\.NET)?\.)?", spider.__doc__)
        assert re.search(r"[\u0621-\u064a]", spider.name_ar)
        assert spider.language == "ar"
        ZoneInfo(spider.timezone)
        assert spider.verified is None or re.fullmatch(r"recorded page, 20\d\d-(0[1-9]|1[0-2])", spider.verified)

    def test_says_where_it_starts(self, spider):
        assert spider.domains
        for domain in spider.domains:
            assert re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", domain)
            assert site_for(f"https://www.{domain}/x").name == spider.name, "a domain is one site's"
        starts = [*spider.sections, *spider.feeds, *spider.sitemaps]
        assert starts
        assert len(set(starts)) == len(starts)
        for start in starts:
            parts = urlsplit(start)
            assert parts.scheme in {"http", "https"}
            assert not parts.fragment
            assert start in spider.feeds or is_under(start, spider.domains), "feeds alone may stand elsewhere"
        told = spider.article_links or spider.article_address
        assert bool(told) >= bool(spider.sections), "a section's other links must be told from its articles'"
        assert bool(spider.sections) >= bool(spider.next_page or spider.article_links), "declared, and nothing reads it"
        assert bool(spider.sections or spider.sitemaps) >= bool(spider.article_address)

    def test_rules_compile(self, spider):
        re.compile(spider.article_address or "")
        for rule in (spider.article_rows, spider.article_links, spider.article_dates):
            compiled(rule or "a")
        if spider.next_page and "{" in spider.next_page:
            assert spider.next_page.format(offset=20, page=2) != spider.next_page
        for rules in spider.site().layouts:
            assert rules.declared()
            for rule in rules.declared().values():
                compiled(rule)

    def test_from_its_listings_to_the_record(self, spider):
        folder = PAGES / spider.country / spider.name
        expected = json.loads((folder / "article.json").read_text("utf-8"))
        record = expected["record"]
        for name, way in WAYS.items():
            assert (folder / name).exists() == bool(getattr(spider, way)), "one listing for each way, and no other"
            if not getattr(spider, way):
                continue
            crawl = asyncio.run(Crawl(spider, folder / name, record["url"]).run())
            declared = [*spider.feeds, *spider.sections, *spider.sitemaps]
            assert sorted(crawl.started) == sorted(map(safe_url_string, declared))
            assert crawl.found == expected["found"]
            assert crawl.goes_on == (way == "sections" and spider.next_page is not None)
            (article,) = crawl.articles
            given = article.record()
            assert {field: given[field] for field in record} == record
        page = parse((folder / "article.html").read_text("utf-8"))
        if rules := layout_of(spider.site(), page):
            assert [rule for rule in rules.declared().values() if not select(rule, page)] == []
