"""What a user asks of one import with `-a NAME=VALUE`."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Self

from crawler.archive.reader import find_files
from crawler.arguments import CrawlArguments
from crawler.errors import UserError
from crawler.extraction.rules import Site

_NAMES = ("files", "sites")
_ZSTD = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class ImportArguments:
    """Which files, and what of them."""

    files: tuple[Path, ...]
    """Absolute."""
    asked: CrawlArguments
    """Since, until (dates without an offset are UTC), limit (articles read at the most), refresh (from the start)."""
    sites: tuple[str, ...] = ()
    """Only these of the catalogue; empty: whatever is Arabic."""

    @classmethod
    def parse(cls, arguments: dict[str, str], catalogue: dict[str, Site]) -> Self:
        """Read the arguments.

        Raises:
            UserError: for an unknown argument or site, a file that is not there, or what a crawl's arguments raise.
        """
        # Imported late: the catalogue imports every spider.
        from crawler.catalogue import unknown_site

        rest = {name: value for name, value in arguments.items() if name not in _NAMES}
        asked = CrawlArguments.parse("archive", UTC, rest, also=_NAMES)
        if not arguments.get("files"):
            raise UserError("say which files: scrapy crawl archive -a files='*.warc.gz' (or a folder of them)")
        sites = tuple(sorted({name.strip() for name in arguments.get("sites", "").split(",") if name.strip()}))
        if unknown := [name for name in sites if name not in catalogue]:
            raise UserError(unknown_site(unknown[0], list(catalogue)))
        files = tuple(dict.fromkeys(path.resolve() for path in find_files(arguments["files"])))
        return cls(files, asked, sites)

    def selection(self) -> dict[str, Any]:
        """What of the files, as plain values: another selection has positions of its own."""
        since, until = (moment and moment.isoformat() for moment in (self.asked.since, self.asked.until))
        return {"sites": list(self.sites), "since": since, "until": until}


def why_no_warc(path: Path) -> str | None:
    """Why a file cannot be an archive, in a line; None for one that may be."""
    try:
        with path.open("rb") as file:
            start = file.read(5)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if start.startswith(_ZSTD):
        return "is compressed by zstd: unpack it first (zstd -d)"
    if not start:
        return "is empty"
    return None if start == b"WARC/" or start.startswith(b"\x1f\x8b") else "is not a WARC file"
