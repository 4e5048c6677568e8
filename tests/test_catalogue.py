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
from scrapy.extension import ExtensionManager
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
WAYS = {"feed.xml": "feeds", "listing.html": "sections", "sitemap.xml": "sitemaps", "home.html": "home"}
ORDER = list(NewsSpider.__annotations__)
LONGEST_FILE = 40
# The queue alone: nothing is stored, and no crawl looks for the other spiders.
SETTINGS = dict(get_project_settings()) | {
    "EXTENSIONS": {"crawler.frontier.Frontier": 1},
    "EXTENSIONS_BASE": {},
    "SPIDER_MODULES": [],
    "TWISTED_REACTOR_ENABLED": False,
}
# Its pages are a whole recorded crawl: samples/, and the tests that replay it.
SITES = [spider for name, spider in spiders().items() if name != "sample"]


def starts(spider, way):
    """The addresses at which a way of discovery starts."""
    if way != "home":
        return list(getattr(spider, way))
    elsewhere = spider.feeds or spider.sections or spider.sitemaps
    return [] if elsewhere else [spider.home or f"https://{spider.domains[0]}/"]


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
    """One crawl of a site of which one way's listings answer, and one article: what it asks for and what it gives."""

    def __init__(self, spider_class, listing, url):
        crawler = get_crawler(spider_class, SETTINGS)
        crawler.extensions = ExtensionManager.from_crawler(crawler)
        self.spider = spider_class.from_crawler(crawler, since="2010")
        self.spider.extraction = InProcess()
        self.files = {safe_url_string(start): listing for start in starts(spider_class, WAYS[listing.name])}
        self.files[url] = listing.with_name("article.html")
        self.listings, self.found, self.articles = [], [], []

    async def run(self):
        """Drive the spider as the engine does: answer its requests, settle its articles."""
        async for request in self.spider.start():
            asked = self.found if request.callback == self.spider.parse_article else self.listings
            asked.append(request.url)
            answers = request.callback(self.answer(request), **request.cb_kwargs)
            if not isinstance(answers, AsyncIterator):
                await answers
                continue
            async for article in answers:
                self.articles.append(article)
                await self.spider.frontier.stored({article.asked_as: article.asked_as})
        return self

    def answer(self, request):
        path = self.files.get(request.url)
        if path is None:
            return HtmlResponse(request.url, status=404, request=request)
        kind = XmlResponse if path.suffix == ".xml" else HtmlResponse
        return kind(request.url, body=path.read_bytes(), encoding="utf-8", request=request)


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
        assert spider.verified is None or re.fullmatch(
            r"(?:recorded page|probe), 20\d\d-(0[1-9]|1[0-2])", spider.verified
        )

    def test_says_where_it_starts(self, spider):
        assert spider.domains
        for domain in spider.domains:
            assert re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", domain)
            assert site_for(f"https://www.{domain}/x").name == spider.name, "a domain is one site's"
        places = [place for way in WAYS.values() for place in starts(spider, way)]
        assert spider.home in {None, *places}, "the front page is asked where nothing else is declared"
        assert len(set(places)) == len(places)
        for start in places:
            parts = urlsplit(start)
            assert parts.scheme in {"http", "https"}
            assert not parts.fragment
            assert start in spider.feeds or is_under(start, spider.domains), "feeds alone may stand elsewhere"
        told = spider.article_links or spider.article_address
        assert bool(told) >= bool(spider.sections), "a section's other links must be told from its articles'"
        assert bool(spider.sections) >= bool(spider.next_page or spider.article_links), "declared, and nothing reads it"
        assert {*places} > {*spider.feeds} or not spider.article_address, "declared, and nothing reads it"

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
            assert (folder / name).exists() == bool(starts(spider, way)), "one listing for each way, and no other"
            if not starts(spider, way):
                continue
            crawl = asyncio.run(Crawl(spider, folder / name, record["url"]).run())
            declared = {safe_url_string(start) for each in WAYS.values() for start in starts(spider, each)}
            assert declared <= set(crawl.listings)
            # beyond what is declared: a section's next page, and the feed that a front page names
            assert bool(set(crawl.listings) - declared) == bool(
                way == "home" or (way == "sections" and spider.next_page)
            )
            assert crawl.found == expected["found"]
            (article,) = crawl.articles
            given = article.record()
            assert {field: given[field] for field in record} == record
        page = parse((folder / "article.html").read_text("utf-8"))
        if rules := layout_of(spider.site(), page):
            assert [rule for rule in rules.declared().values() if not select(rule, page)] == []
