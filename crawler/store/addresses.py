"""What discovery found and is not written yet, leased while in work; what is due for a second reading.

An address is known when its article is written and acknowledged, not before. Until then it stands here, so a crawl that
is killed at any instant goes on where it was. What stands here:

| state | means | due_at |
|---|---|---|
| new | found, its article not written yet | when found; after a failure, when it is tried again |
| reread | its article is to be read again; `_id` is the article's | when |
| refused | gives no article, for the reason in `error` | none |
| alias | another address of the stored `article`, which names a different one as its own | none |
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bson.binary import Binary
from pymongo import ASCENDING, DeleteOne, UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from crawler.addresses import address_key
from crawler.discovery.found import Found
from crawler.discovery.rereading import Timetable
from crawler.periods import Period
from crawler.processes import holder, is_dead
from crawler.store.patience import raise_if_away
from crawler.store.readings import keep_standing

Document = dict[str, Any]
Verdict = Literal["new", "due", "pending", "known", "refused"]
"""What a listed address is: fresh; stored and to be read again; waiting or in work; stored; of no use."""

LEASE = timedelta(minutes=2)
"""How long an address stays with a process that gives no sign of life."""
GONE_CHECK = timedelta(days=1)
"""After how long an article that its site no longer had is asked for again, when a listing names it."""
OUTSIDE = "outside_dates"
"""The reason of an address whose article was read and is out of the period that was asked for."""
_DUPLICATE_KEY = 11000
_ARTICLE = dict.fromkeys(("url", "aliases.key", "published_at", "first_seen", "last_seen", "gone_at", "missed_at"), 1)


@dataclass(slots=True)
class Claim:
    """An address that this crawl has in work."""

    key: bytes
    address: str
    source: str
    """The listing that named it."""
    rereading: bool = False
    attempts: int = 0
    """How often it failed before."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an article, as far as discovery asks."""

    key: bytes
    url: str
    published_at: datetime
    """The first sight of it where the page gives no date."""
    read_at: datetime
    missed_at: datetime | None
    """When its site last answered that it no longer has it; None when it has."""


