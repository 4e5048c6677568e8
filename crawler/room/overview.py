"""What the front page tells of the whole collection. Every part is kept for a minute and stands without the others."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bson.binary import Binary
from pymongo import DESCENDING
from pymongo.errors import PyMongoError

from crawler.items import Article
from crawler.room import charts
from crawler.room.shelf import Shelf, is_slow
from crawler.store.paging import HIDDEN
from crawler.watch.health import Health

Document = dict[str, Any]
T = TypeVar("T")

DAYS = 30
SHOWN = 10
SAMPLED = 1_000
"""Articles, the newest, of which fill rates are told."""
_SERIES = 5
_POSITIVE = {"$gt": 0, "$type": "number"}
"""As the indexes of counters have it."""
_ANY_KEY = {"$gte": Binary(b"")}
"""Answered by the index alone, unlike $exists."""
_FIELDS = tuple(
    name
    for name in Article.field_names()
    if name
    not in {"url", "canonical_url", "site", "country", "language", "title", "body", "published_raw", "fetched_at"}
)


@dataclass(frozen=True, slots=True)
class Series:
    """One site's articles a day; `site` is None for all the others."""

    site: str | None
    counts: dict[date, int]


@dataclass(frozen=True, slots=True)
class Days:
    """Articles a day by site, by the sites' own clocks."""

    days: list[date]
    series: list[Series]

    @property
    def total(self) -> int:
        """In all."""
        return sum(map(self.total_of, self.days))

    @property
    def peak_day(self) -> date:
        """The day with the most."""
        return max(self.days, key=self.total_of)

    @property
    def peak(self) -> int:
        """How many it had."""
        return self.total_of(self.peak_day)

    def total_of(self, day: date) -> int:
        """Of all sites."""
        return sum(series.counts.get(day, 0) for series in self.series)

    def columns(self, mirrored: bool) -> charts.Columns:
        """The picture."""
        return charts.columns(self.days, [(one.site or "", one.counts) for one in self.series], mirrored=mirrored)


