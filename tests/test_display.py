"""Tables keep their columns, whatever the direction and length of what stands in them."""

from rich.cells import cell_len

from crawler import display
from crawler.display import print_table

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
