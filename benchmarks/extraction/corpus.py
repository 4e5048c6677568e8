"""Pages and the records expected of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DEFAULT_FOLDERS = (ROOT.parent / "shared" / "pages", ROOT / "tests" / "pages")


@dataclass(frozen=True)
class Sample:
    """One page, byte for byte, and its expected record."""

    name: str
    """Its path inside its folder, without the ending."""
    page: bytes
    expected: dict[str, Any]


def read_folders(folders: list[Path]) -> list[Sample]:
    """Every pair of NAME.html and NAME.json with a body, at any depth of the folders, in order of path.

    Raises:
        ValueError: what should be a record is none, or gives no address.
    """
    samples: dict[Path, Sample] = {}
    names: set[str] = set()
    for folder in folders:
        for record in sorted(folder.rglob("*.json")):
            page = record.with_suffix(".html")
            if not page.exists() or record in samples:
                continue
            expected = _record(record)
            if not expected.get("body"):
                continue  # a listing: it gives no article
            name = str(record.relative_to(folder).with_suffix(""))
            name = str(record.with_suffix("")) if name in names else name
            names.add(name)
            samples[record] = Sample(name, page.read_bytes(), expected)
    return list(samples.values())


def _record(path: Path) -> dict[str, Any]:
    try:
        expected = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: no JSON: {error}") from None
    if isinstance(expected, dict) and (not expected.get("body") or isinstance(expected.get("url"), str)):
        return expected
    raise ValueError(f"{path}: no record with a url")
