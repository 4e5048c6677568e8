"""When a site is due: properties that hold on every clock, and what a crontab's line means."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.schedule.plan import Plan
from crawler.schedule.quiet import Quiet, covers_the_day, is_quiet, leave_quiet
from crawler.schedule.rules import Cron, Every, parse_interval, show_interval, spread

# Zones whose clocks change by an hour (also at midnight), by half an hour, in Ramadan, and not at all.
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Africa/Algiers",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Asia/Beirut",
            "Europe/London",
            "Asia/Gaza",
            "Australia/Lord_Howe",
        )
    ]
)
EPOCHS = st.integers(1_262_304_000, 1_893_456_000)  # 2010 to 2030
MOMENTS = st.builds(datetime.fromtimestamp, EPOCHS, st.just(UTC))
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
PERIODS = st.builds(Quiet, CLOCKS, CLOCKS).filter(lambda quiet: quiet.start != quiet.end)
QUIET = st.lists(PERIODS, max_size=2).map(tuple).filter(lambda periods: not covers_the_day(periods))
INTERVALS = st.sampled_from([1.0, 900.0, 1800.0, 3600.0, 7200.0, 86400.0, 7 * 86400.0])
CRONS = st.sampled_from(["*/20 6-22 * * *", "30 2 * * *", "0 0 * * 0", "0 12 1 * *", "15 * * * 0-4", "59 23 31 12 *"])


UTC_ZONE = ZoneInfo("UTC")


def plan(rule, quiet=(), zone=UTC_ZONE, site="elmassa"):
    return Plan(site, zone, rule, "", quiet)


class TestProperties:
    @given(MOMENTS, QUIET, ZONES, INTERVALS, st.text(min_size=1))
    def test_a_start_is_later_and_never_quiet(self, moment, quiet, zone, seconds, site):
        start = plan(Every(seconds, spread(site, seconds)), quiet, zone, site).next_start(moment)
        assert start > moment
        assert not is_quiet(start, quiet, zone)

    @settings(deadline=None)
    @given(MOMENTS, QUIET, ZONES, CRONS)
    def test_so_is_a_start_by_cron(self, moment, quiet, zone, line):
        start = plan(Cron(line, zone), quiet, zone).next_start(moment)
        assert start > moment
        assert not is_quiet(start, quiet, zone)

    @given(MOMENTS, INTERVALS, ZONES, st.text(min_size=1))
    def test_without_quiet_hours_starts_are_an_interval_apart_whatever_the_clocks_do(self, moment, seconds, zone, site):
        one = plan(Every(seconds, spread(site, seconds)), (), zone, site)
        first = one.next_start(moment)
        assert (first - moment).total_seconds() <= seconds
        assert (one.next_start(first) - first).total_seconds() == seconds

    # All day but for a quarter of an hour: what is held back must not wait past the next start.
    @example(
        datetime(2024, 10, 10, 9, 7, 41, tzinfo=UTC),
        (Quiet(time(3, 15), time(2, 59)),),
        ZoneInfo("Africa/Cairo"),
        900.0,
        52639,
    )
    @given(MOMENTS, QUIET, ZONES, INTERVALS, st.integers(0, 10**6))
    def test_the_later_one_asks_the_later_the_start(self, moment, quiet, zone, seconds, more):
        one = plan(Every(seconds), quiet, zone)
        assert one.next_start(moment) <= one.next_start(moment + timedelta(seconds=more))

    @given(MOMENTS, QUIET, ZONES)
    def test_quiet_hours_end_within_two_days_and_awake_moments_stay(self, moment, quiet, zone):
        over = leave_quiet(moment, quiet, zone)
        assert moment <= over <= moment + timedelta(days=2)
        assert not is_quiet(over, quiet, zone)
        assert is_quiet(moment, quiet, zone) or over == moment

    @given(st.integers(1, 86400))
    def test_an_interval_is_read_as_it_is_shown(self, seconds):
        assert parse_interval(show_interval(float(seconds))) == seconds


class TestClockChanges:
    def test_quiet_hours_over_midnight(self):
        zone = ZoneInfo("Africa/Algiers")
        night = (Quiet.parse("23:00-05:00"),)
        asleep = datetime(2026, 3, 1, 23, 30, tzinfo=zone)
        assert leave_quiet(asleep, night, zone) == datetime(2026, 3, 2, 5, tzinfo=zone)
        assert leave_quiet(asleep + timedelta(hours=2), night, zone) == datetime(2026, 3, 2, 5, tzinfo=zone)

    def test_an_hour_that_comes_twice_is_quiet_twice(self):
        zone = ZoneInfo("Europe/London")  # 2026-10-25: 02:00 is 01:00 again
        night = (Quiet.parse("23:00-01:30"),)
        second = datetime(2026, 10, 25, 1, 15, fold=1, tzinfo=zone)
        assert is_quiet(second, night, zone)
        assert leave_quiet(second, night, zone) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    def test_an_end_that_the_clocks_skip(self):
        zone = ZoneInfo("Europe/London")  # 2026-03-29: 01:00 is 02:00
        over = leave_quiet(datetime(2026, 3, 29, 0, 30, tzinfo=zone), (Quiet.parse("23:00-01:30"),), zone)
        assert timedelta(0) < over - datetime(2026, 3, 29, 0, 30, tzinfo=UTC) <= timedelta(hours=1)

    def test_what_quiet_hours_hold_back_is_one_start_and_not_of_all_sites_at_once(self):
        zone = ZoneInfo("UTC")
        night = (Quiet.parse("23:00-05:00"),)
        eve = datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC)
        starts = set()
        for number in range(20):
            one = plan(Every(900, spread(f"site{number}", 900)), night, zone, f"site{number}")
            start = one.next_start(eve)
            starts.add(start)
            assert datetime(2026, 3, 2, 5, tzinfo=UTC) <= start < datetime(2026, 3, 2, 5, 15, tzinfo=UTC)
            assert one.next_start(start) > start
        assert len(starts) > 10


class TestCron:
    @pytest.mark.parametrize(
        ("line", "weekday"), [("0 6 * * 0", 6), ("0 6 * * 7", 6), ("0 6 * * 1", 0), ("0 6 * * fri", 4)]
    )
    def test_weekdays_count_from_sunday_as_in_a_crontab(self, line, weekday):
        due = Cron(line, ZoneInfo("UTC")).next_after(datetime(2026, 11, 24, tzinfo=UTC))
        assert (due.weekday(), due.hour) == (weekday, 6)

    def test_a_working_week_from_sunday_to_thursday(self):
        for line in ("0 6 * * 0-4", "0 6 * * sun-thu"):
            rule, now, days = Cron(line, ZoneInfo("Africa/Cairo")), datetime(2026, 11, 22, tzinfo=UTC), set()
            for _ in range(10):
                now = rule.next_after(now)
                days.add(now.astimezone(ZoneInfo("Africa/Cairo")).weekday())
            assert days == {6, 0, 1, 2, 3}

    def test_the_clock_is_the_zone_s(self):
        due = Cron("0 6 * * *", ZoneInfo("Asia/Baghdad")).next_after(datetime(2026, 11, 24, tzinfo=UTC))
        assert due == datetime(2026, 11, 24, 3, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("* * *", "has 3 fields"),
            ("99 * * * *", "is no cron line"),
            ("0 6 * * 8", "is no weekday"),
            ("0 6 1 * 1", "a day of the month and a weekday"),
        ],
    )
    def test_what_is_none_is_told(self, line, told):
        with pytest.raises(ValueError, match=told):
            Cron(line, ZoneInfo("UTC"))


@pytest.mark.parametrize("text", ["15x", "", "0m", "-5m", "1.5h", "m", "400d", "٥"])
def test_what_is_no_interval_is_told(text):
    with pytest.raises(ValueError, match="15m, 2h or 1d"):
        parse_interval(text)
