"""`scrapy import`: what `scrapy export` wrote comes back as it was; a newer reading stays."""

import asyncio
import copy
import gzip
import json
import shutil
from datetime import timedelta

import pytest
import zstandard
from pymongo import AsyncMongoClient, MongoClient

from crawler.slices.compression import DecompressionError, open_lines
from crawler.slices.export import export
from crawler.slices.request import Request
from crawler.slices.restore import Restorer
from crawler.slices.rows import read_lines
from crawler.store import Filters
from crawler.store.documents import to_article
from crawler.store.schema import prepare
from tests.conftest import fresh_database, kill_server, runner
from tests.slices.stocks import NOON, article, dump, fill, stock


@pytest.fixture(scope="module")
def exported(mongod_uri, tmp_path_factory):
    """A collection with everything in it as a file, and what is stored of it."""
    path = tmp_path_factory.mktemp("exported") / "all.jsonl.zst"
    with fresh_database(mongod_uri) as database:
        fill(mongod_uri, database.name, *stock())
        export(database, Filters(), Request(path=path))
        yield path, dump(database)


@pytest.fixture
def restore(mongod_uri, database):
    """Import as programs do; the lines with their fates."""

    def run(path, size=10):
        async def work():
            async with AsyncMongoClient(mongod_uri, tz_aware=True) as client:
                await prepare(client[database.name])
                restorer = Restorer(client[database.name])
                with open_lines(path) as opened:
                    lines = list(read_lines(opened))
                for start in range(0, len(lines), size):
                    await restorer.write([line for line in lines[start : start + size] if line.fate is None])
                return lines

        return asyncio.run(work())

    return run


def save(database, path, filters=None):
    export(database, filters or Filters(), Request(path=path, force=True))
    return path


def fates(lines):
    return {line.fate for line in lines}


