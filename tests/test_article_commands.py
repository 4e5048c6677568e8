"""`scrapy history`, `scrapy reads`, `scrapy top`: what a paper changed, and what its readers read."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import AsyncMongoClient

from crawler.items import Article
from crawler.store.articles import ArticleWriter
from crawler.store.schema import prepare
from tests.conftest import clean_environment, fresh_database, runner

START = datetime.now(UTC).replace(microsecond=0, second=0) - timedelta(days=2)
ADDRESS = "https://www.el-massa.com/dz/الحدث/الدخول-المدرسي"
LEAD = "أكد وزير التربية أن الدخول المدرسي يجري في 15 سبتمبر المقبل في كل الولايات."
BODY = f"{LEAD}\n\nوقال إن الأقسام مهيأة لاستقبال التلاميذ والأساتذة منذ اليوم الأول.\n\nوختم كلامه بالشكر."


def reading(hours, count, **fields):
    common = {
        "url": ADDRESS,
        "site": "elmassa",
        "country": "dz",
        "title": "الدخول المدرسي في 15 سبتمبر",
        "body": BODY,
        "published_at": START,
        "fetched_at": START + timedelta(hours=hours),
        "read_count": count,
    }
    return Article(**common | fields)


async def fill(uri, name):
    corrected = BODY.replace("15", "21")
    other = "نص خبر آخر " * 60
    async with AsyncMongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
        await prepare(client[name])
        writer = ArticleWriter(client[name], "crawl-1")
        for one in (
            reading(1, 458),
            reading(6, 2310, body=f"{BODY}\n\nاقرأ أيضا: خبر آخر"),
            reading(24, 5105, title="الدخول المدرسي في 21 سبتمبر", body=corrected, section="الحدث"),
            reading(30, 120, title="الدخول المدرسي في 21 سبتمبر", body=corrected, section="الوطن"),
            reading(1, 100, url="https://www.el-massa.com/dz/2", title="خبر آخر", body=other),
            reading(2, 900, url="https://www.el-massa.com/dz/2", title="خبر آخر", body=other),
            reading(1, None, url="https://www.el-massa.com/dz/3", title="خبر بلا عداد", body=f"{other} بلا"),
        ):
            await writer.write([one])


@pytest.fixture(scope="module")
def naba(mongod_uri, tmp_path_factory):
    """Run a command in a collection of three articles, one of them edited, reset and gone."""
    with fresh_database(mongod_uri) as database:
        asyncio.run(fill(mongod_uri, database.name))
        gone = {"gone_at": START + timedelta(hours=40)}
        database.articles.update_one({"title": "الدخول المدرسي في 21 سبتمبر"}, {"$set": gone})
        where = {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name}
        yield runner(clean_environment(tmp_path_factory.mktemp("naba")) | where)


def lines(answer):
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_history_tells_versions_and_differences(naba):
    answer = naba("history", "el-massa.com/dz/الحدث/الدخول-المدرسي/?utm_source=x")
    assert answer.returncode == 0, answer.stderr
    told = answer.stdout
    assert f"gone: its site no longer has it since {START + timedelta(hours=40):%Y-%m-%d %H:%M} UTC" in told
    first, second = (f"{START + timedelta(hours=hours):%Y-%m-%d %H:%M}" for hours in (1, 24))
    rows = [line.split() for line in told.splitlines() if line.strip()[:2] in {"1 ", "2 "}]
    assert " ".join(rows[0]).startswith(f"1 {first}")
    assert " ".join(rows[1]).startswith(f"2 {second}")
    assert " ".join(rows[1]).endswith("title, body, section")
    assert "\u2067الدخول المدرسي في [-15-]{+21+} سبتمبر\u2069" in told
    assert "(1 paragraph unchanged)" in told
    assert "اقرأ أيضا" not in told  # furniture makes no version and no difference


def test_history_for_programs(naba):
    first, second = lines(naba("history", ADDRESS, "--format", "jsonl"))
    assert (first["version"], first["is_current"], first["changed"], first["gone_at"]) == (1, False, [], None)
    assert (second["version"], second["is_current"]) == (2, True)
    assert second["changed"] == ["title", "body", "section"]
    assert second["gone_at"]
    assert second["body"].startswith(LEAD.replace("15", "21"))
    (title,) = second["differences"]["title"]
    assert [kind for kind, _ in title["spans"]] == ["kept", "removed", "added", "kept"]


def test_reads_draws_the_curve_and_marks_the_reset(naba):
    answer = naba("reads", ADDRESS)
    assert answer.returncode == 0, answer.stderr
    assert "+1,852" in answer.stdout
    assert "370.4" in answer.stdout
    assert [line.split()[-1] for line in answer.stdout.splitlines() if " 120 " in line] == ["reset"]
    assert any("\u2800" < char < "\u2900" for char in answer.stdout)
    assert "↓" in answer.stdout


def test_reads_for_programs(naba):
    points = lines(naba("reads", ADDRESS, "--format", "jsonl"))
    assert [point["read_count"] for point in points] == [458, 2310, 5105, 120]
    assert [point["gained"] for point in points] == [None, 1852, 2795, None]
    assert [point["is_reset"] for point in points] == [False, False, False, True]
    assert points[0]["at"] == (START + timedelta(hours=1)).isoformat()


def test_reads_of_a_page_without_a_counter_says_so(naba):
    answer = naba("reads", "https://el-massa.com/dz/3")
    assert answer.returncode == 0
    assert "no counter was read on its page" in answer.stderr


def test_top_by_reads_and_by_growth(naba):
    table = naba("top", "--since", "7d", "--site", "elmassa")
    assert table.returncode == 0, table.stderr
    assert [row.split()[0] for row in table.stdout.splitlines()] == ["reads", "900", "120"]
    by_growth = lines(naba("top", "--by", "growth", "--format", "jsonl"))
    assert [(row["read_count"], row["read_growth"]) for row in by_growth] == [(900, 800.0)]  # the other fell
    nothing = naba("top", "--until", "2001", "--by", "growth")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "no article that matches was counted twice" in nothing.stderr


@pytest.mark.parametrize("command", ["history", "reads"])
def test_an_address_that_is_not_stored_is_told_in_a_line(naba, command):
    answer = naba(command, "https://www.el-massa.com/dz/99")
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: no article is stored under https://www.el-massa.com/dz/99")
    assert len(answer.stderr.splitlines()) == 1
