"""docs/collection.ipynb is what its cells give on the sample newspaper, and shows nothing of who ran it."""

from tempfile import gettempdir

import nbformat
import pytest

from samples.notebook import NOTEBOOK, fill, make, run


@pytest.fixture(scope="module")
def committed():
    return nbformat.read(NOTEBOOK, as_version=4)


def shown(notebook):
    """What each cell prints; of pictures, that there is one: their bytes depend on the machine's libraries."""
    outputs = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            told = output.get("text") or data.get("text/plain")
            outputs.append((output.output_type, "image/png" in data, told))
    return outputs


def test_the_notebook_gives_what_it_shows(mongod_uri, database, committed):
    fill(mongod_uri, database.name)
    notebook = make()
    run(notebook, mongod_uri, database.name)
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in committed.cells]
    assert shown(notebook) == shown(committed)
    assert sum(has_picture for _, has_picture, _ in shown(committed)) == 2
    assert not any(kind == "error" for kind, _, _ in shown(committed))


def test_it_is_small_and_names_no_machine(committed):
    assert NOTEBOOK.stat().st_size < 100_000
    printed = "\n".join(str(told) for _, _, told in shown(committed))
    for place in (NOTEBOOK.parents[1].resolve(), gettempdir(), "mongodb://"):
        assert str(place) not in printed
