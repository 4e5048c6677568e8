"""The house stays as plain as its plan: nothing imports upward."""

import ast
import subprocess
import sys
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


def test_a_command_is_loaded_without_what_only_running_it_needs():
    """Scrapy loads every command for each: NumPy alone would cost all of them a fifth of a second."""
    modules = [f"crawler.commands.{path.stem}" for path in (ROOT / "crawler/commands").glob("[a-z]*.py")]
    code = f"import sys, importlib; [importlib.import_module(m) for m in {modules!r}]; print('numpy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
