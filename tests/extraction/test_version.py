"""The extractor's version rises when what it gives changes.

tests/extraction/records.json holds, of each page under tests/pages that had a record when it was written, the version
that read it and a digest of what it gave. The same version must give the same. The file is written anew, after VERSION
was raised or for new pages, by `python -m tests.extraction.test_version`.
"""

import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from crawler.catalogue import sites_of
from crawler.extraction import VERSION, extract, version_of

PAGES = Path(__file__).parents[1] / "pages"
RECORDS = Path(__file__).with_name("records.json")
FETCHED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def readings():
    """By page: the version that reads it, and a digest of its record."""
    sites = sites_of()
    found = {}
    for path in sorted(PAGES.glob("*/*/*.html")):
        site = sites.get(path.parent.name)
        address = f"https://{site.domains[0] if site else 'paper.example'}/news/{path.stem}"
        extraction = extract(path.read_bytes(), address, site, fetched_at=FETCHED)
        told = extraction.article.record() if extraction.article else {"kind": extraction.kind}
        digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
        found[str(path.relative_to(PAGES))] = [version_of(site), digest]
    return found


def changed(kept, found):
    """Pages of which the same version gives another record than it gave."""
    return [
        name
        for name, (version, digest) in found.items()
        if kept.get(name) not in (None, [version, digest]) and kept[name][0] == version
    ]


def test_the_same_version_gives_the_same_records():
    kept = json.loads(RECORDS.read_text("utf-8"))
    found = readings()
    assert not (others := changed(kept, found)), (
        f"the records of {', '.join(others[:5])} (of {len(others)} pages) changed: raise VERSION in "
        "crawler/extraction/version.py, so that `scrapy reextract` reads archives anew, then run "
        "python -m tests.extraction.test_version"
    )
    current = [name for name in found if name in kept and kept[name][0].split("+")[0] == VERSION]
    assert len(current) > len(found) // 2, "run python -m tests.extraction.test_version: VERSION was raised"


def test_what_counts_as_a_change():
    kept = {"a.html": ["1+aa", "x"], "b.html": ["1+bb", "x"], "c.html": ["1+cc", "x"]}
    found = {"a.html": ["1+aa", "y"], "b.html": ["2+bb", "y"], "c.html": ["1+cc", "x"], "new.html": ["1+dd", "z"]}
    assert changed(kept, found) == ["a.html"]


def main():
    """Write the file anew; not where a version's records changed without its being raised."""
    kept = json.loads(RECORDS.read_text("utf-8")) if RECORDS.exists() else {}
    found = readings()
    if others := changed(kept, found):
        sys.exit(f"raise VERSION in crawler/extraction/version.py first: {', '.join(others[:10])} changed")
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(reading)}" for name, reading in found.items())
    RECORDS.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
