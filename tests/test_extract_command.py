"""`scrapy extract`: pages in, JSON lines out."""

import json

from crawler.items import Article
from samples.layouts import page_of
from samples.newspaper import BASE, Newspaper, record

NEWSPAPER = Newspaper()


def write(folder, story):
    path = folder / f"{story.number}.html"
    path.write_bytes(page_of(story))
    return path


def test_several_pages_give_several_lines_in_their_order(scrapy, tmp_path):
    stories = NEWSPAPER.stories[:3]
    answer = scrapy("extract", *(write(tmp_path, story) for story in stories), "--site", "sample")
    assert answer.returncode == 0, answer.stderr
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["title"] for line in lines] == [story.title for story in stories]
    assert all(list(line) == list(Article.field_names()) for line in lines)


def test_the_address_chooses_the_sites_rules(scrapy, tmp_path):
    story = NEWSPAPER.by_case["plain"]
    expected = record(story, BASE, fetched_at=None)
    answer = scrapy("extract", write(tmp_path, story), "--url", expected["url"])
    line = json.loads(answer.stdout)
    assert {name: line[name] for name in expected} == expected


def test_without_rules_the_general_ones_serve(scrapy, tmp_path):
    story = NEWSPAPER.by_case["one author"]
    line = json.loads(scrapy("extract", write(tmp_path, story), "--url", "https://unknown.example.org/1").stdout)
    assert (line["title"], line["body"], line["authors"]) == (story.title, story.body, list(story.authors))
    assert (line["site"], line["country"]) == (None, None)


def test_standard_input_is_read(scrapy):
    story = NEWSPAPER.by_case["plain"]
    answer = scrapy("extract", "-", "--site", "sample", stdin=page_of(story).decode())
    assert json.loads(answer.stdout)["title"] == story.title


def test_a_page_without_an_article_is_a_line_with_an_error_and_status_1(scrapy, tmp_path):
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body><p>404</p></body></html>")
    story = NEWSPAPER.by_case["plain"]
    answer = scrapy("extract", empty, write(tmp_path, story), "--site", "sample")
    assert answer.returncode == 1
    first, second = map(json.loads, answer.stdout.splitlines())
    assert first["error"]
    assert second["title"] == story.title


def test_a_file_that_is_absent_is_told_and_the_others_are_read(scrapy, tmp_path):
    story = NEWSPAPER.by_case["plain"]
    answer = scrapy("extract", tmp_path / "absent.html", write(tmp_path, story), "--site", "sample")
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "absent.html" in answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1])["title"] == story.title


def test_an_unknown_site_is_told(scrapy, tmp_path):
    answer = scrapy("extract", write(tmp_path, NEWSPAPER.stories[0]), "--site", "elmasa")
    assert answer.returncode == 1
    assert "error: no site is called 'elmasa'" in answer.stderr


def test_explain_shows_where_a_value_is_from(scrapy, tmp_path):
    story = NEWSPAPER.by_case["plain"]
    shown = scrapy("extract", write(tmp_path, story), "--site", "sample", "--explain").stdout
    assert "read_count" in shown
    assert "site rules" in shown


def test_real_pages_give_records_without_an_error(scrapy):
    from pathlib import Path

    import pytest

    pages = sorted((Path(__file__).parents[2] / "shared" / "pages").glob("*__*.html"))
    if not pages:
        pytest.skip("the recorded pages are not on this machine")
    answer = scrapy("extract", *pages)
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) == len(pages)


def test_explain_names_the_fields_without_a_value_and_the_size_of_the_text(scrapy, tmp_path):
    story = NEWSPAPER.by_case["plain"]
    shown = scrapy("extract", write(tmp_path, story), "--site", "sample", "--explain").stdout
    body = record(story, BASE, fetched_at=None)["body"]
    assert f"{len(body)} characters" in shown
    missing = shown.splitlines()[-1]
    assert missing.startswith("no value: ")
    assert "agency" in missing


def test_explain_folds_what_was_not_believed(scrapy, tmp_path):
    dates = "".join(f"<div class='date'>{day} مارس 2021</div>" for day in range(1, 20))
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><h1>سوق الميناء يفتح أبوابه</h1>{dates}<p>{'نص طويل عن السوق. ' * 9}</p></body></html>"
    )
    shown = scrapy("extract", page, "--explain").stdout
    assert "more that were not believed" in shown
    assert len(shown.splitlines()) < 20
