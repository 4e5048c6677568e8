"""Reading WARC files, of this project and of others (Heritrix, wget, Common Crawl), in constant memory."""

import glob
import logging
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from w3lib.encoding import http_content_type_encoding
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.errors import UserError
from crawler.items import WarcReference

logger = logging.getLogger(__name__)

# What warcio raises on a record that ends too early: its parser does not expect absent headers.
_BROKEN = (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, TypeError, zlib.error)

SUFFIXES = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One recorded answer."""

    url: str
    fetched_at: datetime
    """Aware, UTC."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Without transfer and content coding, which the body no longer has."""
    body: bytes
    reference: WarcReference


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one answer stands in a file."""

    url: str
    fetched_at: datetime
    offset: int


def find_files(named: str | Iterable[str]) -> list[Path]:
    """The WARC files that a user names: files, folders (searched through) and patterns, comma-separated or several.

    Raises:
        UserError: when a name leads to no WARC file.
    """
    names = [name.strip() for name in (named.split(",") if isinstance(named, str) else named) if name.strip()]
    files: list[Path] = []
    for name in names:
        path = Path(name).expanduser()
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.name.endswith(SUFFIXES))
        elif path.exists():
            found = [path]
        else:
            found = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - may be absolute
        if not found:
            raise UserError(f"no WARC file at {name}: name a .warc.gz file, a folder of them or a pattern")
        files += found
    if not files:
        raise UserError("no WARC file is named")
    return list(dict.fromkeys(files))


def open_file(path: Path) -> IO[bytes]:
    """Open a WARC file.

    Raises:
        UserError: when it cannot be read, or is no WARC file.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror})") from None
    try:
        next(iter(ArchiveIterator(file)), None)
        empty = file.seek(0, 2) == 0
    except _BROKEN as error:
        file.close()
        raise UserError(f"{path} is not a WARC file ({' '.join(str(error).split())[:100]})") from None
    if empty:
        file.close()
        raise UserError(f"{path} is empty")
    file.seek(0)
    return file


def scan(path: Path, skipped: Counter[str]) -> Iterator[Entry]:
    """List the answers of a file without keeping their bodies; what is passed over is counted by reason.

    A file that was cut off (a process killed while it wrote) is read up to there.
    """
    with open_file(path) as file:
        records = ArchiveIterator(file)
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                entry = _entry(record, records.get_record_offset(), skipped)
                _exhaust(record.raw_stream)
            except _BROKEN as error:
                skipped["cut_off"] += 1
                logger.warning("%s is cut off or broken: it is read up to there (%s)", path, error)
                return
            if _is_short(record):
                skipped["cut_off"] += 1
                logger.warning("%s is cut off: it is read up to there", path)
                return
            if entry is not None:
                yield entry


def _entry(record: Any, offset: int, skipped: Counter[str]) -> Entry | None:
    if record.rec_type != "response":
        if record.rec_type not in {"warcinfo", "request", "metadata"}:
            skipped[str(record.rec_type)] += 1
        return None
    if record.http_headers is None:
        skipped["not_http"] += 1
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return Entry(url, _date(record), offset)


def _date(record: Any) -> datetime:
    date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _exhaust(stream: Any) -> None:
    while stream.read(65536):
        pass


def _is_short(record: Any) -> bool:
    """Whether the file ended before the record did."""
    return getattr(record.raw_stream, "limit", 0) > 0


def read_page(reference: WarcReference, archive: Path) -> ArchivedPage:
    """Read one page by its place.

    Args:
        reference: file and offset.
        archive: folder that the reference's file is relative to.

    Raises:
        UserError: when the file is gone or holds no page there.
    """
    path = archive / reference.file
    try:
        with path.open("rb") as file:
            file.seek(reference.offset)
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_type != "response" or record.http_headers is None:
                raise UserError(f"{path} holds no page at byte {reference.offset}")
            url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
            body = record.content_stream().read()
            status = int(record.http_headers.get_statuscode() or 0)
            return ArchivedPage(url, _date(record), status, _plain_headers(record), body, reference)
    except _BROKEN as error:
        raise UserError(f"the page at byte {reference.offset} of {path} cannot be read: {error}") from None


def _plain_headers(record: Any) -> tuple[tuple[str, str], ...]:
    coding = {"content-encoding", "transfer-encoding", "content-length"}
    return tuple((name, value) for name, value in record.http_headers.headers if name.lower() not in coding)


def charset_of(page: ArchivedPage) -> str | None:
    """The charset that the recorded Content-Type names, if any."""
    header = next((value for name, value in page.headers if name.lower() == "content-type"), None)
    return http_content_type_encoding(header)
