"""Every kind of page that Arabic papers' systems make gives its article, without any site rule."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from tests.extraction.families import FAMILIES
from tests.extraction.stories import STORIES

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CASES = [
    pytest.param(family, story, id=f"{family.__name__}-{number}")
    for family in FAMILIES
    for number, story in enumerate(STORIES)
]


def read(made):
    extraction = extract(made.page.encode(made.encoding, "xmlcharrefreplace"), made.url, now=NOW)
    assert extraction.article is not None, extraction.error
    return extraction.article.record()


@pytest.mark.parametrize(("family", "story"), CASES)
def test_the_record_is_right(family, story):
    made = family(story)
    record = read(made)
    expected = dict(made.expected)
    assert (record["published_at"] or "")[:10] == expected.pop("day")
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize(("family", "story"), CASES)
def test_line_ends_and_indentation_in_the_source_change_nothing(family, story):
    made = family(story)
    record = read(made)
    made.page = made.page.replace("><", ">\n\t  <")
    assert read(made) == record


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize(
    "family",
    [family for family in FAMILIES if family.__name__ not in {"state_only", "jsonld_only"}],
    ids=lambda family: family.__name__,
)
def test_scripts_styles_and_comments_change_nothing(family, story):
    made = family(story)
    record = read(made)
    made.page = made.page.replace(
        "</p>", "<!-- إعلان --><script>var a = '<p>نص</p>';</script><style>p { color: red }</style></p>"
    ).replace("</h1>", "</h1><noscript>شغل جافاسكريبت</noscript>")
    assert read(made)["body"] == record["body"]
