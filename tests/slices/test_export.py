"""`scrapy export`: each format is read again by somebody else's reader; a killed export leaves nothing."""

import csv
import gc
import gzip
import hashlib
import io
import json
import re
import resource
import signal
import subprocess
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import zstandard

from crawler import __version__
from crawler.errors import UserError
from crawler.slices.export import export
from crawler.slices.parquet import PartitionedParquet
from crawler.slices.request import Request
from crawler.slices.sheet import unguard
from crawler.store import Filters
from crawler.store.documents import to_article
from tests.conftest import ROOT, fresh_database, runner
from tests.slices.stocks import HOSTILE, article, fill, stock

EVERYTHING = Filters()
CARDED = ("", ".card.json", ".card.md")
ARTICLES = 29 + len(HOSTILE) + 1 + 3


@pytest.fixture(scope="module")
def stocked(mongod_uri):
    with fresh_database(mongod_uri) as database:
        fill(mongod_uri, database.name, *stock())
        yield database


@pytest.fixture
def exported(stocked, tmp_path):
    """Export as programs do; the file."""

    def run(name, filters=EVERYTHING, **options):
        path = tmp_path / name
        export(stocked, filters, Request(path=path, **options))
        return path

    return run


@pytest.fixture
def command(own, tmp_path):
    """Export as people do; the finished command."""
    run = runner(own)
    return lambda name, *arguments: run("export", tmp_path / name, *arguments)


def made(folder):
    """What stands in a folder, hidden files too, but the test's data."""
    return sorted(entry.name for entry in folder.iterdir() if entry.name != "data")


def records(database):
    documents = database.articles.find().sort("$natural", 1)
    return [to_article(document).record() for document in documents]


def test_json_lines_hold_every_record_as_it_is(exported, stocked, tmp_path):
    lines = [json.loads(line) for line in exported("all.jsonl").read_text("utf-8").splitlines()]
    assert [{name: row[name] for name in row if name != "_store"} for row in lines] == records(stocked)
    assert made(tmp_path) == ["all.jsonl", "all.jsonl.card.json", "all.jsonl.card.md"]


def test_compressed_lines_are_the_same_lines(exported):
    plain = exported("all.jsonl").read_bytes()
    assert gzip.decompress(exported("all.jsonl.gz").read_bytes()) == plain
    assert zstandard.ZstdDecompressor().stream_reader(exported("all.zst").read_bytes()).read() == plain


@pytest.mark.parametrize("end", ["parquet", "jsonl.gz", "csv.zst"])
def test_the_same_collection_gives_the_same_file(exported, end):
    assert exported(f"one.{end}").read_bytes() == exported(f"two.{end}").read_bytes()


def test_a_sheet_opens_as_text_in_the_right_columns(exported, stocked):
    path = exported("all.csv")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,url,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == ARTICLES
    assert data.count(b"\r\n") == ARTICLES + 1  # the line ends of bodies are \n, within quotes
    for row, record in zip(rows, records(stocked), strict=True):
        assert unguard(row["title"]) == record["title"]
        assert unguard(row["body"]) == record["body"]
        assert row["published_at"] == (record["published_at"] or "")
        assert row["published_on"] == (record["published_at"] or "")[:10]
        assert unguard(row["tags"]) == "; ".join(record["tags"])
        assert row["read_count"] == ("" if record["read_count"] is None else str(record["read_count"]))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    frame = pd.read_csv(path)  # the reader that most people have
    assert frame["read_count"].dropna().sum() == sum(record["read_count"] or 0 for record in records(stocked))


def test_parquet_has_a_proper_schema_and_all_values(exported, stocked):
    path = exported("all.parquet")
    frame = pl.read_parquet(path)
    assert frame.schema["published_at"] == pl.Datetime("ms", "UTC")
    assert frame.schema["published_on"] == pl.Date
    assert frame.schema["tags"] == pl.List(pl.String)
    assert frame.schema["read_count"] == pl.Int64
    schema = pq.read_schema(path)
    assert not schema.field("body").nullable
    assert schema.field("byline").metadata[b"meaning"] == b"the raw byline"
    assert pq.ParquetFile(path).metadata.row_group(0).column(9).compression == "ZSTD"
    documents = list(stocked.articles.find().sort("$natural", 1))
    expected = [to_article(document) for document in documents]
    for name in ("title", "body", "authors", "published_at", "read_count", "extractor", "section"):
        assert frame[name].to_list() == [getattr(one, name) for one in expected]
    assert frame["published_on"].to_list() == [one.published_at and one.published_at.date() for one in expected]
    assert frame["published_utc_offset"].to_list() == [one.published_at and 60 for one in expected]
    assert frame["id"].to_list() == [one["_id"].hex() for one in documents]
    assert frame["gone_at"].to_list() == [one.get("gone_at") for one in documents]


