"""Pages are read in worker processes; a worker that dies or hangs costs the page that it had."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from crawler.extraction import pool as pool_module
from crawler.extraction.pool import ExtractionPool
from tests.conftest import ROOT

BODY = "<p>" + "أعلنت البلدية أمس عن بداية أشغال واسعة في وسط المدينة القديمة. " * 8 + "</p>"
HEAD = "<html lang=ar><head><title>عنوان الخبر</title></head><body><article><h1>عنوان الخبر</h1>"
PAGE = f"{HEAD}{BODY * 3}</article></body></html>".encode()


def _die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)


def _hang(*_arguments):
    time.sleep(600)


def run(coroutine):
    return asyncio.run(coroutine)


async def read(pool, pages=1):
    return await asyncio.gather(*(pool.extract(PAGE, f"https://www.example.com/{n}") for n in range(pages)))


def test_pages_are_read_by_a_bounded_number_of_workers():
    async def crawl():
        pool = ExtractionPool(workers=2)
        answers = await read(pool, 12)
        workers = len(multiprocessing.active_children())
        await pool.close()
        return answers, workers

    answers, workers = run(crawl())
    assert [answer.url for answer in answers] == [f"https://www.example.com/{n}" for n in range(12)]
    assert {answer.article.title for answer in answers} == {"عنوان الخبر"}
    assert workers <= 3  # two, and the server that forks them


@pytest.mark.parametrize(("trouble", "kind"), [(_die, "worker died"), (_hang, "timeout")])
def test_a_page_that_breaks_its_worker_is_told_and_the_next_is_read(monkeypatch, trouble, kind):
    async def crawl():
        pool = ExtractionPool(workers=1, timeout=20)
        await read(pool)  # warm
        pool._timeout = 1
        with monkeypatch.context() as patch:
            patch.setattr(pool_module, "_extract", trouble)
            (broken,) = await read(pool)
        pool._timeout = 20
        (next_one,) = await read(pool)
        await pool.close()
        return broken, next_one

    broken, next_one = run(crawl())
    assert (broken.article, broken.kind) == (None, kind)
    assert next_one.article.title == "عنوان الخبر"


CRAWL = """
import asyncio, os, sys
from crawler.extraction.pool import ExtractionPool
async def main():
    pool = ExtractionPool(workers=2)
    await asyncio.gather(*(pool.extract(b"<p>x</p>", "https://www.example.com/") for _ in range(4)))
    print("ready", flush=True)
    await asyncio.sleep(600)
if __name__ == "__main__":
    asyncio.run(main())
"""


def test_workers_end_with_a_crawl_that_is_killed(tmp_path):
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL)
    crawl = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert crawl.stdout.readline() == "ready\n"
    workers = psutil.Process(crawl.pid).children(recursive=True)
    assert len(workers) >= 2
    crawl.kill()
    crawl.wait()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
