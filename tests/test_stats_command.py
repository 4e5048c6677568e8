"""`scrapy stats`: tables, files for programs, pictures."""

import csv
import io
import json
import struct

import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crawler.commands.stats import bar
from crawler.pictures import SETTINGS, draw
from crawler.store.statistics import BY, FIELDS, Group, Statistics
from tests.slices.stocks import article, fill

HOSTILE = [r"$\frac{1}{0}$ $x_1", "=1+1", "الحدث\u202e", "😀 خبر", "كلمة " * 60]


def filled(count):
    return dict.fromkeys(FIELDS, count)


def test_the_commands_tables_and_files(scrapy_with_store, mongod_uri, database, tmp_path):
    fill(mongod_uri, database.name, [article(number) for number in range(1, 10)])
    plain = scrapy_with_store("stats")
    assert plain.stderr == ""
    assert plain.stdout.startswith("9 articles, published 2018-01-02 to 2018-01-10; ")
    assert "450 reads of 9 with a counter" in plain.stdout
    assert [line.split()[0] for line in plain.stdout.splitlines()[3:]] == list(FIELDS)
    table = scrapy_with_store("stats", "--by", "section", "--png", tmp_path / "a.png", "--svg", tmp_path / "a.svg")
    assert table.returncode == 0, table.stderr
    assert "\u2067الحدث\u2069" in table.stdout  # isolated: its direction does not reorder the row
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<?xml")
    lines = scrapy_with_store("stats", "عنوان", "--by", "author", "--format", "jsonl").stdout.splitlines()
    rows = {row["author"]: row for row in map(json.loads, lines)}
    assert {name: row["articles"] for name, row in rows.items()} == {None: 7, "أسماء ي": 2, "ب; ج": 2}
    text = scrapy_with_store("stats", "--by", "day", "--until", "2018-01-03", "--format", "csv").stdout
    assert [(row["day"], row["articles"]) for row in csv.DictReader(io.StringIO(text))] == [
        ("2018-01-02", "1"),
        ("2018-01-03", "1"),
    ]


def test_a_mistake_is_told_in_a_line(scrapy_with_store):
    done = scrapy_with_store("stats", "--by", "author")
    assert (done.returncode, done.stderr) == (1, "error: no article matches: there is nothing to count\n")


def test_a_picture_replaces_no_file_of_another_kind(scrapy_with_store, tmp_path):
    (tmp_path / "corpus.csv").write_text("precious", "utf-8")
    done = scrapy_with_store("stats", "--png", tmp_path / "corpus.csv")
    assert (done.returncode, done.stderr) == (1, "error: --png draws a PNG: end 'corpus.csv' with .png\n")
    assert (tmp_path / "corpus.csv").read_text("utf-8") == "precious"


@pytest.mark.parametrize("arabic", [False, True])
@pytest.mark.parametrize("by", [None, *BY])
def test_every_picture_can_be_drawn(tmp_path, by, arabic):
    keys = {
        "hour": ["00", "23"],
        "day": ["2018-01-01", "2019-02-03"],
        "week": ["2018-W01", "2020-W53"],
        "month": ["2018-01", "2018-12"],
        "year": ["2018", "2020"],
    }.get(by, HOSTILE)
    groups = [Group(key, articles=number + 1, filled=filled(1)) for number, key in enumerate([*keys, None])]
    total = Group(None, articles=7, filled=filled(3))
    path = tmp_path / "a.png"
    draw(Statistics(total, by, groups if by else ()), path, "png", arabic=arabic)
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert width == 1200
    assert 200 < height < 2000
    first = path.read_bytes()
    draw(Statistics(total, by, groups if by else ()), path, "png", arabic=arabic)
    assert path.read_bytes() == first


def test_arabic_is_shaped_in_pictures():
    """Letters join: three of them take less room than the same three kept apart by zero-width non-joiners."""
    with rc_context(SETTINGS):
        figure = Figure()
        renderer = FigureCanvasAgg(figure).get_renderer()
        joined, apart = (
            figure.text(0, 0, text).get_window_extent(renderer).width for text in ("ععع", "ع\u200cع\u200cع")
        )
    assert joined < apart


@pytest.mark.parametrize(("share", "shown"), [(0, ""), (1, "█" * 30), (0.5, "█" * 15), (0.5 + 1 / 240, "█" * 15 + "▏")])
def test_bars(share, shown):
    assert bar(share) == shown
