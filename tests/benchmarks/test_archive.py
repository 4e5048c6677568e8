"""The archive benchmark's files: the same from the same seed, right by an independent check, of the share asked for."""

from warcio.checker import Checker

from benchmarks.archive.corpus import HOSTS, article, pages, write_warc
from benchmarks.archive.rivals import HOSTS as RIVALS_HOSTS
from crawler.extraction import extract


def test_the_same_seed_writes_the_same_file(tmp_path):
    for name in "ab":
        write_warc(tmp_path / name, pages(30, share=0.2))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_records_are_right_by_an_independent_check(tmp_path):
    path = tmp_path / "a.warc.gz"
    write_warc(path, pages(20, share=0.2))

    class Options:
        inputs = [str(path)]  # noqa: RUF012 - stands for a parsed command line
        verbose = False

    checker = Checker(Options)
    checker.process_all()
    assert checker.exit_value == 0


def test_the_share_is_the_one_that_was_asked_for():
    found = list(pages(300, share=0.03))
    assert sum(page.story is not None for page in found) == 9
    assert set(HOSTS) == set(RIVALS_HOSTS)


def test_what_surrounds_an_article_is_not_read_into_it():
    for number in range(1, 30):
        page = article(number, HOSTS[number % len(HOSTS)], cards=60)
        got = extract(page.body, page.url, fetched_at=page.fetched_at).article
        assert (got.title, got.body) == (page.story.title, page.story.body)
