"""The house stays as plain as its plan: names agree, nothing imports upward."""

import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.catalogue import spiders
from crawler.extraction.rules import PageRules

ROOT = Path(__file__).parents[1]
# Each floor may import from itself and from the floors after it.
FLOORS = {
    "crawler/arabic": set(),
    "crawler/items.py": set(),
    "crawler/extraction": {"crawler.arabic", "crawler.items", "crawler.addresses"},
    "crawler/discovery": {"crawler.arabic", "crawler.items", "crawler.addresses"},
    "crawler/archive": {"crawler.items", "crawler.errors", "crawler.addresses"},
    "spiders": {"crawler.spider", "crawler.extraction.rules"},
}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("floor", FLOORS)
def test_nothing_imports_upward(floor):
    place = ROOT / floor
    own = floor.removesuffix(".py").replace("/", ".")
    allowed = FLOORS[floor] | {own}
    for path in [place] if place.is_file() else place.rglob("*.py"):
        if path.name == "pool.py":  # the door between the crawl and extraction: it knows both
            continue
        for module in imports_of(path):
            if module.split(".")[0] in {"crawler", "spiders", "pipelines"} and module != "crawler":
                assert any(module == name or module.startswith(name + ".") for name in allowed), (
                    f"{path} imports {module}"
                )


@pytest.mark.parametrize("spider", spiders().values(), ids=lambda spider: spider.name)
class TestSpider:
    def test_file_class_and_name_agree(self, spider):
        assert spider.__module__.rsplit(".", 1)[-1] == spider.name
        assert spider.__name__.lower() == spider.name.replace("_", "").replace("-", "")

    def test_stands_in_its_country(self, spider):
        parts = spider.__module__.split(".")
        assert len(parts) == 2 or parts[1] == spider.country

    def test_declares_what_the_catalogue_shows(self, spider):
        assert spider.__doc__
        assert spider.name_ar in spider.__doc__
        assert spider.domains
        assert not any(domain.startswith("www.") or "/" in domain for domain in spider.domains)
        ZoneInfo(spider.timezone)

    def test_has_somewhere_to_start(self, spider):
        assert spider.sections or spider.feeds or spider.sitemaps

    def test_rules_are_selectors_that_parse(self, spider):
        from parsel import Selector

        page = Selector("<html><body></body></html>")
        for rules in [spider.page] if isinstance(spider.page, PageRules) else spider.page:
            for rule in rules.declared().values():
                page.xpath(rule) if rule.startswith(("/", "./", "(")) else page.css(rule)

    def test_is_declarations_only(self, spider):
        (definition,) = [
            node
            for node in ast.parse((ROOT / f"{spider.__module__.replace('.', '/')}.py").read_text("utf-8")).body
            if isinstance(node, ast.ClassDef)
        ]
        for node in definition.body:
            assert isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr), ast.unparse(node)
