"""`scrapy crawls`."""

import os
import platform
from datetime import UTC, datetime

import pytest

from crawler.processes import holder
from crawler.store.session import counts


@pytest.mark.parametrize(
    ("process", "ended"),
    [
        (holder(), "running"),
        (f"{platform.node()}:{os.getpid()}:1", "died"),  # its number was given to another process since
        ("another-machine:1:1", "running"),
    ],
)
def test_a_run_without_an_end_runs_or_died(scrapy_with_store, database, process, ended):
    database.crawls.insert_one(
        {"_id": "one", "site": "sample", "arguments": {}, "replay": None, "counts": counts({}), "notes": []}
        | {"started_at": datetime.now(UTC), "ended_at": None, "reason": None, "process": process}
    )
    assert ended in scrapy_with_store("crawls", "--limit", "1").stdout.split()