@dataclass(frozen=True, slots=True)
class Fill:
    """Which share of the newest articles has each field."""

    articles: int
    shares: dict[str, float]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What is stored of one site."""

    site: str
    country: str | None
    articles: int
    oldest: datetime | None
    newest: datetime | None


class Overview:
    """The parts; each is None when its question took too long."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def _kept(self, name: Hashable, make: Callable[[], T]) -> T | None:
        def bounded() -> T | None:
            try:
                with self._shelf.bounded():
                    return make()
            except PyMongoError as error:
                if not is_slow(error):
                    raise
                return None

        return self._shelf.kept.get(name, bounded)

    # --- numbers

    @property
    def total(self) -> int | None:
        """Articles."""
        return self._kept("total", self._shelf.articles.estimated_document_count)

    @property
    def site_count(self) -> int | None:
        """Sites with articles."""
        names = self.site_names()
        return None if names is None else len(names)

    def site_names(self) -> list[str] | None:
        """Sites with articles, by their names in commands."""
        return self._kept("names", lambda: sorted(filter(None, self._shelf.articles.distinct("site"))))

    @property
    def edited(self) -> int | None:
        """Articles that were edited: those with an earlier version, whose numbers an archive counts down from 0."""
        articles: list[Document] = [
            {"$match": {"article": _ANY_KEY}},
            {"$sort": {"article": 1, "number": 1}},  # as the index has it, which is enough: one step an article
            {"$group": {"_id": "$article", "first": {"$first": "$number"}}},
            {"$count": "edited"},
        ]
        return self._kept(
            "edited", lambda: next(self._shelf.database["revisions"].aggregate(articles), {"edited": 0})["edited"]
        )

    @property
    def gone(self) -> int | None:
        """Articles that their sites no longer have."""
        return self._kept("gone", lambda: self._shelf.articles.count_documents({"gone_at": {"$type": "date"}}))

    @property
    def copies(self) -> int | None:
        """Articles that are copies of an earlier one."""
        stories: list[Document] = [
            {"$match": {"story": _ANY_KEY}},
            {"$group": {"_id": "$story", "printings": {"$sum": 1}}},
            {"$group": {"_id": None, "copies": {"$sum": {"$subtract": ["$printings", 1]}}}},
        ]
        return self._kept("copies", lambda: next(self._shelf.articles.aggregate(stories), {"copies": 0})["copies"])

    # --- the last days

    def _period(self) -> tuple[datetime, datetime]:
        """The days up to the newest article's: a collection of long ago has a front page too."""

        def newest() -> datetime:
            tomorrow = datetime.now(UTC) + timedelta(days=1)  # a page may print any date
            query = {"published_at": {"$lt": tomorrow}}
            order = [("published_at", DESCENDING)]
            found = self._shelf.articles.find_one(query, {"published_at": 1}, sort=order)
            at: datetime | None = (found or {}).get("published_at")
            return at or datetime.now(UTC)

        end = self._kept("last", newest) or datetime.now(UTC)
        return end - timedelta(days=DAYS - 1), end

    @property
    def first_day(self) -> date:
        """Of the period."""
        return self._period()[0].date()

    @property
    def last_day(self) -> date:
        """Of the period."""
        return self._period()[1].date()

    @property
    def days(self) -> Days | None:
        """Articles a day by site."""
        return self._kept("days", self._days)

    def _days(self) -> Days:
        start, end = self._period()
        # A day more on both sides: it begins at another instant for each site.
        match = {"published_at": {"$gte": start - timedelta(days=1), "$lte": end + timedelta(days=1)}}
        offset = {"$multiply": [{"$ifNull": ["$published_utc_offset", 0]}, 60_000]}
        local = {"$dateToString": {"format": "%Y-%m-%d", "date": {"$add": ["$published_at", offset]}}}
        group = {"_id": {"site": "$site", "day": local}, "articles": {"$sum": 1}}
        counts: dict[str, Counter[date]] = {}
        for row in self._shelf.articles.aggregate([{"$match": match}, {"$group": group}]):
            day = date.fromisoformat(row["_id"]["day"])
            counts.setdefault(row["_id"].get("site") or "", Counter())[day] += row["articles"]
        last = max(
            (day for days in counts.values() for day in days if day <= end.date() + timedelta(days=1)),
            default=end.date(),
        )
        days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
        return Days(days, _series(counts, days))

    @property
    def newest(self) -> list[Document] | None:
        """The newest articles."""
        return self._kept("newest", partial(self._listed, {}, "published_at"))

    @property
    def most_read(self) -> list[Document] | None:
        """Of the period, by their counters."""
        return self._kept(
            "most_read", partial(self._listed, {"read_count": _POSITIVE} | self._published(), "read_count")
        )

    @property
    def growing(self) -> list[Document] | None:
        """Of the period, by reads an hour."""
        return self._kept(
            "growing", partial(self._listed, {"read_growth": _POSITIVE} | self._published(), "read_growth")
        )

    def newest_of(self, site: str) -> list[Document] | None:
        """The newest of one site."""
        return self._kept(("newest", site), partial(self._listed, {"site": site}, "published_at"))

    def _published(self) -> Document:
        return {"published_at": {"$gte": self._period()[0]}}

    def _listed(self, query: Document, field: str) -> list[Document]:
        return list(self._shelf.articles.find(query, HIDDEN).sort(field, DESCENDING).limit(SHOWN))

    # --- how complete

    @property
    def fill(self) -> Fill | None:
        """Of all sites."""
        return self._kept("fill", partial(self._fill, {}))

    def fill_of(self, site: str) -> Fill | None:
        """Of one site."""
        return self._kept(("fill", site), partial(self._fill, {"site": site}))

    def _fill(self, query: Document) -> Fill:
        def has(name: str) -> Document:
            return {"$cond": [{"$in": [{"$ifNull": [f"${name}", None]}, [None, []]]}, 0, 1]}

        newest: list[Document] = [
            {"$match": query},
            {"$sort": {"published_at": DESCENDING}},
            {"$limit": SAMPLED},
            {"$group": {"_id": None, "articles": {"$sum": 1}} | {name: {"$sum": has(name)} for name in _FIELDS}},
        ]
        row = next(self._shelf.articles.aggregate(newest), {"articles": 0})
        if not row["articles"]:
            return Fill(0, {})
        return Fill(row["articles"], {name: row[name] / row["articles"] for name in _FIELDS})

    # --- sites and crawls

    def sites(self) -> list[SiteRow] | None:
        """What is stored of each site, the largest first."""
        return self._kept("sites", self._sites)

    def _sites(self) -> list[SiteRow]:
        group = {
            "_id": "$site",
            "articles": {"$sum": 1},
            "oldest": {"$min": "$published_at"},
            "newest": {"$max": "$published_at"},
        }
        # Sorted as the index (site, published_at) has it, so that no document is read.
        stages: list[Document] = [{"$sort": {"site": 1, "published_at": -1}}, {"$group": group}]
        rows = []
        for row in self._shelf.articles.aggregate(stages):
            card = self._shelf.sites.of(row["_id"])
            rows.append(
                SiteRow(row["_id"] or "", card.country if card else None, row["articles"], row["oldest"], row["newest"])
            )
        return sorted(rows, key=lambda row: (-row.articles, row.site))

    @property
    def health(self) -> list[Health] | None:
        """The state of each site that was ever crawled, the worst first."""
        return self._kept("health", self._shelf.health)


def _series(counts: dict[str, Counter[date]], days: Sequence[date]) -> list[Series]:
    """The sites with the most articles on these days, and all the others as one."""
    shown = set(days)
    within = {site: {day: n for day, n in own.items() if day in shown} for site, own in counts.items()}
    ranked = sorted(within, key=lambda site: (-sum(within[site].values()), site))
    ranked = [site for site in ranked if within[site]]
    first = ranked if len(ranked) <= _SERIES + 1 else ranked[:_SERIES]
    series = [Series(site, within[site]) for site in first]
    if rest := ranked[len(first) :]:
        others: Counter[date] = Counter()
        for site in rest:
            others.update(within[site])
        series.append(Series(None, dict(others)))
    return series
