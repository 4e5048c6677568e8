"""Section pages: which articles they list, when those were published, and where the section goes on."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from scrapy.http import HtmlResponse

from crawler.discovery.found import Found
from crawler.discovery.sections import SectionRules, read_section

SECTION = "https://www.example.com/dz/الأخيرة"
ROWS = """
<div class="item-list">
  <div class="item-list-row"><a href="/dz/1"><img></a><h3 class="item-title"><a href="/dz/1">واحد</a></h3>
    <div class="item-date"><time datetime="2014-11-24T22:18:40+01:00">x</time></div></div>
  <div class="item-list-row"><h3 class="item-title"><a href=" /dz/2 ">اثنان</a></h3>
    <div class="item-date"><time>الاثنين 24 نوفمبر 2014</time></div></div>
  <div class="item-list-row"><h3 class="item-title"><a href="javascript:void(0)">ثلاثة</a></h3></div>
  <div class="item-list-row"><h3 class="item-title"><a href="/dz/2">اثنان</a></h3>
    <div class="item-date"><time>الاثنين 24 نوفمبر 2014</time></div></div>
</div>
<a class="next" href="?page=9">التالي</a>
"""


def read(body=ROWS, *, page=1, listed=0, **rules):
    defaults = {
        "rows": ".item-list .item-list-row",
        "links": "h3.item-title a",
        "dates": ".item-date time",
        "zone": ZoneInfo("Africa/Algiers"),
    }
    response = HtmlResponse(SECTION, body=body, encoding="utf-8")
    return read_section(
        response,
        SectionRules(**(defaults | rules)),
        section=SECTION,
        page=page,
        listed=listed,
        now=datetime(2020, 1, 1, tzinfo=UTC),
    )


def test_rows_give_addresses_and_instants_once_each():
    assert read().found == (
        Found("https://www.example.com/dz/1", SECTION, datetime.fromisoformat("2014-11-24T22:18:40+01:00")),
        Found("https://www.example.com/dz/2", SECTION, datetime.fromisoformat("2014-11-24T00:00:00+01:00")),
    )


def test_an_articles_address_tells_its_links_from_others():
    found = read(rows=None, links="a", address=re.compile(r"/dz/\d$")).found
    assert [one.address for one in found] == ["https://www.example.com/dz/1", "https://www.example.com/dz/2"]


def test_without_rows_the_whole_page_is_looked_through():
    found = read(rows=None).found
    assert [one.address for one in found] == ["https://www.example.com/dz/1", "https://www.example.com/dz/2"]
    assert {one.published_at for one in found} == {None}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?start={offset}", SECTION + "?start=22"),
        ("/page/{page}/", SECTION + "/page/3/"),
        ("https://www.example.com/list?p={page}", "https://www.example.com/list?p=3"),
        ("a.next", None),
        (None, None),
    ],
)
def test_the_next_page_is_a_pattern_or_a_link(pattern, expected):
    listing = read(page=2, listed=20, next_page=pattern)
    if pattern == "a.next":
        assert listing.next_page.startswith("https://www.example.com/dz/")
        assert listing.next_page.endswith("?page=9")
    else:
        assert listing.next_page == expected


def test_a_page_that_lists_nothing_gives_nothing():
    assert read("<html></html>", next_page="a.next") == read("<html></html>")
