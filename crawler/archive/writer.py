"""WARC files of one crawl: each fetched page as a request and a response record, every record its own gzip member."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import WarcReference

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as they went over the wire less the transfer coding."""

    url: str
    fetched_at: datetime
    """Aware."""
    method: str
    request_headers: Headers
    status: int
    reason: str
    response_headers: Headers
    body: bytes
    """Still content-encoded as `response_headers` say."""
    ip_address: str | None = None


@dataclass(slots=True)
class WarcFiles:
    """A crawl's file, and the next when it has grown to `max_bytes`.

    Every page is handed to the kernel before `write` returns: it survives the death of the process at any instant,
    and power loss after a few seconds. Not thread-safe: one thread writes.
    """

    archive: Path
    """NABA_ARCHIVE."""
    spider: str
    crawl: str
    """Id of the crawl; names the files."""
    information: dict[str, str] = field(default_factory=dict)
    """Of the warcinfo record: software, robots, http-header-user-agent, ... (WARC 1.1, annex on warcinfo)."""
    max_bytes: int = 1024**3
    files: int = 0
    size: int = 0
    """Bytes written."""
    _file: FileIO | None = None
    _name: str = ""

    def write(self, exchange: Exchange) -> WarcReference:
        """Append a page; the reference is to its response record.

        Raises:
            OSError: when the disk is full or the folder not writable.
        """
        if self._file is None or self._file.tell() >= self.max_bytes:
            self._next_file()
        assert self._file is not None
        start = self._file.tell()
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        request, response = self._records(writer, exchange)
        # The response comes first: what the article refers to, then what was asked.
        writer.write_record(response)
        request.rec_headers.replace_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        writer.write_record(request)
        self._append(buffer.getbuffer())
        return WarcReference(file=self._name, offset=start)

    def _append(self, records: memoryview) -> None:
        """Write whole records or nothing: half of one would hide what may follow it."""
        assert self._file is not None
        start = self._file.tell()
        try:
            written = 0
            while written < len(records):
                written += self._file.write(records[written:])
        except OSError:
            self._file.truncate(start)
            self._file.seek(start)
            raise
        self.size += len(records)

    def close(self) -> None:
        """Close the present file; harmless when repeated."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next_file(self) -> None:
        self.close()
        stem = f"{self.spider}-{self.crawl}-{self.files:05d}.warc.gz"
        self._name = f"{self.spider}/{stem}"
        path = self.archive / self._name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("xb", buffering=0)  # what is written is with the kernel, and nothing waits for a close
        self.files += 1
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(stem, self.information))
        self._append(buffer.getbuffer())

    @staticmethod
    def _records(writer: Any, exchange: Exchange) -> tuple[Any, Any]:
        date = {"WARC-Date": f"{exchange.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"}
        address = {"WARC-IP-Address": exchange.ip_address} if exchange.ip_address else {}
        response = writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            http_headers=StatusAndHeaders(
                f"{exchange.status} {exchange.reason}", _response_headers(exchange), protocol="HTTP/1.1"
            ),
            warc_headers_dict=date | address,
        )
        request = writer.create_warc_record(
            exchange.url,
            "request",
            payload=io.BytesIO(b""),
            http_headers=StatusAndHeaders(
                f"{exchange.method} {_target(exchange.url)} HTTP/1.1", list(exchange.request_headers)
            ),
            warc_headers_dict=dict(date),
        )
        return request, response


def _response_headers(exchange: Exchange) -> list[tuple[str, str]]:
    """The headers with the length that the body has here: the transfer coding is gone (WARC 1.1, 6.3)."""
    dropped = {"transfer-encoding", "content-length"}
    headers = [(name, value) for name, value in exchange.response_headers if name.lower() not in dropped]
    return [*headers, ("Content-Length", str(len(exchange.body)))]


def _target(url: str) -> str:
    """The request target in origin form (RFC 9112, 3.2.1)."""
    rest = url.partition("://")[2]
    return "/" + rest.partition("#")[0].partition("/")[2]
