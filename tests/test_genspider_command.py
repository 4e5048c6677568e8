"""`scrapy genspider`: a new spider's file, in the house's form."""

import shutil
import subprocess
import sys

import pytest

from crawler.drafts import Draft, checked_address, checked_name, country_of, name_for, other_spider
from crawler.errors import UserError
from tests.conftest import ROOT


@pytest.fixture
def genspider(environment, tmp_path):
    """The command in a project of the test's own, without spiders yet."""
    project = tmp_path / "project"
    (project / "spiders").mkdir(parents=True)
    (project / "spiders" / "__init__.py").write_text('"""Spiders."""\n')
    shutil.copy(ROOT / "pyproject.toml", project)

    def run(*arguments, command=("scrapy", "genspider")):
        return subprocess.run(
            [sys.executable, "-m", *command, *map(str, arguments)],
            cwd=project,
            env=environment | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    run.folder = project / "spiders"
    return run


def told(answer):
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    return line


def test_the_file_is_in_the_houses_form(genspider):
    answer = genspider("alfajr", "https://www.al-fajr.dz/home")
    assert answer.returncode == 0, answer.stderr
    path = genspider.folder / "dz" / "alfajr.py"
    assert str(path) in answer.stdout
    source = path.read_text("utf-8")
    assert 'timezone = "Africa/Algiers"' in source
    assert 'domains = ["al-fajr.dz"]' in source
    assert 'home = "https://www.al-fajr.dz/"' in source
    for command in (["check"], ["format", "--check"]):
        checked = genspider(*command, "--no-cache", "spiders", command=["ruff"])
        assert checked.returncode == 0, checked.stdout
    # the house's own tests, of this spider
    tests = genspider.folder.parent / "tests"
    tests.mkdir()
    shutil.copy(ROOT / "tests" / "test_catalogue.py", tests)
    # but for the pages that its author writes
    chosen = "alfajr and not from_its_listings"
    house = genspider("-q", "-p", "no:cacheprovider", "tests/test_catalogue.py", "-k", chosen, command=["pytest"])
    assert house.returncode == 0, house.stdout
    assert "4 passed" in house.stdout
    # what is there is kept
    assert "there is a spider called alfajr already: spiders/dz/alfajr.py" in told(genspider("alfajr", "x.example"))
    assert "has a spider already: alfajr" in told(genspider("fajr", "al-fajr.dz"))
    assert "--country qq: there is no such ISO 3166 code" in told(genspider("x", "x.example", "--country", "qq"))
    names = sorted(path.name for path in genspider.folder.rglob("*.py"))
    assert names == ["__init__.py", "__init__.py", "alfajr.py"]


def test_a_country_that_nothing_tells_is_left_to_fill_in(genspider):
    assert genspider("fajr", "fajr.example", "-t", "news").returncode == 0
    source = (genspider.folder / "fajr.py").read_text("utf-8")
    assert 'country = "xx"  # check: ISO 3166, and move the file to spiders/<country>/' in source
    assert genspider("fajr", "fajr.example", "--country", "TN", "--force").returncode == 0
    assert 'timezone = "Africa/Tunis"' in (genspider.folder / "tn" / "fajr.py").read_text("utf-8")


def test_the_template_is_listed_and_an_unknown_one_is_told(genspider):
    assert genspider("--list").stdout.split()[-1] == "news"
    assert "there is no template 'absent'" in told(genspider("x", "x.example", "-t", "absent"))
    assert genspider("x").returncode == 2


@pytest.mark.parametrize("name", ["El-Massa", "9anews", "class", "../x", "", "x.y", "نبأ", "el_massa"])
def test_a_name_that_is_none(name):
    with pytest.raises(UserError, match="is no spider's name"):
        checked_name(name, {}, ROOT / "spiders")


def test_a_name_that_is_taken():
    with pytest.raises(UserError, match=r"called elmassa already: spiders/dz/elmassa\.py"):
        checked_name("elmassa", {"elmassa": "spiders.dz.elmassa"}, ROOT / "spiders")
    with pytest.raises(UserError, match="'dz' is the name of a file or folder"):
        checked_name("dz", {}, ROOT / "spiders")
    assert checked_name("elmassa2", {}, ROOT / "spiders") == "elmassa2"
    assert other_spider("https://www.el-massa.com/") == "elmassa"


@pytest.mark.parametrize("site", ["not a site", "ftp://x.example", "http://[", "", "x", "https://x.example:port/", "-"])
def test_a_site_that_is_none(site):
    with pytest.raises(UserError, match="is no site's domain or address"):
        checked_address(site)


def test_guesses():
    assert name_for("https://www.el-massa.com/") == "elmassa"
    assert name_for("http://127.0.0.1:8000/") == "site1"
    assert country_of("https://x.example.dz/") == "dz"
    assert country_of("https://x.tv/", "ar-LB") == "lb"
    assert country_of("https://x.tv/", "ar") is None
    assert checked_address("User:secret@WWW.X.Example:8080/path?q=1") == "https://www.x.example:8080/"


def test_long_lists_are_written_as_the_formatter_leaves_them():
    feeds = tuple(f"https://www.x.example/a/rather/long/address/of/a/feed/{number}/rss.xml" for number in range(3))
    text = Draft(name="x", address="https://www.x.example/", feeds=feeds, language="fr", javascript=True).text()
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--line-length", "120", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert formatted.stdout == text
    assert 'language = "fr"' in text
    hostile = Draft(name="x", address="https://x.example/", name_ar='ا"""\n\\', language='fr"\nimport os').text()
    compile(hostile, "x.py", "exec")
    assert "import os" not in hostile
