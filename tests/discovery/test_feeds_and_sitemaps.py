"""Feeds and sitemaps as they are found: right, wrong and hostile."""

import gzip
import re
import tracemalloc
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.feeds import read_feed
from crawler.discovery.sitemaps import ChildSitemap, SitemapReading, read_sitemap, sitemap_batches, with_short_months
from crawler.periods import Period

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BEIRUT = ZoneInfo("Asia/Beirut")
ADDRESS = "https://www.example.com/feed/"
ITEM = "<item><title>خبر</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def feed(body):
    return read_feed(body, ADDRESS, zone=BEIRUT, now=NOW)


def rss(*items):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()
    )


def sitemap(body):
    return read_sitemap(body, "https://www.example.com/sitemap.xml", zone=BEIRUT, now=NOW)


def urlset(*entries):
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(entries)}</urlset>'
    ).encode()


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("Tue, 13 Feb 2018 22:18:40 +0100", "2018-02-13T22:18:40+01:00"),
        ("Tue, 13 Feb 2018 22:18:40 GMT", "2018-02-13T22:18:40+00:00"),
        ("2018-02-13 22:18:40", "2018-02-13T22:18:40+02:00"),
        ("13 شباط 2018", "2018-02-13T00:00:00+02:00"),
    ],
)
def test_dates_of_a_feed_are_the_sites(date, instant):
    (found,) = feed(rss(ITEM.format(link="https://www.example.com/1", date=date))).found
    assert found.published_at == datetime.fromisoformat(instant)


def test_links_are_absolute_and_named_once():
    reading = feed(
        rss(*(ITEM.format(link=link, date="") for link in ("/1", "https://www.example.com/1", "mailto:x@y.z")))
    )
    assert [one.address for one in reading.found] == ["https://www.example.com/1"]
    assert (reading.entries, reading.dropped, reading.error) == (3, 2, None)


def test_a_guid_that_is_an_address_stands_in_for_a_link():
    (found,) = feed(rss("<item><guid>https://www.example.com/7</guid></item>")).found
    assert found.address == "https://www.example.com/7"


@pytest.mark.parametrize(
    "prefix", [b"\n\n", b"\xef\xbb\xbf", b"<!-- cached -->"], ids=["blank line", "byte order mark", "comment"]
)
def test_what_stands_before_the_declaration_is_borne(prefix):
    assert len(feed(prefix + rss(ITEM.format(link="/1", date=""))).found) == 1


def test_a_windows_1256_feed_with_html_entities_is_read():
    body = rss(ITEM.format(link="/1?a=1&b=2", date="")).decode().replace("utf-8", "windows-1256").encode("cp1256")
    assert feed(body).found[0].address == "https://www.example.com/1?a=1&b=2"


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"\x00\x01\x02", b"{}"])
def test_what_is_no_feed_says_so(body):
    reading = feed(body)
    assert reading.found == ()
    assert reading.error


def test_a_real_feed_of_2011_is_read_whole():
    path = Path(__file__).parents[3] / "shared" / "pages" / "almasryalyoum.com-feed-2011.xml"
    if not path.exists():
        pytest.skip("the recorded feed is not on this machine")
    reading = feed(path.read_bytes())
    assert (len(reading.found), reading.dropped) == (228, 0)
    stated = re.findall(rb"<pubDate>(.*?)</pubDate>", path.read_bytes())[-228:]
    assert [one.published_at for one in reading.found] == [parsedate_to_datetime(date.decode()) for date in stated]


@given(st.binary(max_size=400))
def test_no_bytes_make_a_feed_or_sitemap_raise(body):
    feed(body)
    sitemap(body)
    sitemap(b"\x1f\x8b" + body)


def test_a_sitemap_gives_addresses_with_their_dates():
    reading = sitemap(
        urlset(
            "<url><loc>https://www.example.com/1</loc><lastmod>2018-02-13</lastmod></url>",
            "<url><loc> /2 </loc><news:news><news:publication_date>2018-02-14T10:00:00+02:00</news:publication_date>"
            "</news:news></url>",
            "<url><lastmod>2018-02-13</lastmod></url>",
            "<url><loc>ftp://www.example.com/3</loc></url>",
        )
    )
    first, second = reading.found
    assert (first.published_at, first.modified_at) == (None, datetime(2018, 2, 13, tzinfo=BEIRUT))
    assert (second.address, second.published_at) == (
        "https://www.example.com/2",
        datetime.fromisoformat("2018-02-14T10:00:00+02:00"),
    )
    assert reading.dropped == {"no_address": 1, "not_http": 1}


