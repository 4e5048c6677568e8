"""The filters that commands have in common, as they are typed."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.settings import Settings

from crawler.errors import UserError
from crawler.filtering import add_filters, read_filters
from crawler.store.filters import Filters

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings():
    chosen = Settings()
    chosen.setmodule("crawler.settings", priority="project")
    return chosen


@pytest.fixture
def read(settings):
    def run(*arguments):
        parser = argparse.ArgumentParser()
        add_filters(parser)
        return read_filters(parser.parse_args(arguments), settings, now=NOW)

    return run


def test_nothing_typed_means_everything(read):
    assert read() == Filters()
    assert read().query() == {}


def test_what_is_typed_is_what_is_meant(read):
    typed = read(
        "وزير", "الخارجية", "--site", "elmassa,okaz", "--site", "elmassa", "--country", "DZ", "--unique", "--no-gone"
    )
    assert typed == Filters(
        text="وزير الخارجية", sites=("elmassa", "okaz"), countries=("dz",), unique=True, is_gone=False
    )
    assert read("--min-reads", "٤٥٨").min_reads == 458


def test_dates_as_people_type_them(read):
    assert read("--since", "7d").since == NOW - timedelta(days=7)
    february = read("--since", "٢٠١٨-٠٢", "--until", "2018-02")
    assert (february.since, february.until) == (datetime(2018, 2, 1, tzinfo=UTC), datetime(2018, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--site", "elmasa"], "near: elmassa"),
        (["site:elmasa"], "near: elmassa"),
        (["-site:elmasa"], "near: elmassa"),
        (["--country", "zz"], "no site is of country 'zz'"),
        (["country:zz"], "no site is of country 'zz'"),
        (["--since", "soon"], "is not a date"),
        (["--since", ""], "is not a date"),
        (["--since", "2018-03", "--until", "2018-02"], "nothing lies between"),
        (["--min-reads", "many"], "is no number"),
        (["--min-reads", "-1"], "is no number"),
        (["--min-reads", "9" * 30], "is no number"),
        (["--section", "؟"], "names nothing"),
        (["--author", " "], "names nothing"),
        (['"مدرسة'], "no other half"),
        (["titel:x"], "title:?"),
    ],
)
def test_a_mistake_is_told_in_one_line(read, arguments, told):
    with pytest.raises(UserError) as raised:
        read(*(["--", *arguments] if arguments[0].startswith("-site:") else arguments))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
