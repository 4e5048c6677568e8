"""The records of a WARC file, looked at without reading what is passed over.

A page that is not wanted costs its headers: in a plain file the next record is where the length says, in a gzipped one
(each record its own member, WARC 1.1, annex D.2) the next member is looked for in the compressed bytes, which is
some ten times as fast as to inflate them. Where a member begins is believed when the four bytes before it, the size
of what was compressed (RFC 1952), are the record's; else this member is inflated to its end.
"""

import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1024  # compressed bytes that are inflated at once: as much as most records' headers take
_LONGEST_HEAD = 256 * 1024
_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n")
_PLAIN_START = re.compile(rb"\r?\n\r?\nWARC/\d")


class NotARecordError(Exception):
    """What stands there is no whole record; `is_cut_off` when the file ends within it."""

    def __init__(self, message: str, *, is_cut_off: bool = False) -> None:
        super().__init__(message)
        self.is_cut_off = is_cut_off


class OneMemberError(Exception):
    """The file was compressed as a whole: no record in it can be found again by its place."""


class _Gzipped:
    """One gzip member, inflated as far as it is asked for."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data = data
        self._inflater = zlib.decompressobj(31)
        self._fed = start
        self.start = start
        self.size = 0
        """Bytes inflated so far."""

    def read(self) -> bytes:
        """Some more; nothing at the member's end.

        Raises:
            NotARecordError: when it is broken, or the file ends within it.
        """
        while not self._inflater.eof:
            chunk = self._data[self._fed : self._fed + _CHUNK]
            if not chunk:
                raise NotARecordError("the file ends within a record", is_cut_off=True)
            self._fed += len(chunk)
            try:
                inflated = self._inflater.decompress(chunk)
            except zlib.error as error:
                raise NotARecordError(f"broken gzip: {error}") from None
            if inflated:
                self.size += len(inflated)
                return inflated
        return b""

    def end(self, size: int) -> int:
        """Where the member ends.

        Args:
            size: of the record in it.

        Raises:
            OneMemberError: when it holds more than this record.
            NotARecordError: as `read`.
        """
        if not self._inflater.eof and (found := self._find_end(size)) is not None:
            return found
        while self.read():
            pass
        if self.size > size + 4:
            raise OneMemberError
        return self._fed - len(self._inflater.unused_data)

    def _find_end(self, size: int) -> int | None:
        """Where the next member begins, without inflating this one."""
        wanted = struct.pack("<I", size & 0xFFFFFFFF)
        # What cannot be compressed grows by five bytes for every 16 KB at the most.
        last = min(len(self._data), self._fed + size + size // 1000 + 1024)
        place = self._data.find(_GZIP, self._fed, last)
        while place != -1:
            if self._data[place - 4 : place] == wanted:
                return place
            place = self._data.find(_GZIP, place + 1, last)
        if last == len(self._data) and self._data[last - 4 : last] == wanted:
            return last
        return None


class _Plain:
    """One record of a file that is not compressed."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data = data
        self._read = start
        self.start = start

    def read(self) -> bytes:
        """Some more."""
        chunk = self._data[self._read : self._read + 16 * _CHUNK]
        self._read += len(chunk)
        return chunk

    def end(self, size: int) -> int:
        """Where the record ends.

        Raises:
            NotARecordError: when the file ends within it.
        """
        # Two line ends close a record; the last of a file may lack them.
        if self.start + size - 4 > len(self._data):
            raise NotARecordError("the file ends within a record", is_cut_off=True)
        return min(self.start + size, len(self._data))


