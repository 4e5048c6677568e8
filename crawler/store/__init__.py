"""MongoDB: connection, the local server, collections and indexes, queries.

`Collection` and `Filters` are the door for programs: `from crawler.store import Collection`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.store.collection import Collection as Collection
    from crawler.store.collection import Found as Found
    from crawler.store.collection import Page as Page
    from crawler.store.filters import Filters as Filters

_HOMES = {
    "Collection": "crawler.store.collection",
    "Found": "crawler.store.collection",
    "Page": "crawler.store.collection",
    "Filters": "crawler.store.filters",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, then: whoever needs a part of the store does not pay for the whole."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
