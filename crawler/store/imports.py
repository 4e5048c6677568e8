"""How far each WARC file was imported.

A file's position moves on when everything before it is acknowledged, so an import that is killed goes on there and
reads a few pages twice, which the store finds unchanged. It is kept by the file's place and beginning and by what was
asked for: another file of this name, or another selection, begins anew.
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bson.binary import Binary
from pymongo.asynchronous.database import AsyncDatabase

Document = dict[str, Any]

_BEGINNING = 1024  # bytes: the first record names the file, or at least the time


def import_key(path: Path, selection: Document) -> bytes:
    """The key of one file's position.

    Args:
        path: of the file.
        selection: what was asked for, plain values.

    Raises:
        OSError: when the file cannot be read.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    place = f"{path.resolve()}\0{sorted(selection.items())}\0".encode("utf-8", "surrogateescape")
    return hashlib.sha256(place + beginning).digest()[:16]


async def position(database: AsyncDatabase[Document], key: bytes) -> int:
    """The offset from which a file is to be read."""
    found = await database["imports"].find_one({"_id": Binary(key)}, {"offset": 1})
    return int(found["offset"]) if found else 0


async def move(database: AsyncDatabase[Document], key: bytes, path: Path, offset: int, crawl: str) -> None:
    """Everything before this offset is done. Two imports of a file at once: the further one counts."""
    name = str(path).encode("utf-8", "replace").decode()
    fields = {"file": name, "crawl": crawl, "updated_at": datetime.now(UTC)}
    await database["imports"].update_one(
        {"_id": Binary(key)}, {"$max": {"offset": offset}, "$set": fields}, upsert=True
    )