@dataclass(slots=True)
class Record:
    """A record's headers; its payload is read as far as it is asked for."""

    offset: int
    headers: dict[str, str]
    """WARC headers by lower-case name."""
    _source: _Gzipped | _Plain
    _head: int
    """Bytes of the WARC headers, the blank line included."""
    _read: bytearray = field(repr=False)

    @property
    def kind(self) -> str:
        """WARC-Type, in lower case."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """WARC-Target-URI; old writers put it between angle brackets."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def date(self) -> datetime:
        """WARC-Date, aware.

        Raises:
            ValueError: when it is none.
        """
        moment = datetime.fromisoformat(self.headers.get("warc-date", ""))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def length(self) -> int:
        """Bytes of the block."""
        return int(self.headers["content-length"])

    def block(self, size: int) -> bytes:
        """The first bytes of the block: all of it where it is shorter.

        Raises:
            NotARecordError: when the file is broken, or ends before them.
        """
        wanted = self._head + min(size, self.length)
        while len(self._read) < wanted and (more := self._source.read()):
            self._read += more
        if len(self._read) < wanted:
            raise NotARecordError("the file ends within a record", is_cut_off=True)
        return bytes(self._read[self._head : wanted])

    def http(self) -> "HttpHead | None":
        """The HTTP headers; None for what is no HTTP answer."""
        size = 8192
        while True:
            block = self.block(size)
            if not block.startswith(b"HTTP/"):
                return None
            if end := _END.search(block):
                return HttpHead.parse(block[: end.start()], end.end())
            if len(block) < size or size >= _LONGEST_HEAD:
                return None
            size *= 4

    def end(self) -> int:
        """Where the next record begins.

        Raises:
            NotARecordError: when the file is broken, or ends within this record.
            OneMemberError: see there.
        """
        return self._source.end(self._head + self.length + 4)


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Status line and headers of an answer."""

    status: int
    headers: dict[str, str]
    """By lower-case name; the last of several counts."""
    size: int
    """Bytes up to the body."""

    @classmethod
    def parse(cls, head: bytes, size: int) -> "HttpHead | None":
        """Read the lines; None when the first is no status line."""
        first, *lines = _LINE.split(head)
        status = first.split(None, 2)[1:2]
        if not status or not status[0].isdigit():
            return None
        return cls(int(status[0]), _fields(lines), size)


def _fields(lines: list[bytes]) -> dict[str, str]:
    pairs = (line.partition(b":") for line in lines)
    return {
        name.strip().lower().decode("latin-1"): value.strip().decode("utf-8", "replace") for name, _, value in pairs
    }


class WarcRecords:
    """An open file. Iterating gives each record from `offset` on; `offset` moves on with it.

    What is broken is told by an entry of `broken` and passed over, up to the next record that begins well; where the
    file is cut off, it ends.

    Raises:
        OSError: when the file cannot be read.
        OneMemberError: see there.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        self._file = path.open("rb")
        size = self._file.seek(0, 2)
        self._data = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ) if size else None
        self.size = size
        self.offset = offset
        self.broken: list[tuple[int, str]] = []
        """Where, and why."""
        self.is_cut_off = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._data is not None:
            self._data.close()
        self._file.close()

    def __iter__(self) -> Iterator[Record]:
        while self._data is not None and self.offset < self.size:
            try:
                record = _record_at(self._data, self.offset)
                if record is None:
                    self.offset = self.size  # nothing but filling follows
                    return
                yield record
                self.offset = record.end()
            except NotARecordError as error:
                self.broken.append((self.offset, str(error)))
                if error.is_cut_off:
                    self.is_cut_off = True
                    return
                self.offset = _next_start(self._data, self.offset + 1)


def _record_at(data: mmap.mmap, offset: int) -> Record | None:
    """The record that begins here; None where only zeros and line ends follow.

    Raises:
        NotARecordError: when none begins here.
    """
    start = data[offset : offset + 5]
    if not start.strip(b"\0\r\n") and not data[offset : offset + 65536].strip(b"\0\r\n"):
        return None
    if offset + len(start) == len(data) and (_GZIP.startswith(start) or b"WARC/".startswith(start)):
        raise NotARecordError("the file ends within a record", is_cut_off=True)
    while data[offset : offset + 1] in {b"\r", b"\n"}:  # more line ends between records than the standard has
        offset += 1
    source = _Gzipped(data, offset) if data[offset : offset + 3] == _GZIP else _Plain(data, offset)
    read = bytearray(source.read())
    if not read.startswith(b"WARC/"):
        raise NotARecordError("no record begins here")
    while (end := _END.search(read)) is None:
        more = source.read()
        if not more or len(read) > _LONGEST_HEAD:
            raise NotARecordError("a record's headers do not end", is_cut_off=not more)
        read += more
    headers = _fields(_LINE.split(bytes(read[: end.start()]))[1:])
    if not headers.get("content-length", "").isdecimal():
        raise NotARecordError("a record states no length")
    return Record(offset, headers, source, end.end(), read)


def _next_start(data: mmap.mmap, offset: int) -> int:
    """Where a record begins well again; the file's end when none does."""
    if data[:3] != _GZIP:
        found = _PLAIN_START.search(data, offset)
        return data.find(b"WARC/", found.start()) if found else len(data)
    place = data.find(_GZIP, offset)
    while place != -1:
        try:
            if zlib.decompressobj(31).decompress(data[place : place + _CHUNK], 5) == b"WARC/":
                return place
        except zlib.error:
            pass
        place = data.find(_GZIP, place + 1)
    return len(data)
