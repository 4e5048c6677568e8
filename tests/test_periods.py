"""What people type for a date."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UserError
from crawler.periods import parse_moment

ALGIERS = ZoneInfo("Africa/Algiers")
NOW = datetime(2018, 2, 13, 12, tzinfo=UTC)


def moment(text, *, end=False):
    return parse_moment(text, zone=ALGIERS, now=NOW, end=end, name="since")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", "2018-01-01T00:00+01:00", "2019-01-01T00:00+01:00"),
        ("2018-02", "2018-02-01T00:00+01:00", "2018-03-01T00:00+01:00"),
        ("2018-12", "2018-12-01T00:00+01:00", "2019-01-01T00:00+01:00"),
        ("2018-02-13", "2018-02-13T00:00+01:00", "2018-02-14T00:00+01:00"),
        ("2018/2/13", "2018-02-13T00:00+01:00", "2018-02-14T00:00+01:00"),
        ("٢٠١٨-٠٢-١٣", "2018-02-13T00:00+01:00", "2018-02-14T00:00+01:00"),
        ("2018-02-13T14:00", "2018-02-13T14:00+01:00", "2018-02-13T14:00+01:00"),
        ("2018-02-13T14:00Z", "2018-02-13T14:00+00:00", "2018-02-13T14:00+00:00"),
        ("7d", "2018-02-06T12:00+00:00", "2018-02-06T12:00+00:00"),
        ("12H", "2018-02-13T00:00+00:00", "2018-02-13T00:00+00:00"),
    ],
)
def test_periods_begin_and_end_in_the_sites_zone(text, start, end):
    assert moment(text) == datetime.fromisoformat(start)
    assert moment(text, end=True) == datetime.fromisoformat(end)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2018-13-01", "2018-02-30", "13/02/2018", "7", "0000", "9" * 30 + "d"]
)
def test_anything_else_is_refused_in_one_line_that_says_what_to_write(text):
    with pytest.raises(UserError, match=r"since=.* is not a date: write 2018-01-31") as error:
        moment(text)
    assert "\n" not in str(error.value)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_an_aware_instant_or_a_users_error(text, end):
    with contextlib.suppress(UserError):
        assert moment(text, end=end).utcoffset() is not None


@given(st.dates(min_value=datetime(1990, 1, 1).date(), max_value=datetime(2100, 1, 1).date()))  # noqa: DTZ001 - only the date is used
def test_a_day_ends_when_the_next_begins(day):
    assert moment(day.isoformat(), end=True) == moment((day + timedelta(days=1)).isoformat())
