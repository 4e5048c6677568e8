"""`python -m benchmarks.extraction [FOLDER...]`: the table of this project's extraction beside its rivals."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.extraction.corpus import DEFAULT_FOLDERS, read_folders
from benchmarks.extraction.engines import BASE, ENGINES, OURS
from benchmarks.extraction.report import print_report, print_worst, summarize
from benchmarks.extraction.runner import measure, measure_apart


def main() -> int:
    """Run every extractor over the pages and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="folders of NAME.html and NAME.json, at any depth (default: the known ones)",
    )
    parser.add_argument(
        "--only", action="append", metavar="EXTRACTOR", choices=list(ENGINES), help=f"one of: {', '.join(ENGINES)}"
    )
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds that are timed (default: 5)")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also list the N pages with the least F1")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--raw", action="store_true", help=argparse.SUPPRESS)  # what the child processes answer
    options = parser.parse_args()
    folders = [folder.resolve() for folder in options.folders] or [
        folder for folder in DEFAULT_FOLDERS if folder.is_dir()
    ]
    try:
        samples = read_folders(folders)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if not samples:
        print(
            f"error: no NAME.html with a NAME.json in {', '.join(map(str, folders)) or 'the known folders'}: "
            "name a folder",
            file=sys.stderr,
        )
        return 1
    if options.rounds < 1:
        print(f"error: --rounds {options.rounds}: at least one round is timed", file=sys.stderr)
        return 1
    if options.raw:
        print(json.dumps(measure(options.only[0], folders, options.rounds), ensure_ascii=False, default=str))
        return 0
    measured, absent = _measure_all(options.only or list(ENGINES), folders, options.rounds)
    results = [summarize(name, found, samples) for name, found in measured.items()]
    if options.format == "json":
        print(json.dumps({"results": results, "absent": absent}, ensure_ascii=False, indent=1))
    else:
        print_report(results, absent)
        if options.worst > 0:
            print_worst(results, options.worst)
    return 1 if OURS in absent else 0


def _measure_all(
    names: list[str], folders: list[Path], rounds: int
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What each extractor gave, and why others gave nothing.

    The two whose ratio is told are timed in two turns: a machine that is slow for a while is slow for both.
    """
    measured: dict[str, dict[str, Any]] = {}
    absent: dict[str, str] = {}
    for name in [*names, *(name for name in (OURS, BASE) if name in names)]:
        print(f"measuring {name} ...", file=sys.stderr)
        found = measure_apart(name, folders, rounds)
        if isinstance(found, str):
            absent[name] = found
        elif name in measured:
            before = measured[name]["seconds"]
            measured[name]["seconds"] = {page: min(before[page], took) for page, took in found["seconds"].items()}
        else:
            measured[name] = found
    return measured, {name: why for name, why in absent.items() if name not in measured}


if __name__ == "__main__":
    sys.exit(main())
