"""`scrapy search`."""

import json
import re
from datetime import UTC, datetime

import pytest

from tests.conftest import clean_environment, fresh_database, runner
from tests.test_crawl import REPLAY


@pytest.fixture(scope="module")
def crawled(mongod_uri, tmp_path_factory):
    """`scrapy search ...` on the sample newspaper, and its database."""
    run = runner(clean_environment(tmp_path_factory.mktemp("search")))
    with fresh_database(mongod_uri) as database:
        store = {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
        assert run("crawl", "sample", "-s", REPLAY, **store).returncode == 0

        def search(*arguments):
            return run("search", *arguments, **store)

        search.database = database
        search.run = lambda *arguments: run(*arguments, **store)
        yield search


def records(answer):
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_words_in_any_form_are_found_and_marked(crawled):
    answer = crawled("المدارس", "--limit", "3")
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"\*\S*(مدرسة|مدارس)\S*\*", answer.stdout)
    assert "3 shown" in answer.stderr
    everything = records(crawled("مدرسة", "--format", "jsonl", "--limit", "0"))
    assert len(everything) > 3
    for record in everything:
        marked = [record["snippet"][start:end] for start, end in record["snippet_marks"]]
        assert all(word.removeprefix("ال") in {"مدرسة", "مدارس"} for word in marked)
        assert {"title", "body", "published_at", "read_count", "id", "gone_at", "story"} <= record.keys()


def test_pages_follow_the_token_that_was_told(crawled):
    whole = [one["url"] for one in records(crawled("--format", "jsonl", "--limit", "0"))]
    first = crawled("--format", "jsonl", "--limit", "20")
    (token,) = re.findall(r"--after (\S+)", first.stderr)
    second = crawled("--format", "jsonl", "--limit", "20", "--after", token)
    assert [one["url"] for one in records(first) + records(second)] == whole
    assert "--after" not in second.stderr
    assert int(crawled("--count").stdout) == len(whole)


def test_exclusions_and_words_after_options(crawled):
    both = records(crawled("--format", "jsonl", "مدرسة", "-الأرز", "--limit", "٠", "تزرع"))
    assert both
    assert all("الأرز" not in one["title"] + one["body"] for one in both)


def test_an_article_that_the_site_has_taken_down_is_told_as_such(crawled):
    articles = crawled.database.articles
    url = articles.find_one({"published_at": {"$ne": None}})["url"]
    articles.update_one({"url": url}, {"$set": {"gone_at": datetime(2026, 11, 24, 9, tzinfo=UTC)}})
    try:
        table = crawled("--limit", "0").stdout
        assert "gone" in table.split()
        assert table.count("2026-11-24") == 1
        (gone,) = records(crawled("--gone", "--format", "jsonl"))
        assert (gone["url"], gone["gone_at"]) == (url, "2026-11-24T09:00:00+00:00")
    finally:
        articles.update_one({"url": url}, {"$unset": {"gone_at": ""}})


def test_what_an_earlier_version_stored_is_told_and_renewed(crawled):
    crawled.database.articles.update_many({}, {"$unset": {"terms_v": "", "terms": ""}})
    count = crawled.database.articles.count_documents({})
    answer = crawled("مدرسة", "--count")
    assert answer.stdout.strip() == "0"
    assert f"{count} articles of an earlier version cannot be found by words yet" in answer.stderr
    assert "scrapy db upgrade" in answer.stderr
    assert f"{count} articles" in crawled.run("db", "upgrade").stdout
    answer = crawled("مدرسة", "--count")
    assert int(answer.stdout) > 3
    assert answer.stderr == ""


def test_mistakes_and_an_empty_result_are_told_in_one_line(crawled):
    for arguments, told in ((["site:elmasa"], "near: elmassa"), (["--after", "x"], "token is damaged")):
        answer = crawled(*arguments)
        assert answer.returncode != 0
        assert told in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
        assert answer.stdout == ""
    answer = crawled("زغبطوق")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "0 articles\n")
