"""What the room says: both languages say the same things, and say numbers and dates as their readers do."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.catalogue import spiders
from crawler.room.overview import _FIELDS
from crawler.room.texts import texts
from crawler.schedule.job import _LIMITS as LIMITS_OF_JOBS
from crawler.store.orders import SORTS
from crawler.watch.health import STATES
from tests.conftest import ROOT

FOLDER = ROOT / "crawler" / "room"
ARABIC, ENGLISH = texts("ar"), texts("en")


def flat(tree, prefix=""):
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def read(language):
    return dict(flat(tomllib.loads((FOLDER / "texts" / f"{language}.toml").read_text("utf-8"))))


def test_both_languages_have_the_same_texts_with_the_same_places():
    arabic, english = read("ar"), read("en")
    assert list(arabic) == list(english)
    for key, text in arabic.items():
        if not key.startswith("counted.") and isinstance(text, str):
            assert set(re.findall(r"{\w*}", text)) == set(re.findall(r"{\w*}", english[key])), key


def test_no_text_is_left_in_the_other_language():
    for key, text in read("ar").items():
        if key not in {"other_language", "percent", "dates.day", "dates.moment", "dates.long", "dates.short", "comma"}:
            assert re.search("[\u0621-\u064a]", str(text)), key
    for key, text in read("en").items():
        assert key == "other_language" or not re.search("[\u0621-\u064a]", str(text)), key


def test_every_text_that_is_asked_for_is_there_and_every_text_is_asked_for():
    known = read("ar")
    sources = "".join(path.read_text("utf-8") for path in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")])
    for key in re.findall(r"""\bt\(['"]([\w.]+)['"][,)]""", sources):
        assert key in known, key
    named = re.compile(r"""['"](?:search\.syntax_|[\w.]*\.)?(\w+)['"]""")
    words = set(named.findall(sources)) | {f"syntax_{word}" for word in named.findall(sources)} | set(SORTS)
    for key in known:
        # Named by what the collection holds.
        if not key.startswith(("countries.", "ends.", "health.", "counted.", "dates.")):
            assert key.split(".")[-1] in words | {"away_text", "slow_text"}, key


@pytest.mark.parametrize("template", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_marks_anything_safe_or_carries_script_or_style(template):
    text = template.read_text("utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", text)
    assert re.findall(r"<script[^>]*>", text) in ([], ["""<script src="{{ static('room.js') }}" defer>"""])


def test_all_that_the_room_names_has_a_name_in_both_languages():
    countries = {spider.country for spider in spiders().values()}
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "crawler").rglob("*.py"))
    told = re.findall(r"""(?:self\._?end|CloseSpider)\("(\w+)"|close_spider_async\(reason="(\w+)\"""", sources)
    ends = {name for found in told for name in found if name} | LIMITS_OF_JOBS
    assert {"asked_to_wait", "store_failed", "archive_failed", "pages_limit"} <= ends
    groups = {"ends": ends, "countries": countries, "sorts": SORTS, "fields": _FIELDS, "health": STATES}
    for language in ("ar", "en"):
        known = read(language)
        for group, names in groups.items():
            for name in names:
                assert f"{group}.{name}" in known, language


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالا"),
        (99, "99 مقالا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
        (1405, "1,405 مقالات"),
        (10000, "10,000 مقال"),
    ],
)
def test_arabic_counts_as_its_grammar_does(number, told):
    assert ARABIC.count("articles", number) == told


def test_english_counts_too():
    assert [ENGLISH.count("articles", n) for n in (0, 1, 2, 1405)] == [
        "no articles",
        "1 article",
        "2 articles",
        "1,405 articles",
    ]


def test_dates_and_their_zones():
    at = datetime(2018, 2, 13, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    assert ARABIC.long_moment(at) == "الثلاثاء 13 فبراير 2018، 14:05"
    assert ENGLISH.moment(at) == "13 February 2018, 14:05"
    assert ENGLISH.day(date(2018, 2, 13)) == "13 February 2018"
    assert ENGLISH.offset(at) == "UTC\u2066+1\u2069"
    assert ENGLISH.offset(at.astimezone(timezone(-timedelta(hours=3, minutes=30)))) == "UTC\u2066-3:30\u2069"
    assert ARABIC.offset(at.astimezone(UTC)) == "بتوقيت غرينتش"


def test_a_share_is_not_rounded_to_all_or_nothing():
    assert [ENGLISH.percent(share) for share in (0, 0.0004, 0.5, 0.9996, 1)] == ["0%", "under 1%", "50%", "99%", "100%"]