def test_partitions_by_site_and_month_are_read_back_as_one_table(exported, stocked, tmp_path):
    path = exported("all.parquet", partition=["site", "month"])
    undated = path / "site=paper%7C1%20%28%D8%A8%29" / "month=undated"
    assert [file.name for file in undated.iterdir()] == ["part-0.parquet"]
    assert ds.dataset(path, partitioning="hive").to_table().num_rows == ARTICLES
    frame = pd.read_parquet(path)
    told = {(row.url, row.site) for row in frame.itertuples()}
    assert told == {(one["url"], one["site"]) for one in stocked.articles.find()}
    for row in frame.itertuples():  # the month is the paper's own: half past eleven in Algiers is no other day
        assert row.month == ("undated" if row.published_on is None else f"{row.published_on:%Y-%m}")
    assert pl.read_parquet(path, hive_partitioning=True).height == ARTICLES
    card = json.loads((tmp_path / "all.parquet.card.json").read_text("utf-8"))
    for file in card["files"]:
        assert hashlib.sha256((path / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert sum(file["articles"] for file in card["files"]) == ARTICLES


def test_a_partition_that_comes_back_gets_a_further_file(tmp_path):
    batch = pa.RecordBatch.from_pydict({"title": ["ا", "ب"]})
    file = PartitionedParquet(tmp_path / "a.parquet", batch.schema, ["month"])
    months = [f"2018-{number:02}" for number in range(1, 13)]
    for first, second in zip(months, reversed(months), strict=True):
        file.write(batch, [(first,), (second,)])
    written = file.finish()
    assert len(written) > len(months)
    frame = pd.read_parquet(tmp_path / "a.parquet")
    assert frame.groupby("month").size().to_dict() == dict.fromkeys(months, 2)


def test_fields_come_in_the_order_asked_for(exported):
    assert exported("some.csv", fields=["title", "url"]).read_text("utf-8-sig").splitlines()[0] == "title,url"
    row = json.loads(exported("some.jsonl", fields=["read_count", "published_on"]).read_text("utf-8").splitlines()[0])
    assert list(row) == ["read_count", "published_on"]
    assert pq.read_schema(exported("some.parquet", fields=["read_count", "title"])).names == ["read_count", "title"]


def test_filters_are_those_of_search_and_stand_in_the_card(command, tmp_path):
    done = command("some.jsonl", "عنوان", "--since", "2018-01-10", "--until", "2018-01-12", "--min-reads", "90")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("3 articles, ")
    path = tmp_path / "some.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert sorted(row["read_count"] for row in rows) == [90, 100, 110]
    card = json.loads((tmp_path / "some.jsonl.card.json").read_text("utf-8"))
    assert card["articles"] == 3
    assert card["filters"] == {
        "text": "عنوان",
        "since": "2018-01-10T00:00:00+00:00",
        "until": "2018-01-13T00:00:00+00:00",
        "min_reads": 90,
    }
    assert card["published"] == {"from": "2018-01-10", "to": "2018-01-12"}
    assert card["articles_by_site_and_year"] == {"paper0": {"2018": 1}, "paper1": {"2018": 1}, "paper2": {"2018": 1}}
    assert card["files"][0]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert card["versions"] == {"naba": __version__, "extractors": {"naba 0.1.0": 3}}
    shares = {field["name"]: field["share"] for field in card["fields"]}
    assert (shares["title"], shares["kicker"]) == (1, 0)
    assert "belong to the newspapers" in (tmp_path / "some.jsonl.card.md").read_text("utf-8")


def test_parquet_and_sheets_count_alike_in_their_cards(exported, tmp_path):
    for name in ("all.parquet", "all.csv"):
        exported(name)
    one, two = (json.loads((tmp_path / f"all.{end}.card.json").read_text("utf-8")) for end in ("parquet", "csv"))
    for told in ("articles", "published", "articles_by_site_and_year", "fields", "versions"):
        assert one[told] == two[told]


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("a.csv", {"fields": ["titel"]}, "no field is called 'titel': did you mean title?"),
        ("a.csv", {"fields": ["qqqq"]}, "no field is called 'qqqq': there are id, url,"),
        ("a.csv", {"fields": []}, "no field is named"),
        ("a.xls", {}, "'a.xls' does not say which format: end it with one of .jsonl,"),
        (".csv", {}, "'.csv' does not say which format"),
        ("a.csv", {"partition": ["site"]}, "only Parquet is partitioned"),
        ("a.parquet", {"partition": ["day"]}, "there is no partition by 'day'"),
        ("a.parquet", {"partition": ["site"], "fields": ["site"]}, "every field named is a partition"),
        ("a.parquet", {"filters": Filters(text="كلمةلاتوجد")}, "no article matches"),
        ("none/a.csv", {}, "there is no folder"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(exported, tmp_path, name, options, told):
    with pytest.raises(UserError, match=re.escape(told)):
        exported(name, **options)
    assert made(tmp_path) == []


def test_a_mistake_is_told_in_a_line(command, tmp_path):
    for arguments, told in [
        (["--fields", "titel"], "error: no field is called 'titel': did you mean title?"),
        (["--site", "nosuch"], "nosuch"),
        (["كلمةلاتوجد"], "error: no article matches"),
    ]:
        done = command("a.csv", *arguments)
        assert done.returncode != 0
        assert told in done.stderr
        assert done.stderr.count("\n") == 1
    assert made(tmp_path) == []


def test_what_is_there_is_replaced_only_when_told(exported, tmp_path):
    before = exported("a.csv", fields=["url"]).read_bytes()
    with pytest.raises(UserError, match="exists: give another name, or --force"):
        exported("a.csv")
    with pytest.raises(UserError, match="no article matches"):
        exported("a.csv", Filters(text="كلمةلاتوجد"), force=True)
    assert (tmp_path / "a.csv").read_bytes() == before
    assert exported("a.csv", force=True).read_bytes() != before
    for partition in ("site", "month"):
        folder = exported("b.parquet", partition=[partition], force=True)
        assert {entry.name.split("=")[0] for entry in folder.iterdir()} == {partition}
    assert made(tmp_path) == sorted(f"{name}{end}" for name in ("a.csv", "b.parquet") for end in CARDED)


def test_an_export_that_was_killed_between_old_and_new_folder_leaves_the_old_one(exported, tmp_path):
    folder = exported("a.parquet", partition=["site"])
    names = sorted(entry.name for entry in folder.iterdir())
    folder.rename(tmp_path / ".a.parquet.old")
    with pytest.raises(UserError, match="exists: give another name, or --force"):
        exported("a.parquet", partition=["month"])
    assert sorted(entry.name for entry in folder.iterdir()) == names
    (tmp_path / ".a.parquet.old").mkdir()  # killed after both
    exported("a.parquet", partition=["month"], force=True)
    assert made(tmp_path) == sorted(f"a.parquet{end}" for end in CARDED)


def test_a_folder_that_no_export_made_is_not_replaced(exported, tmp_path):
    kept = tmp_path / "a.parquet" / "thesis.txt"
    kept.parent.mkdir()
    kept.write_text("years of work")
    with pytest.raises(UserError, match="is a folder that no export made"):
        exported("a.parquet", force=True)
    assert kept.read_text() == "years of work"


def test_a_full_disk_is_told_and_leaves_nothing(exported, tmp_path, monkeypatch):
    complaints = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # A limit on a file's size is met as a full disk is: by an error of the write.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        for name in ("a.csv", "a.parquet", "a.jsonl.zst", "a.jsonl.gz"):
            with pytest.raises(UserError, match="cannot be written: File too large; nothing was left behind"):
                exported(name)
        with pytest.raises(UserError, match="cannot be written: File too large; nothing was left behind"):
            exported("b.parquet", partition=["month"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert made(tmp_path) == []
    gc.collect()
    assert complaints == []  # of Arrow's writers, collected


STUCK = """
import sys, time
from scrapy.cmdline import execute
from crawler.slices.tally import Tally

def stop(count):
    def counted(self, *arguments):
        count(self, *arguments)
        print("half way", file=sys.stderr, flush=True)
        time.sleep(60)
    return counted

Tally.add_batch, Tally.add_documents = stop(Tally.add_batch), stop(Tally.add_documents)
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.fixture
def own(environment, mongod_uri, stocked):
    return environment | {"MONGODB_URI": mongod_uri, "MONGODB_DATABASE": stocked.name}


@pytest.mark.parametrize(("name", "partition"), [("a.jsonl.zst", ()), ("a.parquet", ("month",))])
def test_a_killed_export_leaves_nothing_under_the_final_name(own, exported, tmp_path, name, partition):
    # It stops in the middle of its work, as one does that is killed there.
    arguments = ["export", tmp_path / name, *(["--partition", *partition] if partition else [])]
    command = [sys.executable, "-c", STUCK, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, env=own, stderr=subprocess.PIPE, text=True) as stuck:
        assert stuck.stderr.readline() == "half way\n"
        with pytest.raises(UserError, match="another export is writing"):
            exported(name, partition=partition)
        stuck.kill()
    assert not (tmp_path / name).exists()
    assert (tmp_path / f".{name}.partial").exists()
    exported(name, partition=partition)
    assert made(tmp_path) == [f"{name}{end}" for end in CARDED]


STOPPED = """
import sys, time
from scrapy.cmdline import execute
from crawler.slices.parquet import ParquetFile

def stop(write):
    def written(self, batch):
        write(self, batch)
        print("half way", file=sys.stderr, flush=True)
        time.sleep(60)
    return written

ParquetFile.write = stop(ParquetFile.write)
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("partition", [(), ("month",)])
def test_a_stopped_export_leaves_nothing_and_says_nothing(own, tmp_path, partition, how):
    arguments = ["export", tmp_path / "a.parquet", *(["--partition", *partition] if partition else [])]
    command = [sys.executable, "-c", STOPPED, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, env=own, stderr=subprocess.PIPE, text=True) as stopped:
        assert stopped.stderr.readline() == "half way\n"
        stopped.send_signal(how)
        assert stopped.stderr.read() == ""
    assert stopped.returncode == 130
    assert made(tmp_path) == []


def test_one_article_of_each_story(exported, stocked):
    first = stocked.articles.find({"story": {"$exists": True}}).sort("published_at").limit(1)[0]
    table = pq.read_table(exported("a.parquet", Filters(unique=True), fields=["id", "title"]))
    lines = exported("a.jsonl", Filters(unique=True)).read_text("utf-8").splitlines()
    assert first["_id"].hex() in table.column("id").to_pylist()
    assert table.num_rows == len(lines) == ARTICLES - 2
    assert all("terms" not in json.loads(line)["_store"] for line in lines)


def test_a_body_that_looks_like_the_beginning_of_another_is_itself(mongod_uri, database, tmp_path):
    odd = ["\x02body\x00\x05\x00\x00\x00abcd\x00 نص", "نص\x02body\x00"]
    fill(mongod_uri, database.name, [article(5), article(1, title=odd[0]), article(2, body=odd[1] + article().body)])
    export(database, EVERYTHING, Request(path=tmp_path / "a.parquet"))
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert odd[0] in frame["title"].to_list()
    assert any(body.startswith(odd[1]) for body in frame["body"].to_list())


def test_an_article_that_is_longer_than_a_cell_is_told(mongod_uri, database, tmp_path):
    fill(mongod_uri, database.name, [article(5, body="كلمة " * 8000)])
    done = export(database, EVERYTHING, Request(path=tmp_path / "a.csv"))
    assert done.notes == [
        "1 article has a text longer than a cell of Excel holds (32,767 characters); the file has all of it"
    ]
    assert len(pd.read_csv(tmp_path / "a.csv")["body"][0]) == 8000 * 5 - 1


def test_what_a_missing_extra_would_do_is_told(exported, monkeypatch, tmp_path):
    for name, library, told in [
        ("a.parquet", "pyarrow", "tables and Parquet need PyArrow: pip install 'naba[data]'"),
        ("a.csv.zst", "zstandard", "zst files need zstandard: pip install 'naba[data]'"),
    ]:
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(UserError, match=re.escape(told)):
            exported(name)
        exported("a.csv", force=True)  # what needs no extra works without
    assert made(tmp_path) == [f"a.csv{end}" for end in CARDED]


def test_the_commands_start_without_the_extras():
    code = """
import sys
from importlib import import_module
for name in ("pyarrow", "zstandard", "matplotlib", "pandas", "polars"):
    sys.modules[name] = None
for name in ("export", "import", "stats"):
    import_module(f"crawler.commands.{name}")
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
