"""Replay: a crawl answered from recorded pages, with no network at all."""

import asyncio
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Self

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from crawler.addresses import canonical_address
from crawler.archive.folder import archive_folder, refer
from crawler.archive.reader import ArchivedPage, find_files, read_page, scan
from crawler.errors import UserError
from crawler.items import WarcReference

_Capture = tuple[datetime, int, int]  # when, number of the file, offset


class Recording:
    """The recorded pages of some WARC files, by address."""

    def __init__(self, files: list[Path], at: datetime | None = None) -> None:
        self.files = files
        self.at = at
        """Pages are answered as of this instant; None: the latest."""
        self.skipped: Counter[str] = Counter()
        self._captures: defaultdict[str, list[_Capture]] = defaultdict(list)
        for number, path in enumerate(files):
            for entry in scan(path, self.skipped):
                capture = (entry.fetched_at, number, entry.offset)
                # Under both spellings: an exact address wins over one that only means the same.
                for spelling in {entry.url, canonical_address(entry.url)}:
                    self._captures[spelling].append(capture)
        for captures in self._captures.values():
            captures.sort()

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The recording that REPLAY names, as of REPLAY_AT.

        Raises:
            UserError: when a file is absent, unreadable or no WARC file, or REPLAY_AT no date.
        """
        return cls(find_files(settings["REPLAY"]), replay_instant(settings))

    def __len__(self) -> int:
        """Addresses, in all their spellings."""
        return len(self._captures)

    def find(self, url: str) -> ArchivedPage | None:
        """The page of this address: the exact one, else another spelling of it."""
        captures = self._captures.get(url) or self._captures.get(canonical_address(url)) or []
        if self.at is not None:
            captures = captures[: bisect_right(captures, self.at, key=lambda capture: capture[0])]
        if not captures:
            return None
        _, number, offset = captures[-1]
        path = self.files[number]
        return read_page(WarcReference(file=str(path.resolve()), offset=offset), path.parent)


def replay_instant(settings: BaseSettings) -> datetime | None:
    """REPLAY_AT as an aware instant; a date without a time means its end, without an offset UTC.

    Raises:
        UserError: when it is no ISO 8601 date.
    """
    text = settings["REPLAY_AT"]
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text if "T" in text else f"{text}T23:59:59.999999")
    except ValueError:
        raise UserError(f"REPLAY_AT={text} is not a date: write 2018-01-31 or 2018-01-31T14:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class ReplayHandler(BaseDownloadHandler):
    """Download handler for http and https: what is not recorded is a 404, robots.txt included."""

    lazy = False
    _recordings: ClassVar[dict[int, Recording]] = {}

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # One recording for both schemes of a crawl.
        if id(crawler) not in self._recordings:
            self._recordings[id(crawler)] = Recording.from_settings(crawler.settings)
        self.recording = self._recordings[id(crawler)]
        self.archive = archive_folder(crawler.settings)

    async def download_request(self, request: Request) -> Response:
        """Answer from the recording."""
        page = await asyncio.to_thread(self.recording.find, request.url)
        if page is None:
            self.crawler.stats.inc_value("replay/missing")
            return Response(request.url, status=404, request=request, flags=["replay"])
        self.crawler.stats.inc_value("replay/pages")
        request.meta["fetched_at"] = page.fetched_at
        request.meta["archived"] = refer(Path(page.reference.file), page.reference.offset, self.archive)
        headers = Headers(encoding="latin-1")
        for name, value in page.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=page.body)
        return kind(request.url, status=page.status, headers=headers, body=page.body, request=request, flags=["replay"])

    async def close(self) -> None:
        """Let the recording go."""
        self._recordings.pop(id(self.crawler), None)
