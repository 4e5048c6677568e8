"""Tables keep their columns, whatever the direction and length of what stands in them."""

import pytest
from rich.cells import cell_len

from crawler import display
from crawler.differences import compare
from crawler.display import print_difference, print_table

HEADLINE = "انطلاق أشغال تهيئة الطريق الرابط بين وادي الزيتون وجبل الأرز"


def lines_of(capsys, *rows):
    print_table(["reads", "by", "headline"], rows, arabic=["by", "headline"], numbers=["reads"])
    return capsys.readouterr().out.splitlines()


def test_a_long_headline_wraps_and_each_line_is_isolated(capsys, monkeypatch):
    monkeypatch.setattr(display, "_PIPE_WIDTH", 50)
    _, *lines = lines_of(capsys, (1458, "ليلى بن عمار", HEADLINE), (None, None, "خبر"))
    assert len(lines) > 2
    for line in lines:
        assert line.count("\u2067") == line.count("\u2069") > 0
        assert line.endswith("\u2069")  # to the right, with the padding outside
        assert cell_len(line) == cell_len(lines[0]) <= 50
    assert "".join(lines).count("\u2067 ") == 0


def test_brackets_are_text(capsys):
    assert "[عاجل]" in lines_of(capsys, (1, "", "[عاجل] خبر [bold]"))[1]


OLD = f"{HEADLINE}\n\nقال الوزير إن الأشغال تنتهي في 15 سبتمبر المقبل.\n\nوختم بالشكر."
NEW = f"{HEADLINE}\n\nقال الوزير إن الأشغال تنتهي في 21 سبتمبر المقبل.\n\nوختم بالشكر.\n\nأضيفت هذه الفقرة."


def test_a_difference_is_marked_where_there_are_no_colours(capsys):
    print_difference(compare(OLD, NEW), context=0)
    printed = capsys.readouterr().out
    assert "تنتهي في [-15-]{+21+} سبتمبر" in printed
    assert "{+أضيفت هذه الفقرة.+}" in printed
    assert [line for line in printed.splitlines() if "unchanged" in line] == ["(1 paragraph unchanged)"] * 2
    for line in filter(str.strip, printed.splitlines()):
        assert ("\u2067" in line) == ("unchanged" not in line)
        assert line.count("\u2067") == line.count("\u2069")


def test_a_difference_is_coloured_where_there_are_colours(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes its output for a terminal then
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    print_difference(compare(OLD, NEW))
    printed = capsys.readouterr().out
    assert "[-" not in printed
    assert "\x1b[9;31m15\x1b[0m\x1b[4;32m21\x1b[0m" in printed


def test_of_a_long_paragraph_what_is_near_a_change_is_shown(capsys):
    words = [f"كلمة{n}" for n in range(200)]
    print_difference(compare(" ".join(words), " ".join([*words[:100], "جديد", *words[100:]])))
    (printed,) = " ".join(capsys.readouterr().out.replace("\u2067", "").replace("\u2069", "").split()).splitlines()
    assert printed.startswith("… كلمة85 ")
    assert " كلمة99 {+جديد+} كلمة100 " in printed
    assert printed.endswith(" كلمة114 …")


@pytest.mark.parametrize("width", [20, 80])
def test_the_lines_of_a_difference_fit_and_end_at_the_right(capsys, monkeypatch, width):
    monkeypatch.setattr(display, "_PROSE_WIDTH", width)
    print_difference(compare(OLD, NEW))
    for line in capsys.readouterr().out.splitlines():
        assert cell_len(line) <= max(width, len("(1 paragraph unchanged)"))
        assert line.endswith("\u2069") or not line.strip("\n") or "(" in line