def test_an_address_that_is_none_is_passed_over():
    bad = "http://[", "http://[::1", "https://", "//[", "javascript:alert(1)", "http://a.b:x/", "http://a.b:99999/"
    assert sitemap(urlset(*(f"<url><loc>{address}</loc></url>" for address in bad))).found == []
    assert feed(rss(*(ITEM.format(link=address, date="") for address in bad))).found == ()


def test_an_index_gives_sitemaps_gzipped_or_not():
    index = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>/post-2018-02.xml</loc></sitemap></sitemapindex>"
    )
    assert sitemap(index).children == sitemap(gzip.compress(index)).children
    assert sitemap(index).children == [ChildSitemap("https://www.example.com/post-2018-02.xml")]


def test_an_entity_bomb_does_not_go_off():
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    reading = sitemap(bomb + urlset("<url><loc>https://www.example.com/&b;1</loc></url>"))
    assert all(len(one.address) < 60 for one in reading.found)


def test_a_bare_ampersand_does_not_end_the_reading():
    reading = sitemap(urlset("<url><loc>/?a=1&b=2</loc></url>", "<url><loc>/3</loc></url>"))
    assert "https://www.example.com/3" in [one.address for one in reading.found]


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"\x1f\x8bbroken"])
def test_what_is_no_sitemap_says_so(body):
    assert sitemap(body).error


def test_an_empty_sitemap_is_no_error():
    assert sitemap(urlset()).error is None


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("post-2018-02.xml", True),
        ("post-2018-01.xml", False),
        ("post-2018-03.xml", False),
        ("sitemap-201802.xml.gz", True),
        ("2017/12/map.xml", False),
        ("sitemap-7.xml", True),
        ("from-2017-01-to-2018-12.xml", True),
    ],
)
def test_only_sitemaps_of_the_period_are_asked_for(name, held):
    since, until = datetime(2018, 2, 5, tzinfo=BEIRUT), datetime(2018, 2, 20, tzinfo=BEIRUT)
    assert ChildSitemap(f"https://www.example.com/{name}").may_hold(since, until) is held


def numbered(*numbers):
    """An index of 2018's and the years beside it, by these numbers each."""
    years = (2017, 2018, 2019)
    return [ChildSitemap(f"https://www.example.com/map-{year}-{number}.xml") for year in years for number in numbers]


def test_a_month_of_one_digit_is_one_where_the_index_has_twelve_a_year():
    since, until = datetime(2018, 2, 5, tzinfo=BEIRUT), datetime(2018, 2, 20, tzinfo=BEIRUT)
    held = [child for child in with_short_months(numbered(*range(1, 13))) if child.may_hold(since, until, BEIRUT)]
    assert [child.address for child in held] == ["https://www.example.com/map-2018-2.xml"]


@pytest.mark.parametrize("numbers", [range(1, 14), range(1, 10)])
def test_other_numbers_of_one_digit_are_parts_of_a_year(numbers):
    february = next(child for child in with_short_months(numbered(*numbers)) if "2018-2." in child.address)
    assert february.month(BEIRUT) is None


def test_a_sitemap_unchanged_since_before_the_period_is_not_asked_for():
    old = ChildSitemap("https://www.example.com/a.xml", datetime(2017, 1, 1, tzinfo=UTC))
    assert not old.may_hold(datetime(2018, 1, 1, tzinfo=UTC), None)
    assert old.may_hold(None, None)


def test_a_large_sitemap_is_read_in_parts_and_memory_stays_flat():
    entry = b"<url><loc>https://www.example.com/%d</loc></url>"
    body = gzip.compress(b"<urlset>" + b"".join(entry % number for number in range(20_000)) + b"</urlset>", 1)
    reading = SitemapReading()
    batches = sitemap_batches(body, "https://www.example.com/sitemap.xml", reading, zone=BEIRUT, now=NOW)
    tracemalloc.start()
    count = sum(len(batch) for batch in batches)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, reading.error) == (20_000, None)
    assert peak < 4_000_000


@pytest.mark.parametrize(
    ("name", "held"),
    [("map?yyyy=2018&mm=02", True), ("map?yyyy=2018&mm=03", False), ("map?year=2018&month=1", False)],
)
def test_a_month_in_a_query_counts(name, held):
    since, until = datetime(2018, 2, 5, tzinfo=BEIRUT), datetime(2018, 2, 20, tzinfo=BEIRUT)
    assert ChildSitemap(f"https://www.example.com/{name}").may_hold(since, until, BEIRUT) is held


def test_a_month_begins_in_the_sites_zone():
    february = Period(datetime(2018, 2, 1, tzinfo=BEIRUT), datetime(2018, 3, 1, tzinfo=BEIRUT))
    held = [
        month
        for month in (1, 2, 3)
        if ChildSitemap(f"https://www.example.com/2018-0{month}.xml").may_hold(february.since, february.until, BEIRUT)
    ]
    assert held == [2]
