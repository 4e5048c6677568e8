"""Records are found without reading what is passed over: the same ones that a full reading finds."""

import gzip
import io
import os
import tracemalloc

import pytest
from warcio.archiveiterator import ArchiveIterator

from benchmarks.archive.corpus import Elsewhere, Page, article, pages, records_of, write_warc
from crawler.archive.records import OneMemberError, WarcRecords

HOST = "www.alwaha.example"


def found(path, offset=0):
    with WarcRecords(path, offset) as records:
        listed = [(record.offset, record.kind, record.url) for record in records]
        return listed, records.broken, records.is_cut_off


@pytest.fixture
def mixed():
    return list(pages(60, share=0.2))


@pytest.mark.parametrize("compressed", [True, False])
def test_the_same_records_as_a_full_reading_finds(tmp_path, mixed, compressed):
    path = tmp_path / "x.warc"
    write_warc(path, mixed, compressed=compressed)
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        expected = [
            (iterator.get_record_offset(), record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in iterator
        ]
    assert found(path) == (expected, [], False)
    middle = expected[len(expected) // 2][0]
    assert found(path, middle)[0] == expected[len(expected) // 2 :]


@pytest.mark.parametrize("compressed", [True, False])
def test_a_record_costs_what_is_looked_at_not_the_file_behind_it(tmp_path, compressed):
    large = Page(f"https://{HOST}/large.zip", os.urandom(8_000_000), 200, "application/zip")
    path = tmp_path / "x.warc"
    write_warc(path, [*pages(10), large], compressed=compressed)
    tracemalloc.start()
    try:
        assert len(found(path)[0]) == 22
        assert tracemalloc.get_traced_memory()[1] < 1_000_000  # a mapped file's slice is a copy
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("compressed", [True, False])
def test_headers_and_the_beginning_of_a_body(tmp_path, compressed):
    page = article(3, HOST)
    path = tmp_path / "x.warc"
    write_warc(path, [page], compressed=compressed)
    with WarcRecords(path) as records:
        record = next(iter(records))
        http = record.http()
        assert (http.status, http.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert record.block(http.size + 100)[http.size :] == page.body[:100]
        assert record.block(10**9)[http.size :] == page.body
        assert record.date == page.fetched_at


def test_a_file_cut_off_anywhere_gives_all_before_and_says_so(tmp_path, mixed):
    path = tmp_path / "x.warc.gz"
    write_warc(path, mixed[:6])
    whole = path.read_bytes()
    starts = [offset for offset, _, _ in found(path)[0]]
    for length in range(1, len(whole), len(whole) // 60):
        path.write_bytes(whole[:length])
        listed, broken, is_cut_off = found(path)
        complete = [start for start, end in zip(starts, [*starts[1:], len(whole)], strict=True) if end <= length]
        assert [offset for offset, _, _ in listed][: len(complete)] == complete
        assert is_cut_off == (length not in starts)
        assert len(broken) == is_cut_off


@pytest.mark.parametrize("compressed", [True, False])
def test_what_is_broken_is_passed_over_up_to_the_next_record(tmp_path, mixed, compressed):
    path = tmp_path / "x.warc"
    write_warc(path, mixed[:8], compressed=compressed)
    offsets = [offset for offset, _, _ in found(path)[0]]
    broken = bytearray(path.read_bytes())
    broken[offsets[4] : offsets[4] + 12] = os.urandom(12)  # a record's beginning
    path.write_bytes(broken)
    listed, problems, is_cut_off = found(path)
    assert [offset for offset, _, _ in listed] == offsets[:4] + offsets[5:]
    assert [offset for offset, _ in problems] == [offsets[4]]
    assert not is_cut_off


def test_an_archive_inside_an_archive_is_one_record(tmp_path):
    inner = b"".join(map(gzip.compress, records_of(article(1, HOST))))
    outer = Page("https://files.example/a.warc.gz", inner + os.urandom(50_000) + inner, 200, "application/gzip")
    path = tmp_path / "x.warc.gz"
    write_warc(path, [outer, article(2, HOST)])
    assert [kind for _, kind, _ in found(path)[0]] == ["response", "request"] * 2


def test_a_file_that_was_compressed_as_a_whole_is_told(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(b"".join(record for page in pages(5) for record in records_of(page))))
    with WarcRecords(path) as records, pytest.raises(OneMemberError):
        list(records)


@pytest.mark.parametrize("filling", [b"", b"\r\n\r\n", bytes(4096)])
def test_filling_at_the_end_is_nothing(tmp_path, filling):
    path = tmp_path / "x.warc"
    write_warc(path, [Elsewhere().page(1)], compressed=False)
    path.write_bytes(path.read_bytes() + filling)
    listed, broken, _ = found(path)
    assert (len(listed), broken) == (2, [])


def test_members_of_another_making_are_read(tmp_path):
    # a name in the gzip header, and one line end too many before the next record
    buffer = io.BytesIO()
    for page in pages(3):
        for record in records_of(page):
            with gzip.GzipFile("name", "wb", fileobj=buffer) as member:
                member.write(record + b"\r\n")
    path = tmp_path / "x.warc.gz"
    path.write_bytes(buffer.getvalue())
    listed, broken, _ = found(path)
    assert (len(listed), broken) == (6, [])


def test_an_empty_file_has_none(tmp_path):
    path = tmp_path / "x.warc"
    path.write_bytes(b"")
    assert found(path) == ([], [], False)
