"""An article's versions in the order of time: what was read when, and what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pymongo.database import Database

from crawler.edits import EDITORIAL, changed_fields, is_new_version

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said from one reading to another."""

    fields: Document
    """The editorial fields."""
    first_seen: datetime | None
    """The first reading that found it; None where an earlier version of Naba did not keep that."""
    last_seen: datetime | None
    """The last one."""
    is_current: bool = False

    def changes(self, later: "Version") -> list[str]:
        """Names of the fields that a later version changed, in the record's order."""
        return changed_fields(self.fields, later.fields)


def versions(database: Database[Document], article: Document) -> list[Version]:
    """All versions of a stored article, the oldest first, the current one last.

    Args:
        database: the collection's database.
        article: its document, as `find_article` answers it.
    """
    revisions = database["revisions"].find({"article": article["_id"]}).sort("number", 1)
    # By number within one instant; versions that an archive added later have their place by time.
    earlier = sorted((_version(row) for row in revisions), key=_last_seen)
    current = _version(article, is_current=True)
    return _merged([*earlier, current])


def _version(row: Document, *, is_current: bool = False) -> Version:
    first_seen = row.get("version_seen") if is_current else row.get("first_seen")
    if first_seen is None and row["number"] == 1:
        first_seen = row.get("first_seen")
    return Version(
        {name: row.get(name) for name in EDITORIAL},
        first_seen=first_seen,
        last_seen=row.get("last_seen" if is_current else "fetched_at"),
        is_current=is_current,
    )


def _last_seen(version: Version) -> float:
    return version.last_seen.timestamp() if version.last_seen else 0.0


def _merged(found: Sequence[Version]) -> list[Version]:
    """The same with neighbours of one wording as one: a writer that died left them, or an archive in pieces."""
    result: list[Version] = []
    for one in found:
        if result and not is_new_version(result[-1].fields, one.fields):
            first_seen = min(filter(None, (result[-1].first_seen, one.first_seen)), default=None)
            result[-1] = replace(one, first_seen=first_seen)
        else:
            result.append(one)
    return result
