"""Make docs/collection.ipynb: `python -m samples.notebook` writes its cells and runs them on the sample newspaper.

The stories are fiction, and so are the readings of one counter that are added to show a curve.
"""

import asyncio
import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from pymongo import AsyncMongoClient
from traitlets.config import Config

from crawler.items import Article
from crawler.store.articles import ArticleWriter
from crawler.store.local import LocalServer
from crawler.store.schema import prepare

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "collection.ipynb"
DATABASE = "notebook"
_COUNTED = "متطوعون ينظفون شاطئ حي البساتين من النفايات"

# Text, and code after a line of three dashes.
_CELLS = """
# Asking the collection from Python

`Collection` is what the commands stand on. This notebook was run on the sample newspaper, whose stories are fiction:
`python -m samples.notebook` runs it again.
---
from crawler.store import Collection, Filters

collection = Collection.open()  # MONGODB_URI, or the local server
collection.count()
===
Words are found in any form and spelling: مدرسة finds المدارس.
---
for found in collection.search(Filters(text="مدرسة"), limit=5):
    print(f"{found.article.published_at:%Y-%m-%d}", found.title.text)
===
Filters are those of `scrapy search`; the fields of a table are in `crawler.store.fields.COLUMNS`.
---
frame = collection.to_pandas(Filters(min_reads=600), ["published_on", "read_count", "words", "title"])
frame.sort_values(["read_count", "published_on"], ascending=False, ignore_index=True)
===
Counts come from MongoDB, in one pass; no text travels.
---
sections = collection.stats(by="section")
for group in sections.groups:
    print(f"{group.articles:3} {group.words:6,} {group.key}")
===
Matplotlib shapes Arabic by itself (3.11 and later).
---
from matplotlib import pyplot as plt

named = [group for group in sections.groups if group.key]
figure, axes = plt.subplots(figsize=(6, 2.4), dpi=80)
axes.barh([group.key for group in named], [group.words for group in named])
axes.set_title("عدد الكلمات حسب القسم")
axes.invert_xaxis()
axes.yaxis.tick_right()
plt.show()
===
Each reading of a page's counter is kept, so popularity has a curve.
---
from crawler.store.curves import curves

most_read = collection.search(Filters(), sort="reads", limit=1).found[0]
(points, *_) = curves(collection.database, most_read.document).values()
figure, axes = plt.subplots(figsize=(6, 2.4), dpi=80)
axes.plot([point.at for point in points], [point.count for point in points], marker="o")
axes.set_title(most_read.article.title)
axes.tick_params(axis="x", rotation=20)
plt.show()
===
The same slice for polars, or as a file that `scrapy export` would write too.
---
import polars as pl

table = collection.to_polars(Filters(), ["published_on", "words"])
print(table.group_by(pl.col("published_on").dt.year().alias("year")).agg(pl.len(), pl.col("words").sum()).sort("year"))
---
collection.close()
"""


def make() -> NotebookNode:
    """The notebook, not run yet."""
    v4: Any = nbformat.v4  # it has no types
    cells: list[NotebookNode] = []
    for part in _CELLS.strip().split("\n===\n"):
        text, *codes = part.split("\n---\n")
        cells.append(v4.new_markdown_cell(text))
        cells += [v4.new_code_cell(code) for code in codes]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # nbformat's own are drawn at random
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook: NotebookNode = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return notebook


def run(notebook: NotebookNode, uri: str, database: str) -> None:
    """Run the cells in a kernel of this Python, on this database; outputs are written into them."""
    environment = os.environ | {"MONGODB_URI": uri, "MONGODB_DATABASE": database, "PYTHONPATH": str(ROOT)}
    sockets = Config({"KernelManager": {"transport": "ipc"}})
    client: Any = NotebookClient(notebook, timeout=120, config=sockets, resources={"metadata": {"path": str(ROOT)}})
    client.execute(env=environment)
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when it was run


def text(notebook: NotebookNode) -> str:
    """As the file has it."""
    written: Any = nbformat
    return f"{written.writes(notebook)}\n"


def fill(uri: str, database: str) -> None:
    """Store the sample's stories, and further readings of one's counter."""
    lines = (ROOT / "samples" / "expected.jsonl").read_text("utf-8").splitlines()
    articles = [_fetched(Article.model_validate_json(line)) for line in lines]
    (counted,) = (article for article in articles if article.title == _COUNTED)
    assert counted.fetched_at is not None
    again = [
        counted.model_copy(update={"fetched_at": counted.fetched_at + timedelta(hours=hours), "read_count": count})
        for hours, count in ((6, 3120), (24, 4890), (72, 5730), (168, 6010))
    ]

    async def write() -> None:
        async with AsyncMongoClient[dict[str, Any]](uri, tz_aware=True) as client:
            await prepare(client[database])
            writer = ArticleWriter(client[database])
            for batch in (articles, *([article] for article in again)):
                await writer.write(batch)

    asyncio.run(write())


def _fetched(article: Article) -> Article:
    """Read an hour after it was published, as a crawl would."""
    return article.model_copy(update={"fetched_at": article.published_at and article.published_at + timedelta(hours=1)})


def main() -> None:
    """Write the notebook anew."""
    notebook = make()
    with tempfile.TemporaryDirectory(prefix="naba-notebook-") as folder, LocalServer.acquire(folder) as server:
        fill(server.uri, DATABASE)
        run(notebook, server.uri, DATABASE)
    NOTEBOOK.parent.mkdir(exist_ok=True)
    NOTEBOOK.write_text(text(notebook), "utf-8")


if __name__ == "__main__":
    main()
