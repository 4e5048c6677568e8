"""The simulated week, small: run records of four newspapers, each in a trouble of its own."""

import random
from datetime import UTC, datetime, timedelta

from benchmarks.schedule.kiosk import page
from benchmarks.schedule.press import ALARM_OF, TROUBLES, press
from benchmarks.schedule.records import watch
from benchmarks.schedule.spiders import Paper00
from crawler.extraction import extract

WEEK = datetime(2026, 3, 2, tzinfo=UTC)


def test_each_trouble_raises_its_alarm_and_no_other():
    chance = random.Random(1)  # noqa: S311 - fiction
    papers = press(3, WEEK, papers=4)
    assert {paper.trouble for paper in papers} == set(TROUBLES)
    for paper in papers:
        alarms = watch(paper, timedelta(hours=1), chance, WEEK)
        assert len(alarms) == 1, (paper.trouble, paper.daily, alarms)
        ((check, since, over),) = alarms
        assert check in ALARM_OF[paper.trouble]
        assert since >= paper.trouble_at
        assert over is None


def test_a_page_of_the_kiosk_shows_its_fields_and_after_the_change_none():
    (paper, *_) = press(3, WEEK, papers=4)
    story = next(story for story in paper.stories if len(story.fields) == 5)
    shown = extract(page(paper, story, story.fields), "http://127.0.0.1/x", Paper00.site()).article
    assert shown.kicker
    assert shown.authors
    assert shown.read_count
    assert shown.tags
    assert shown.published_at == story.published_at
    later = extract(page(paper, story, story.fields & {"published_at"}), "http://127.0.0.1/x", Paper00.site()).article
    assert (later.kicker, later.authors, later.read_count, later.tags) == (None, [], None, [])
    assert (later.title, later.body, later.published_at) == (shown.title, shown.body, shown.published_at)
