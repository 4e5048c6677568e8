"""What is written can be read, by us and by others, wherever a process died."""

import io
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.warcwriter import WARCWriter

from crawler.archive.reader import find_files, read_page, scan
from crawler.archive.replay import Recording
from crawler.archive.writer import Exchange, WarcFiles
from crawler.errors import UserError

NOON = datetime(2018, 2, 13, 12, tzinfo=UTC)


def exchange(url="https://www.example.com/dz/1", body=b"<p>one</p>", **fields):
    defaults = {
        "fetched_at": NOON,
        "method": "GET",
        "request_headers": [("User-Agent", "naba")],
        "status": 200,
        "reason": "OK",
        "response_headers": [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
    }
    return Exchange(url=url, body=body, **(defaults | fields))


def files(folder, **options):
    return WarcFiles(archive=folder, spider="example", crawl="1", information={"software": "naba"}, **options)


def write(folder, *exchanges):
    archive = files(folder)
    references = [archive.write(one) for one in exchanges]
    archive.close()
    return references


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(body=st.binary(max_size=3000), status=st.sampled_from([200, 301, 404, 500]))
def test_any_body_comes_back(tmp_path_factory, body, status):
    folder = tmp_path_factory.mktemp("archive")
    (reference,) = write(folder, exchange(body=body, status=status))
    page = read_page(reference, folder)
    assert (page.body, page.status, page.fetched_at, page.url) == (body, status, NOON, "https://www.example.com/dz/1")


def test_records_are_those_of_the_standard(tmp_path):
    write(tmp_path, exchange(ip_address="192.0.2.1"))
    (path,) = find_files(str(tmp_path))
    with path.open("rb") as file:
        records = {
            record.rec_type: record.rec_headers
            for record in ArchiveIterator(file)
            if record.content_stream().read() or True
        }
    assert list(records) == ["warcinfo", "response", "request"]
    response = records["response"]
    assert response.get_header("WARC-Target-URI") == "https://www.example.com/dz/1"
    assert response.get_header("WARC-Date") == "2018-02-13T12:00:00.000000Z"
    assert response.get_header("WARC-IP-Address") == "192.0.2.1"
    assert response.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert records["request"].get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")


def test_digests_are_right_by_an_independent_check(tmp_path):
    write(tmp_path, exchange(), exchange(body="نص".encode() * 1000))
    (path,) = find_files(str(tmp_path))

    class Options:
        inputs = [str(path)]  # noqa: RUF012 - stands for a parsed command line
        verbose = False

    checker = Checker(Options)
    checker.process_all()
    assert checker.exit_value == 0


def test_the_transfer_coding_is_gone_and_the_length_right(tmp_path):
    write(tmp_path, exchange())
    (path,) = find_files(str(tmp_path))
    with path.open("rb") as file:
        headers = next(record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response")
    assert headers.get_header("Transfer-Encoding") is None
    assert headers.get_header("Content-Length") == str(len(b"<p>one</p>"))


def test_a_file_that_is_full_is_followed_by_the_next(tmp_path):
    archive = files(tmp_path, max_bytes=1)
    references = [archive.write(exchange(url=f"https://www.example.com/{n}")) for n in range(3)]
    archive.close()
    assert [reference.file for reference in references] == [f"example/example-1-{n:05d}.warc.gz" for n in range(3)]
    assert [read_page(reference, tmp_path).url for reference in references] == [
        f"https://www.example.com/{n}" for n in range(3)
    ]


def test_a_file_that_was_cut_off_anywhere_gives_all_before(tmp_path):
    write(tmp_path, *(exchange(url=f"https://www.example.com/{n}", body=b"x" * 50 + bytes([n])) for n in range(4)))
    (path,) = find_files(str(tmp_path))
    whole = path.read_bytes()
    skipped = Counter()
    ends = [entry.offset for entry in scan(path, skipped)] + [len(whole)]
    assert not skipped
    for length in range(ends[0] + 1, len(whole), 37):
        path.write_bytes(whole[:length])
        found = list(scan(path, Counter()))
        # a response is whole when the file goes on to where its record ended, or beyond
        assert len(found) >= sum(end <= length for end in ends[1:-1])
        for entry in found[:-1]:
            assert entry.offset in ends


def test_archives_of_others_are_read(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders

    path = tmp_path / "other.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        chunked = StatusAndHeaders("200 OK", [("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "<http://e.com/1>", "response", payload=io.BytesIO(b"5\r\nhello\r\n0\r\n\r\n"), http_headers=chunked
            )
        )
        writer.write_record(writer.create_warc_record("urn:x", "resource", payload=io.BytesIO(b"raw")))
    skipped = Counter()
    (entry,) = scan(path, skipped)
    assert entry.url == "http://e.com/1"
    assert skipped == {"resource": 1}
    assert Recording([path]).find("http://e.com/1").body == b"hello"


def test_the_latest_capture_answers_unless_an_earlier_instant_is_asked_for(tmp_path):
    write(tmp_path, exchange(body=b"first"), exchange(body=b"second", fetched_at=NOON + timedelta(days=1)))
    paths = find_files(str(tmp_path))
    address = "https://www.example.com/dz/1"
    assert Recording(paths).find(address).body == b"second"
    assert Recording(paths, at=NOON).find(address).body == b"first"
    assert Recording(paths, at=NOON - timedelta(seconds=1)).find(address) is None


def test_another_spelling_of_an_address_is_found(tmp_path):
    write(tmp_path, exchange(url="https://www.example.com/dz/%D8%AE%D8%A8%D8%B1"))
    recording = Recording(find_files(str(tmp_path)))
    assert recording.find("https://www.example.com/dz/خبر?utm_source=x").body == b"<p>one</p>"
    assert recording.find("https://www.example.com/dz/other") is None


@pytest.mark.parametrize("content", [b"", b"<html>not a warc</html>", b"\x1f\x8b\x08broken", bytes(1000)])
def test_a_file_that_is_no_warc_is_told_in_one_line(tmp_path, content):
    from crawler.archive.reader import open_file

    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        open_file(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_that_leads_nowhere_is_told():
    with pytest.raises(UserError, match=r"no WARC file at nowhere/\*.warc.gz"):
        find_files("nowhere/*.warc.gz")
