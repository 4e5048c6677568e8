"""The date benchmark: what it calls right, and that every parser answers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from benchmarks.dates.lines import groups, verdict
from benchmarks.dates.parsers import PARSERS
from tests.arabic.date_lines import NOW, Line

DAY = datetime(2018, 2, 13, tzinfo=UTC)
EVENING = DAY.replace(hour=22, minute=18)


@pytest.mark.parametrize(
    ("expected", "found", "day_only", "judged"),
    [
        ("2018-02-13", DAY, False, "right"),
        ("2018-02-13", EVENING, False, "right"),
        ("2018-02-13", DAY + timedelta(days=1), False, "wrong"),
        ("2018-02-13", None, False, "none"),
        ("2018-02-13T22:18", EVENING, False, "right"),
        ("2018-02-13T22:18", DAY, False, "wrong"),
        ("2018-02-13T22:18", DAY, True, "right"),
        ("2018-02-13T22:18+00:00", EVENING.astimezone(ZoneInfo("Asia/Riyadh")), False, "right"),
        (timedelta(hours=3), NOW - timedelta(hours=3), False, "right"),
        (timedelta(hours=3), NOW - timedelta(hours=2), False, "wrong"),
        (timedelta(days=2), (NOW - timedelta(days=2)).replace(hour=0), False, "right"),
        (None, None, False, "right"),
        (None, DAY, False, "wrong"),
    ],
)
def test_what_is_right(expected, found, day_only, judged):
    assert verdict(Line("", "UTC", expected), found, day_only=day_only) == judged


@pytest.mark.parametrize("name", PARSERS)
def test_every_parser_reads_the_plainest_line(name):
    found = PARSERS[name]()("13/02/2018", "UTC", NOW)
    assert found is not None
    assert found.date() == DAY.date()


def test_every_month_of_every_family_is_asked():
    assert all(len(lines) >= 12 for lines in groups().values())
