"""The extraction benchmark: what it reads, what it calls right, what it says of bad input."""

import json
import subprocess
import sys

import pytest

from benchmarks.extraction.corpus import ROOT, read_folders
from benchmarks.extraction.measures import body_scores, verdict


def put(folder, name, record):
    page = folder / f"{name}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("<h1>عنوان</h1>", "utf-8")
    page.with_suffix(".json").write_text(record if isinstance(record, str) else json.dumps(record), "utf-8")


def test_pairs_are_found_at_any_depth_each_once_under_a_name_of_its_own(tmp_path):
    record = {"url": "https://paper.example/1", "body": "نص"}
    for name in ("a", "dz/elmassa/a", "dz/elmassa/b"):
        put(tmp_path, name, record)
    put(tmp_path, "listing", {"url": "https://paper.example/"})
    (tmp_path / "alone.json").write_text("{}")
    names = [sample.name for sample in read_folders([tmp_path, tmp_path / "dz"])]
    assert names == ["a", "dz/elmassa/a", "dz/elmassa/b"]
    both = [sample.name for sample in read_folders([tmp_path / "dz" / "elmassa", tmp_path])]
    assert len(both) == len(set(both)) == 3


@pytest.mark.parametrize("record", ["{", "[]", '{"body": "نص"}'])
def test_what_is_no_record_is_told_in_one_line(tmp_path, record):
    put(tmp_path, "page", record)
    command = [sys.executable, "-m", "benchmarks.extraction", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {tmp_path / 'page.json'}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        ({"title": "أ  ب"}, {"title": "أ ب"}, "right"),
        ({"title": "أ"}, {"title": "ب"}, "wrong"),
        ({"title": "أ"}, {"title": None}, "invented"),
        ({"title": None}, {"title": "أ"}, "missed"),
        ({}, {}, None),
    ],
)
def test_verdicts(got, expected, said):
    assert verdict("title", got, expected) == said


def test_bodies_are_compared_by_what_both_have():
    assert body_scores("1 2 3 4 5", "1 2 3 4 5") == (1, 1, 1)
    f1, precision, recall = body_scores("1 2 3 4 5", "1 2 3 4")
    assert (precision, recall) == (0.5, 1)
    assert f1 == pytest.approx(2 / 3)
    assert body_scores("", "1 2") == (0, 0, 0)
