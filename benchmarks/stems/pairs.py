"""The pairs of words."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = {"own": "tuned on", "held_out": "written apart", "sampled": "drawn by chance"}


@dataclass(frozen=True)
class Pair:
    """Two words, as printed, and whether one search must find both."""

    first: str
    second: str
    is_one: bool


def read(name: str) -> list[Pair]:
    """One set of pairs."""
    pairs = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            sign, first, second = line.split()
            pairs.append(Pair(first, second, sign == "+"))
    return pairs
