"""The house stays as plain as its plan: nothing imports upward."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each floor may import from itself and from the floors after it.
FLOORS = {
    "crawler/arabic": set(),
    "crawler/items.py": set(),
    "crawler/extraction": {"crawler.arabic", "crawler.items", "crawler.addresses"},
    "crawler/discovery": {"crawler.arabic", "crawler.items", "crawler.addresses"},
    "crawler/archive": {"crawler.items", "crawler.errors", "crawler.addresses"},
    "crawler/watch": {"crawler.store", "crawler.errors"},
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