@dataclass(slots=True)
class AddressBook:
    """One crawl's door to `addresses`."""

    database: AsyncDatabase[Document]
    site: str
    crawl: str
    timetable: Timetable
    retries: Sequence[timedelta]
    """How long to wait after each failure; an address that fails once more is refused."""
    refresh: bool = False
    """Read everything anew that was not read since `started_at`."""
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    holder: str = field(default_factory=holder)
    claims: int = 0
    mark: str | None = None
    """Of a claim that was not answered yet."""

    # --- what discovery found

    async def offer(self, found: Sequence[Found], period: Period) -> list[Verdict]:
        """Keep what is fresh or due; two queries and at most one write, however many addresses.

        Args:
            found: each address once.
            period: addresses that were refused for being outside another period are taken up again.
        """
        keys = [address_key(one.address) for one in found]
        stored = await self.known(keys)
        here = {bytes(row["_id"]): row async for row in self.database["addresses"].find({"_id": {"$in": keys}})}
        now = datetime.now(UTC)
        verdicts: list[Verdict] = []
        writes: list[UpdateOne] = []
        for key, one in zip(keys, found, strict=True):
            article, row = stored.get(key), here.get(key)
            if article is not None:
                verdict: Verdict = "due" if self._is_due(article, one, now) else "known"
                if verdict == "due":
                    writes.append(self._reread(article, one.source, now))
            else:
                verdict = self._verdict(row, period)
                if verdict == "new":
                    # A millisecond apart: the order in which a listing names them is the order of work.
                    writes.append(self._keep(key, one, now + timedelta(milliseconds=len(writes))))
            verdicts.append(verdict)
        await self._bulk(writes)
        return verdicts

    async def known(self, keys: Iterable[bytes]) -> dict[bytes, Known]:
        """What is stored under these keys, each the article's own or one of its aliases; one query."""
        wanted = [Binary(key) for key in keys]
        if not wanted:
            return {}
        found: dict[bytes, Known] = {}
        query = {"$or": [{"_id": {"$in": wanted}}, {"aliases.key": {"$in": wanted}}]}
        async for row in self.database["articles"].find(query, _ARTICLE):
            known = Known(
                key=bytes(row["_id"]),
                url=row["url"],
                published_at=row.get("published_at") or row["first_seen"],
                read_at=row["last_seen"],
                missed_at=row.get("missed_at") or row.get("gone_at") if row.get("gone_at") else None,
            )
            found |= {bytes(alias["key"]): known for alias in row["aliases"]}
            found[known.key] = known
        return found

    def _is_due(self, article: Known, one: Found, now: datetime) -> bool:
        if self.refresh:
            return article.read_at < self.started_at
        if article.missed_at is not None:  # a list that still names it may be old, or it is there again
            return now - article.missed_at >= GONE_CHECK
        if one.modified_at and article.read_at < one.modified_at <= now:  # the listing says that it was edited
            return True
        return self.timetable.is_due(article.published_at, article.read_at, now)

    def _verdict(self, row: Document | None, period: Period) -> Verdict:
        """What an address is of which no article is stored."""
        if row is None:
            return "new"
        if row["state"] == "alias":
            return "known"
        if row["state"] != "refused":
            return "pending"
        outside = row.get("error") == OUTSIDE and not period.excludes(row.get("published_at"))
        again = self.refresh and row["found_at"] < self.started_at
        return "new" if outside or again else "refused"

    def _keep(self, key: bytes, one: Found, now: datetime) -> UpdateOne:
        fields = {
            "state": "new",
            "site": self.site,
            "url": one.address,
            "source": one.source,
            "published_at": one.published_at,
            "modified_at": one.modified_at,
            "found_at": now,
            "due_at": now,
            "attempts": 0,
        }
        # What another process put there meanwhile stays, but for what was refused.
        return UpdateOne({"_id": Binary(key), "state": "refused"}, {"$set": fields}, upsert=True)

    def _reread(self, article: Known, source: str, due_at: datetime) -> UpdateOne:
        fields = {
            "state": "reread",
            "site": self.site,
            "url": article.url,
            "published_at": article.published_at,
            "found_at": datetime.now(UTC),
        }
        change = {"$setOnInsert": fields | {"source": source, "attempts": 0}, "$min": {"due_at": due_at}}
        return UpdateOne({"_id": Binary(article.key)}, change, upsert=True)

    async def _bulk(self, writes: Sequence[UpdateOne | DeleteOne]) -> None:
        if not writes:
            return
        try:
            await self.database["addresses"].bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            raise_if_away(error)
            # Another crawl of the site kept the same address at the same moment.
            if any(item["code"] != _DUPLICATE_KEY for item in error.details["writeErrors"]):
                raise

    # --- what is in work

    async def release_dead(self) -> int:
        """Take back what processes of this machine that are gone had in work; answers how many addresses."""
        addresses = self.database["addresses"]
        holders = await addresses.distinct("holder", {"site": self.site, "holder": {"$ne": None}})
        dead = [name for name in holders if is_dead(name)]
        if not dead:
            return 0
        result = await addresses.update_many(
            {"site": self.site, "holder": {"$in": dead}}, {"$unset": {"holder": "", "lease_until": ""}}
        )
        return result.modified_count

    async def claim(self, count: int, period: Period) -> list[Claim]:
        """Take up to so many due addresses into work; what turns out to be stored already is settled at once.

        Called again after an error it answers what the failed call took, too.
        """
        addresses = self.database["addresses"]
        if self.mark is None:
            self.claims += 1
            self.mark = f"{self.crawl}/{self.claims}"
        now = datetime.now(UTC)
        free: Document = {"$or": [{"lease_until": None}, {"lease_until": {"$lt": now}}]}
        query: Document = {
            "site": self.site,
            "due_at": {"$lte": now + timedelta(seconds=1)},
            "tried_by": {"$ne": self.crawl},
        }
        query["$and"] = [free, *_within(period)]
        ids = [row["_id"] async for row in addresses.find(query, {"_id": 1}).sort("due_at", ASCENDING).limit(count)]
        if ids:
            change = {"$set": {"holder": self.holder, "lease_until": now + LEASE, "claim": self.mark}}
            await addresses.update_many({"_id": {"$in": ids}, **free}, change)
        mine = {"site": self.site, "holder": self.holder, "claim": self.mark}
        rows = [row async for row in addresses.find(mine).sort("due_at", ASCENDING)]
        claims = await self._without_stored(rows)
        self.mark = None
        return claims

    async def _without_stored(self, rows: Sequence[Document]) -> list[Claim]:
        """Leave out what was written before a crawl could say so: it was killed between the two."""
        stored = await self.known(bytes(row["_id"]) for row in rows)
        done = {
            key
            for row in rows
            if (article := stored.get(key := bytes(row["_id"])))
            and article.read_at >= (row["due_at"] if row["state"] == "reread" else row["found_at"])
        }
        if done:
            await keep_standing(self.database, [stored[key].key for key in done])
            await self.settle_stored({key: key for key in done})
        return [
            Claim(bytes(row["_id"]), row["url"], row["source"], row["state"] == "reread", row.get("attempts", 0))
            for row in rows
            if bytes(row["_id"]) not in done
        ]

    async def renew(self) -> None:
        """Say that this process lives: its leases are prolonged."""
        await self.database["addresses"].update_many(
            {"site": self.site, "holder": self.holder}, {"$set": {"lease_until": datetime.now(UTC) + LEASE}}
        )

    async def release(self) -> None:
        """Give back all that this process has in work."""
        await self.database["addresses"].update_many(
            {"site": self.site, "holder": self.holder}, {"$unset": {"holder": "", "lease_until": ""}}
        )

    # --- what became of it

    async def settle_stored(self, written: dict[bytes, bytes]) -> None:
        """Articles are written and acknowledged: their addresses are done, or wait for the next reading.

        Args:
            written: key of the address that was asked for, to the key under which its article was written.
        """
        stored = await self.known({*written, *written.values()})
        writes: list[UpdateOne | DeleteOne] = []
        for key, own in written.items():
            article = stored.get(key) or stored.get(own)
            if article is None:  # taken out of the collection meanwhile
                writes.append(DeleteOne({"_id": Binary(key)}))
                continue
            if key not in stored:
                writes.append(self._alias(key, article))
            elif key != article.key:
                writes.append(DeleteOne({"_id": Binary(key)}))
            writes.append(self._next_reading(article))
        await self._bulk(writes)

    def _alias(self, key: bytes, article: Known) -> UpdateOne:
        change = {
            "$set": {"state": "alias", "article": Binary(article.key)},
            "$unset": {"holder": "", "lease_until": "", "due_at": ""},
        }
        return UpdateOne({"_id": Binary(key)}, change)

    def _next_reading(self, article: Known) -> UpdateOne | DeleteOne:
        due_at = None if article.missed_at else self.timetable.next_after(article.published_at, article.read_at)
        if due_at is None:
            return DeleteOne({"_id": Binary(article.key)})
        fields = {
            "state": "reread",
            "site": self.site,
            "url": article.url,
            "published_at": article.published_at,
            "due_at": due_at,
            "attempts": 0,
        }
        change = {
            "$set": fields,
            "$setOnInsert": {"source": "", "found_at": datetime.now(UTC)},
            "$unset": {"holder": "", "lease_until": "", "error": "", "tried_by": ""},
        }
        return UpdateOne({"_id": Binary(article.key)}, change, upsert=True)

    async def settle_failed(self, claim: Claim, reason: str) -> bool:
        """Try an address again later, or refuse it when it failed often enough; answers whether it is refused.

        An article that is stored keeps standing, with its further readings.
        """
        if claim.attempts >= len(self.retries):
            if claim.rereading:
                await self.database["addresses"].delete_one({"_id": Binary(claim.key)})
            else:
                await self.refuse(claim, reason)
            return True
        due_at = datetime.now(UTC) + self.retries[claim.attempts]
        change = {
            "$set": {"due_at": due_at, "error": reason, "tried_by": self.crawl},
            "$inc": {"attempts": 1},
            "$unset": {"holder": "", "lease_until": ""},
        }
        await self.database["addresses"].update_one({"_id": Binary(claim.key)}, change)
        return False

    async def refuse(self, claim: Claim, reason: str, published_at: datetime | None = None) -> None:
        """Remember that an address gives no article, so that no listing brings it back."""
        if claim.rereading:
            await self.database["addresses"].delete_one({"_id": Binary(claim.key)})
            return
        fields = {"state": "refused", "error": reason, "refused_at": datetime.now(UTC)}
        if published_at is not None:
            fields["published_at"] = published_at
        change = {"$set": fields, "$unset": {"holder": "", "lease_until": "", "due_at": ""}}
        await self.database["addresses"].update_one({"_id": Binary(claim.key)}, change)

    async def forget(self, claim: Claim) -> None:
        """Drop an address: found again, it is judged anew."""
        await self.database["addresses"].delete_one({"_id": Binary(claim.key)})

    async def mark_gone(self, claim: Claim) -> None:
        """The site no longer has the article: it says since when, and is kept."""
        now = datetime.now(UTC)
        gone = {"gone_at": {"$ifNull": ["$gone_at", now]}, "missed_at": now}
        await self.database["articles"].update_one({"_id": Binary(claim.key)}, [{"$set": gone}])
        await self.forget(claim)


def _within(period: Period) -> list[Document]:
    """Conditions for addresses that may be of the period, by what their listing said."""
    conditions: list[Document] = []
    if period.since is not None:
        conditions.append({"$or": [{"published_at": None}, {"published_at": {"$gte": period.since}}]})
        conditions.append({"$or": [{"modified_at": None}, {"modified_at": {"$gte": period.since}}]})
    if period.until is not None:
        conditions.append({"$or": [{"published_at": None}, {"published_at": {"$lt": period.until}}]})
    return conditions
