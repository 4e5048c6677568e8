"""What one crawl's pages gave and took: which fields they fill, how fast the site answers, which pages are slow."""

import heapq
from collections import deque
from itertools import count
from statistics import median
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.items import Article

Document = dict[str, Any]

FIELDS = tuple(
    name
    for name in Article.field_names()
    if name
    not in {"url", "canonical_url", "site", "country", "language", "title", "body", "published_raw", "fetched_at"}
)
"""Fields that a page may fill or not; the others come with every article, or say the same as one of these."""
LACKING = 2
"""Addresses that a run names for each field that they lack: its newest."""
SLOWEST = 10
"""Pages that a run names."""
_LATENCIES = 1000
"""Answers, the newest, of which the usual time is told: memory stays flat."""


class Measures:
    """Extension: counts `field/<name>/filled` and `field/<name>/missing` over the articles that were stored."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.lacking: dict[str, deque[Document]] = {name: deque(maxlen=LACKING) for name in FIELDS}
        self.slowest: list[tuple[float, int, Document]] = []
        self.latencies: deque[float] = deque(maxlen=_LATENCIES)
        self.answers = 0
        self._order = count()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the crawl's signals."""
        measures = cls(crawler)
        crawler.signals.connect(measures.item_scraped, signals.item_scraped)
        crawler.signals.connect(measures.response_downloaded, signals.response_downloaded)
        return measures

    def item_scraped(self, item: Any) -> None:
        """Count what the article has; told once it is stored."""
        if not isinstance(item, Article):
            return
        for name in FIELDS:
            is_filled = getattr(item, name) not in (None, [])
            self.crawler.stats.inc_value(f"field/{name}/{'filled' if is_filled else 'missing'}")
            if not is_filled:
                self.lacking[name].append({"address": item.url, "archived": place(item.archived)})

    def response_downloaded(self, request: Request) -> None:
        """Note how long the site took; a replay has no such time."""
        if (latency := request.meta.get("download_latency")) is not None:
            self.answers += 1
            self.latencies.append(latency)

    def note_page(self, response: Response, extraction: float) -> None:
        """Note how long an article's page took.

        Args:
            response: the page.
            extraction: seconds that it was read in.
        """
        download = float(response.meta.get("download_latency") or 0.0)
        page = {"address": response.url, "download": round(download, 3), "extraction": round(extraction, 3)}
        entry = (download + extraction, next(self._order), page)
        if len(self.slowest) < SLOWEST:
            heapq.heappush(self.slowest, entry)
        else:
            heapq.heappushpop(self.slowest, entry)

    def document(self) -> Document:
        """All of it for the run's record; times in seconds."""
        stats = self.crawler.stats
        fields = {}
        for name in FIELDS:
            filled, missing = (stats.get_value(f"field/{name}/{kind}", 0) for kind in ("filled", "missing"))
            if filled or missing:
                fields[name] = {"filled": filled, "missing": missing, "lacking": list(self.lacking[name])}
        tries = {what: stats.get_value(f"first_tries/{what}", 0) for what in ("read", "failed", "turned_away")}
        latency = round(median(self.latencies), 4) if self.latencies else None
        return {
            "fields": fields,
            "first_tries": tries,
            "answers": {"count": self.answers, "median": latency},
            "slowest": [page for *_, page in sorted(self.slowest, reverse=True)],
        }


def place(archived: Any) -> Document | None:
    """Where a page is archived, for a document: `file` and `offset` of its WarcReference."""
    return archived.model_dump() if archived is not None else None
