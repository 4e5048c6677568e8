"""What a user may ask of a crawl, and how mistakes are told."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import UserError
from spiders.dz.elmassa import ElMassa


def test_a_period_is_read_in_the_sites_zone():
    arguments = ElMassa.parse_arguments(since="2018-02", until="٢٠١٨-٠٢", limit="٥")
    assert arguments.since == datetime.fromisoformat("2018-02-01T00:00+01:00")
    assert arguments.until == datetime.fromisoformat("2018-03-01T00:00+01:00")
    assert arguments.limit == 5


def test_a_time_ago_is_counted_from_now():
    since = ElMassa.parse_arguments(since="7d").since
    assert abs(datetime.now(UTC) - timedelta(days=7) - since) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"since": "yesterday"}, "since='yesterday' is not a date"),
        ({"until": "2018-02-30"}, "until='2018-02-30' is not a date"),
        ({"limit": "many"}, "limit='many' is not a number of articles"),
        ({"limit": "0"}, "limit='0'"),
        ({"since": "2018-03", "until": "2018-02"}, "nothing lies between"),
        ({"sinse": "2018"}, "unknown argument 'sinse'"),
    ],
)
def test_a_mistaken_argument_is_told_in_one_line(arguments, told):
    with pytest.raises(UserError) as error:
        ElMassa.parse_arguments(**arguments)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_what_scrapyd_adds_to_every_crawl_is_no_mistake():
    assert ElMassa.parse_arguments(_job="137e7168", limit="3").limit == 3


def test_an_article_without_a_date_is_never_out_of_the_period():
    arguments = ElMassa.parse_arguments(since="2018")
    assert not arguments.excludes(None)
    assert arguments.excludes(datetime(2017, 12, 31, tzinfo=UTC))
    assert not arguments.excludes(datetime(2018, 6, 1, tzinfo=UTC))
