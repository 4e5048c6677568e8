"""The checks are pure: what they say of runs that are made here."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.watch.checks import check_all, check_died
from crawler.watch.history import History, Run, is_ordinary
from crawler.watch.judge import judge

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
WELL = {"asked": 1, "found": 30}
FAILED = {"asked": 1, "failed": 1}


def run(at=NOW, new=5, **figures):
    """An hourly run of a healthy site: five new articles, all with an author."""
    fields = {"authors": (new, 0), "published_at": (new, 0)} if new else {}
    healthy = {"new": new, "read": new, "listings": WELL, "latency": 0.2, "newest_at": at - HOUR / 2, "fields": fields}
    return Run(id=at.isoformat(), started_at=at, **(healthy | figures))


def history(hours=24 * 35, pace=lambda _at: 5, **figures):
    """Hourly runs before NOW, newest first."""
    moments = [NOW - HOUR * back for back in range(1, hours + 1)]
    return History([run(at, pace(at), **figures) for at in moments])


def bad(one, before, usual=None):
    """Checks that say bad, with their messages."""
    return {verdict.check: verdict.message for verdict in check_all(one, before, usual or {}) if verdict.state == "bad"}


COUNTS = st.integers(0, 60)
RUNS = st.builds(
    Run,
    id=st.uuids().map(str),
    started_at=st.integers(1, 24 * 35).map(lambda back: NOW - HOUR * back),
    reason=st.sampled_from(["finished", "asked_to_wait", "site_in_trouble"]),
    new=COUNTS,
    read=COUNTS,
    failed=COUNTS,
    turned_away=COUNTS,
    forbidden=COUNTS,
    listings=st.dictionaries(st.sampled_from(["asked", "unchanged", "failed", "forbidden", "found"]), COUNTS),
    fields=st.dictionaries(st.sampled_from(["authors", "kicker"]), st.tuples(COUNTS, COUNTS)),
    latency=st.none() | st.floats(0, 100),
    newest_at=st.none() | st.just(NOW - 5 * HOUR),
    findings=st.frozensets(st.sampled_from(["fields", "stale", "errors"])),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(RUNS, max_size=40))
def test_no_figures_break_a_check_and_each_message_is_a_line(runs):
    before = History(sorted(runs, key=lambda one: one.started_at, reverse=True))
    verdicts = check_all(run(), before, {})
    assert all("\n" not in verdict.message for verdict in verdicts)
    assert all(bool(verdict.message) == (verdict.state == "bad") for verdict in verdicts)
    judged = judge(run(), before, {})
    assert {verdict.check for verdict in judged.wrong} <= set(judged.findings)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(RUNS, max_size=3), RUNS)
def test_few_runs_raise_nothing_that_is_told_by_comparison(runs, one):
    before = History([replace(early, started_at=NOW - HOUR * back) for back, early in enumerate(runs, 1)])
    assert set(bad(replace(one, started_at=NOW), before)) <= {"errors", "forbidden", "robots"}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(new=st.integers(0, 40), latency=st.floats(0.001, 30), hours=st.integers(0, 24 * 36))
def test_a_run_like_all_others_is_well(new, latency, hours):
    before = history(hours, lambda _at: new, latency=latency)
    assert bad(run(new=new, latency=latency), before) == {}


def test_the_same_count_is_far_too_few_on_a_monday_and_usual_on_a_friday():
    def pace(at):
        return 1 if at.weekday() == 4 else 20

    before = history(pace=pace)
    few = [replace(one, new=1) if one.started_at > NOW - 6 * HOUR else one for one in before.runs]
    assert "few_new" in bad(run(new=1), History(few))
    friday = NOW + timedelta(days=4)
    moments = [friday - HOUR * back for back in range(1, 24 * 35)]
    weeks = History([run(at, pace(at)) for at in moments])
    assert bad(run(friday, new=1), weeks) == {}


def test_a_weekend_in_the_first_week_raises_nothing():
    friday = NOW + timedelta(days=4)
    before = History([run(friday - HOUR * back, 20 if back > 11 else 0) for back in range(1, 24 * 5)])
    assert bad(run(friday, new=0), before) == {}


def test_a_field_that_vanishes_is_named():
    before = history()
    lacking = [replace(one, fields={"authors": (0, 5), "published_at": (5, 0)}) for one in before.runs[:2]]
    told = bad(run(fields={"authors": (0, 5), "published_at": (5, 0)}), History([*lacking, *before.runs[2:]]))
    assert set(told) == {"fields"}
    assert "authors in 0 of 10 articles (usually 100%)" in told["fields"]


def test_a_field_that_is_rare_by_nature_raises_nothing():
    chance = random.Random(1)  # noqa: S311 - fiction

    def sometimes(at, new):
        filled = sum(chance.random() < 0.2 for _ in range(new))
        return run(at, new, fields={"agency": (filled, new - filled)})

    before = [sometimes(NOW - HOUR * back, 5) for back in range(1, 600)]
    assert bad(run(fields={"agency": (0, 30)}), History(before)) == {}


def test_an_alarm_of_fields_goes_on_as_long_as_the_trouble_and_ends_with_it():
    lost = {"authors": 1.0}
    lacking = [
        run(NOW - HOUR * back, fields={"authors": (0, 5)}, findings=frozenset({"fields"})) for back in range(1, 500)
    ]
    assert "fields" in bad(run(fields={"authors": (0, 5)}), History(lacking), {"fields": lost})
    mended = [run(NOW - HOUR * back) for back in range(1, 4)]
    judged = judge(run(), History([*mended, *lacking[3:]]), {"fields": lost})
    assert (judged.wrong, judged.well) == ((), ("fields",))


@pytest.mark.parametrize(
    ("figures", "check"),
    [
        ({"listings": {"asked": 2, "failed": 2, "turned_away": 2}, "new": 0}, "forbidden"),
        ({"read": 1, "turned_away": 8}, "forbidden"),
        ({"listings": {"asked": 2, "failed": 2}, "new": 0}, "errors"),
        ({"read": 2, "failed": 9}, "errors"),
        ({"reason": "site_in_trouble"}, "errors"),
        ({"listings": {"asked": 1, "forbidden": 1}, "new": 0, "read": 0, "forbidden": 1}, "robots"),
        ({"forbidden": 9, "read": 0, "new": 0}, "robots"),
        ({"listings": {"asked": 1, "found": 0}, "new": 0}, "none_found"),
        ({"newest_at": NOW - timedelta(days=3)}, "stale"),
        ({"latency": 2.5}, "slow"),
    ],
)
def test_each_trouble_is_told_by_its_check_after_two_runs_and_by_no_other(figures, check):
    before = history()
    assert set(bad(run(**figures), before)) == {check}
    first = judge(run(**figures), before, {})
    if check != "stale":  # which is no matter of one run
        assert first.wrong == ()
    again = History([run(NOW, **figures, findings=frozenset(first.findings)), *before.runs])
    second = judge(run(NOW + HOUR, **figures), again, {})
    assert [verdict.check for verdict in second.wrong] == [check]


def test_dead_links_here_and_there_are_no_errors():
    assert bad(run(read=5, failed=2), history()) == {}


def test_a_quiet_run_neither_raises_nor_ends_an_alarm():
    quiet = run(new=0, listings={"asked": 1, "unchanged": 1}, newest_at=NOW - HOUR)
    refused = history(300)
    refused = History([run(NOW - HOUR, 0, turned_away=9, findings=frozenset({"forbidden"})), *refused.runs[1:]])
    judged = judge(quiet, refused, {"forbidden": 0.0})
    assert (judged.well, [verdict.check for verdict in judged.wrong]) == ((), ["forbidden"])


def test_a_site_that_falls_silent_has_one_alarm():
    before = history().runs
    alarms, raised = {}, []
    for hour in range(1, 80):
        at = NOW + HOUR * hour
        one = run(at, 0, listings={"asked": 1, "unchanged": 1}, newest_at=NOW)
        judged = judge(one, History(before), alarms)
        for verdict in judged.wrong:
            if verdict.check not in alarms:
                raised.append(verdict.check)
                alarms[verdict.check] = verdict.usual
        before = [replace(one, findings=frozenset(judged.findings)), *before]
    assert raised == ["stale"]


def test_a_site_that_prints_too_little_to_be_counted_and_falls_silent_is_told_by_its_newest_article():
    def printed(at):
        return at.hour == 8 and at < NOW

    def one(at, newest):
        return run(at, int(printed(at)), listings={"asked": 1, "unchanged": int(not printed(at))}, newest_at=newest)

    before, newest, alarms, raised = [], None, {}, []
    for hour in range(-24 * 35, 24 * 10):
        at = NOW + HOUR * hour
        newest = at if printed(at) else newest
        judged = judge(one(at, newest), History(before), alarms)
        for verdict in judged.wrong:
            if verdict.check not in alarms:
                raised.append((verdict.check, hour))
                alarms[verdict.check] = verdict.usual
        before = [replace(one(at, newest), findings=frozenset(judged.findings)), *before]
    ((check, hour),) = raised
    assert check == "stale"
    assert 24 < hour < 48  # it never was older than 23 hours before


@pytest.mark.parametrize("days", [8, 30])
def test_of_a_site_that_printed_nothing_since_it_is_known_no_age_is_usual(days):
    before = history(24 * days, lambda _at: 0, newest_at=NOW - timedelta(days=40))
    assert "stale" not in bad(run(new=0, newest_at=NOW - timedelta(days=40)), before)


def test_runs_that_die_one_after_the_other():
    states = [
        check_died(ended) for ended in ([], ["died"], ["died", "died"], ["finished", "died"], ["died", "finished"])
    ]
    assert states == ["unsure", "unsure", "bad", "good", "unsure"]


def test_which_runs_are_compared():
    ordinary = {"arguments": {}, "replay": None, "reason": "finished", "why": "by hand"}
    assert is_ordinary(ordinary)
    assert not is_ordinary(ordinary | {"arguments": {"limit": "5"}})
    assert is_ordinary(ordinary | {"arguments": {"limit": "5"}, "why": "timetable: every 30m"})
    assert not is_ordinary(ordinary | {"replay": "pages.warc.gz"})
    assert not is_ordinary(ordinary | {"reason": "shutdown"})
