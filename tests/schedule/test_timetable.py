"""`crawls.toml`: what it says, and what is wrong with it and where."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from crawler.catalogue import spiders
from crawler.schedule.reading import check_timetable
from crawler.schedule.toml_lines import lines_of


@pytest.fixture(scope="module")
def catalogue():
    return spiders()


@pytest.fixture
def check(tmp_path, catalogue):
    def read(text):
        path = tmp_path / "crawls.toml"
        path.write_text(text, "utf-8")
        return check_timetable(path, catalogue)

    return read


def test_without_a_file_every_site_has_a_start_within_the_hour_and_not_all_together(tmp_path, catalogue):
    timetable, mistakes = check_timetable(tmp_path / "none.toml", catalogue)
    assert not mistakes
    sites = {plan.site for plan in timetable.enabled()}
    assert set(catalogue) - sites == {"sample"}  # fiction
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    minutes = [0] * 60
    within_the_hour = itertools.takewhile(lambda start: start[0] <= now + timedelta(hours=1), timetable.starts(now))
    started = set()
    for moment, plan in within_the_hour:
        minutes[int((moment - now).total_seconds() // 60) % 60] += 1
        started.add(plan.site)
    assert started == sites
    assert max(minutes) < len(sites) / 10


def test_the_nearer_table_overrules_key_by_key(check):
    timetable, mistakes = check(
        """
        [defaults]
        every = "1h"
        at_most = 6
        quiet = "23:00-05:00"
        arguments = { limit = 100 }

        [groups.dz]
        every = "20m"
        at_most = 2

        [groups.agencies]
        sites = ["aps", "aljazeera"]
        cron = "*/10 * * * *"
        timezone = "Asia/Qatar"

        [sites.elmassa]
        arguments = { since = 2026-01-01 }
        quiet = "01:00-02:00"

        [sites.echorouk]
        enabled = false
        """
    )
    assert not mistakes
    plans = timetable.plans
    assert (timetable.at_most, timetable.group_limits) == (6, {"dz": 2})
    assert str(plans["elmassa"].rule) == "every 20m"
    assert plans["elmassa"].arguments == {"limit": "100", "since": "2026-01-01"}
    assert [str(quiet) for quiet in plans["elmassa"].quiet] == ["01:00-02:00"]
    assert plans["elmassa"].why == "every 20m ([groups.dz])"
    assert plans["aps"].groups == ("dz", "agencies")
    assert str(plans["aps"].rule) == "cron */10 * * * *"
    assert plans["aps"].zone.key == "Asia/Qatar"
    assert not plans["echorouk"].enabled
    assert str(plans["okaz"].rule) == "every 1h"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[defaults]\nevery = "15x"', 'crawls.toml:2: every = "15x" is no interval: write 15m, 2h or 1d'),
        ("[defaults]\nevery = 15", "crawls.toml:2: every = 15 is no text: put it between quotation marks"),
        ('[sites.elmasa]\nevery = "1h"', "crawls.toml:1: no site is called 'elmasa': did you mean elmassa?"),
        ('[sites.elmassa]\n\nevry = "1h"', "crawls.toml:3: no key is called 'evry': did you mean every?"),
        ('[default]\nevery = "1h"', "crawls.toml:1: no table is called 'default': did you mean defaults?"),
        ('[groups.big]\nsites = ["aps", "apss"]', "crawls.toml:2: no site is called 'apss': did you mean aps?"),
        ('[groups.big]\nevery = "1h"', "crawls.toml:1: group 'big' names no sites"),
        ("[sites.aps]\nat_most = 2", "crawls.toml:2: at_most stands in [defaults] or a group"),
        ("[defaults]\nat_most = 0", "crawls.toml:2: at_most = 0 is no number from 1 up"),
        ('[defaults]\nquiet = "night"', 'crawls.toml:2: quiet = "night" are no quiet hours: write 23:00-05:00'),
        ('[defaults]\nquiet = ["00:00-12:00", "12:00-00:00"]', "leaves no hour of the day"),
        ('[defaults]\ntimezone = "Algiers"', "is no time zone: write one such as Africa/Algiers"),
        ('[sites.aps]\nevery = "1h"\ncron = "0 * * * *"', "crawls.toml:3: every and cron stand together"),
        ("[sites.aps]\narguments = { limt = 3 }", "crawls.toml:2: arguments: unknown argument 'limt'"),
        ('[sites.aps.arguments]\nsince = "soon"', "crawls.toml:1: arguments: since='soon' is not a date"),
        ("[sites.aps]\nenabled = 1", "crawls.toml:2: enabled = 1 is neither true nor false"),
        ("[sites]\naps = 3", "crawls.toml:2: sites.aps is no table"),
        ("[defaults\n", "crawls.toml:1: is no TOML"),
        ("a = [\n", "crawls.toml:end: is no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(check, text, told):
    _, mistakes = check(text)
    assert told in mistakes[0]


def test_every_mistake_is_told_in_order(check):
    _, mistakes = check('[defaults]\nevery = "15x"\n\n[sites.nowhere]\n[sites.aps]\ncron = "x"\n')
    assert [line.split(":")[1] for line in mistakes] == ["2", "4", "6"]


def test_lines_of_what_spans_several():
    lines = lines_of(
        '# [sites.no]\n[defaults]\nquiet = [\n  "23:00-05:00",  # [x]\n]\n"a b" = """\n[not]\nb = 1\n"""\n'
        '[sites."x.y"]\n'
        "arguments = { since = 1, b.c = 2 }\n"
    )
    assert lines == {
        ("defaults",): 2,
        ("defaults", "quiet"): 3,
        ("defaults", "a b"): 6,
        ("sites", "x.y"): 10,
        ("sites", "x.y", "arguments"): 11,
        ("sites", "x.y", "arguments", "since"): 11,
        ("sites", "x.y", "arguments", "b"): 11,
        ("sites", "x.y", "arguments", "b", "c"): 11,
    }


class TestCommand:
    def test_check_prints_the_next_starts(self, scrapy, tmp_path):
        (tmp_path / "crawls.toml").write_text('[defaults]\nevery = "2h"\n', "utf-8")
        answer = scrapy("schedule", "--check", "--limit", "5", NABA_TIMETABLE=tmp_path / "crawls.toml")
        assert answer.returncode == 0, answer.stderr
        heading, *rows = answer.stdout.split("\n\n")[0].splitlines()
        assert heading.split() == ["starts", "zone", "here", "site", "why"]
        assert len(rows) == 5
        assert all("every 2h ([defaults])" in row for row in rows)
        assert "sites on the timetable, 1 switched off" in answer.stdout

    def test_check_tells_every_mistake_and_fails(self, scrapy, tmp_path):
        (tmp_path / "crawls.toml").write_text('[defaults]\nevery = "2y"\nat_most = -1\n', "utf-8")
        answer = scrapy("schedule", "--check", NABA_TIMETABLE=tmp_path / "crawls.toml")
        assert answer.returncode == 1
        assert not answer.stdout
        assert [line.split(":")[2] for line in answer.stderr.splitlines()] == ["2", "3"]
        run = scrapy("schedule", NABA_TIMETABLE=tmp_path / "crawls.toml")
        assert run.returncode == 1
        assert "(and 1 more: scrapy schedule --check)" in run.stderr
