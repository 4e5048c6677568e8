"""Pages and the records expected of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DEFAULT_FOLDERS = (ROOT.parent / "shared" / "pages", ROOT / "tests" / "pages", ROOT / "samples" / "pages")


@dataclass(frozen=True)
class Sample:
    """One page, byte for byte, and its expected record."""

    name: str
    page: bytes
    expected: dict[str, Any]


def read_folders(folders: list[Path]) -> list[Sample]:
    """Every pair of NAME.html and NAME.json in the folders, in order of name."""
    samples = []
    for folder in folders:
        for record in sorted(folder.glob("*.json")):
            page = record.with_suffix(".html")
            if page.exists():
                expected = json.loads(record.read_text("utf-8"))
                if isinstance(expected, dict) and expected.get("body"):
                    samples.append(Sample(record.stem, page.read_bytes(), expected))
    return samples