def test_an_export_comes_back_as_an_identical_collection(exported, mongod_uri, database, environment):
    path, stored = exported
    run = runner(environment | {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": database.name})
    done = run("import", path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"{len(stored['articles'])} new, 0 bad lines\n"
    assert dump(database) == stored
    assert len(stored["revisions"]) == 3
    assert len(stored["read_counts"]) >= 3
    again = run("import", path)
    assert again.stderr == f"0 new, {len(stored['articles'])} unchanged, 0 bad lines\n"
    assert dump(database) == stored


def test_an_import_that_was_killed_is_run_again(exported, database, restore, tmp_path):
    path, stored = exported
    lines = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().splitlines(keepends=True)
    half = tmp_path / "half.jsonl"
    half.write_bytes(b"".join(lines[: len(lines) // 2]))
    assert fates(restore(half)) == {"new"}
    # It died between an article's history and the article, and between two articles of a batch.
    gone = database.articles.find_one({"number": {"$gt": 1}}) or database.articles.find_one()
    database.articles.delete_one({"_id": gone["_id"]})
    assert fates(restore(path)) == {"new", "unchanged"}
    assert dump(database) == stored


def test_its_server_killed_between_batches_is_waited_for(exported, own_server):
    path, stored = exported

    async def work():
        # so short that the driver itself does not wait
        async with AsyncMongoClient(f"{own_server.uri}&serverSelectionTimeoutMS=200", tz_aware=True) as client:
            await prepare(client.naba)
            restorer = Restorer(client.naba)
            with open_lines(path) as opened:
                lines = list(read_lines(opened))
            for start in range(0, len(lines), 10):
                if start in {10, 20}:
                    kill_server(own_server)
                await restorer.write(lines[start : start + 10])
            await restorer.finish()
        return lines

    # what was written and not acknowledged is written again, and then found
    assert fates(asyncio.run(work())) <= {"new", "unchanged"}
    with MongoClient(own_server.uri, tz_aware=True) as client:
        assert dump(client.naba) == stored


def test_a_slice_brings_its_articles_with_their_history(exported, mongod_uri, restore, tmp_path, database):
    path, stored = exported
    stored = copy.deepcopy(stored)
    assert restore(path)
    part = save(database, tmp_path / "part.jsonl.gz", Filters(sites=("paper1",)))
    with fresh_database(mongod_uri) as other:
        fill(mongod_uri, other.name, [article(5)])
        other.articles.drop()
        other.read_counts.drop()
        run(mongod_uri, other.name, part)
        wanted = [one for one in stored["articles"] if one["site"] == "paper1"]
        # Of the story's three copies only one came along: here it copies nothing.
        assert sum("story" in one and one.pop("story") is not None for one in wanted) == 1
        assert sum("duplicate_of" in one and one.pop("duplicate_of") is not None for one in wanted) == 1
        assert list(other.articles.find().sort("_id")) == wanted
        keys = [one["_id"] for one in wanted]
        assert other.revisions.count_documents({}) == sum(one["article"] in keys for one in stored["revisions"]) == 2


def run(uri, name, path):
    async def work():
        async with AsyncMongoClient(uri, tz_aware=True) as client:
            await prepare(client[name])
            restorer = Restorer(client[name])
            with open_lines(path) as opened:
                await restorer.write(list(read_lines(opened)))

    asyncio.run(work())


def test_an_older_reading_does_not_replace_a_newer(mongod_uri, database, restore, tmp_path):
    fill(mongod_uri, database.name, [article(1), article(5)])
    old = save(database, tmp_path / "old.jsonl")
    later = article(1, title="عنوان جديد", fetched_at=NOON + timedelta(days=9), read_count=900)
    fill(mongod_uri, database.name, [later])
    new = save(database, tmp_path / "new.jsonl")
    stored = dump(database)
    assert fates(restore(old)) == {"unchanged"}
    assert dump(database) == stored
    # The other way round the file goes on from what is stored: its versions come along.
    database.articles.drop()
    database.revisions.drop()
    database.read_counts.drop()
    restore(old)
    assert fates(restore(new)) == {"updated", "unchanged"}
    assert dump(database) == stored


def test_a_history_of_its_own_is_not_overwritten(mongod_uri, database, restore, tmp_path):
    fill(mongod_uri, database.name, [article(1), article(5)])
    fill(mongod_uri, database.name, [article(1, title="من هنا", fetched_at=NOON + timedelta(days=1))])
    mine = save(database, tmp_path / "mine.jsonl")
    with fresh_database(mongod_uri) as other:
        fill(mongod_uri, other.name, [article(1, title="من هناك"), article(5)])
        fill(mongod_uri, other.name, [article(1, title="ثم هكذا", fetched_at=NOON + timedelta(days=2))])
        theirs = save(other, tmp_path / "theirs.jsonl")
    restore(theirs)
    titles = [one["title"] for one in database.revisions.find().sort("number")]
    assert titles == ["عنوان 1", "من هنا"]
    assert database.articles.find_one({"number": 3})["title"] == "ثم هكذا"
    restore(mine)
    assert database.articles.find_one({"number": 3})["title"] == "ثم هكذا"
    assert database.revisions.count_documents({}) == 2


def test_the_same_text_under_another_address_is_an_alias(mongod_uri, database, restore, tmp_path):
    fill(mongod_uri, database.name, [article(5), article(6)])
    with fresh_database(mongod_uri) as other:
        fill(mongod_uri, other.name, [article(5), article(77, body=article(6).body, site="paper0")])
        path = save(other, tmp_path / "theirs.jsonl")
    assert {line.row["url"][-2:]: line.fate for line in restore(path)} == {"/5": "unchanged", "77": "duplicate"}
    assert database.articles.find_one({"url": article(6).url})["aliases"][0]["url"] == article(77).url
    assert database.articles.count_documents({}) == 2


def test_bad_lines_are_told_by_number_and_the_rest_goes_in(exported, database, scrapy_with_store, tmp_path):
    path, _ = exported
    lines = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().splitlines()[:4]
    row = json.loads(lines[3])
    bad = [
        b"{not json",
        b"[1, 2]",
        b"\xff\xfe",
        json.dumps(row | {"url": "https://www.example.com/x", "title": " "}).encode(),
        json.dumps(row | {"colour": "red"}).encode(),
        json.dumps(row | {"_store": {"_id": "x"}}).encode(),
        json.dumps(
            row | {"_store": row["_store"] | {"_id": {"$binary": {"base64": "AAAA", "subType": "00"}}}}
        ).encode(),
        json.dumps(row | {"_store": row["_store"] | {"number": "two"}}).encode(),
    ]
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(b"\n".join([lines[0], *bad, b"", lines[1], lines[2]]))
    done = scrapy_with_store("import", file)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert [line.split(":")[0] for line in told[:-1]] == [f"line {number}" for number in range(2, 10)]
    assert told[0].startswith("line 2: no JSON")
    assert "colour" in told[4]
    assert told[-1] == "3 new, 8 bad lines"
    assert database.articles.count_documents({}) == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("end", ["gz", "zst"])
def test_a_file_that_breaks_off_is_told(tmp_path, end):
    rows = b"".join(json.dumps({"url": str(number) * 99}).encode() + b"\n" for number in range(9000))
    packed = gzip.compress(rows) if end == "gz" else zstandard.ZstdCompressor().compress(rows) * 2
    broken = tmp_path / f"broken.jsonl.{end}"
    broken.write_bytes(packed)
    with open_lines(broken) as opened:
        assert len(list(read_lines(opened))) == (9000 if end == "gz" else 18_000)
    broken.write_bytes(packed[:-9])
    read = []
    with open_lines(broken) as opened, pytest.raises(DecompressionError):
        read.extend(read_lines(opened))


def test_what_cannot_be_imported_is_told_in_a_line(scrapy_with_store, exported, tmp_path):
    data = exported[0].read_bytes()
    (tmp_path / "broken.jsonl.zst").write_bytes(data[:-5])
    shutil.copy(exported[0], tmp_path / "renamed.jsonl.gz")
    for name, told in [
        ("none.jsonl", "cannot be read: No such file"),
        ("renamed.jsonl.gz", "Not a gzipped file"),
        ("broken.jsonl.zst", "cannot be read: the compressed file ends too early"),
    ]:
        done = scrapy_with_store("import", tmp_path / name)
        assert done.returncode == 1
        assert told in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 1


def test_records_that_no_store_wrote_are_readings(restore, database, tmp_path):
    file = tmp_path / "records.jsonl"
    record = article(1).record()
    search = record | {"id": "00" * 16, "gone_at": None, "snippet": "ا", "snippet_marks": []}
    file.write_text("\n".join(map(json.dumps, [search, article(2).record() | {"fetched_at": None}])))
    assert fates(restore(file)) == {"new"}
    assert to_article(database.articles.find_one({"url": record["url"]})).record() == record
    undated = article(1, title="متى؟").record() | {"fetched_at": None}
    file.write_text(json.dumps(undated))
    assert fates(restore(file)) == {"unchanged"}  # nobody knows that it is newer
    assert database.articles.find_one({"url": record["url"]})["title"] == record["title"]
