"""Warm worker processes that read pages, so that the crawl's event loop never waits for one.

Read inline, a page stalls the loop for up to seconds, and threads are slower still, since they share one
interpreter lock with the loop. A worker that dies or hangs costs the page that it had, and nothing else.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from typing import Any, Self, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler.extraction.result import Extraction
from crawler.extraction.rules import Site

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


def _end_with_parent() -> None:
    """End this worker when the crawl dies, however it dies: a worker blocked on its queue would never notice."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


def _warm() -> None:
    """Pay for the imports before the first page comes."""
    # Ctrl-C goes to every process of the terminal: the crawl ends in order, and needs its workers for that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    from crawler.extraction import extract  # the parent need not import Trafilatura

    extract(b"<html><body><p></p></body></html>", "http://localhost/")


def _extract(page: bytes, url: str, site: Site | None, options: dict[str, Any]) -> Extraction:
    from crawler.extraction import extract

    begin = time.perf_counter()
    extraction = extract(page, url, site, **options)
    return replace(extraction, seconds=time.perf_counter() - begin)


class WorkerDiedError(Exception):
    """A task ended its worker; `kind` is 'worker died' or 'timeout'."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class _Worker:
    """One process that is replaced when it breaks. An executor of its own keeps a death from reaching the others."""

    def __init__(self, pages: int) -> None:
        # Fork is not safe beside the loop's threads; forkserver pays for the imports once for all workers.
        self._context = multiprocessing.get_context(
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        if self._context.get_start_method() == "forkserver":
            self._context.set_forkserver_preload(["crawler.extraction.reading"])
        self._pages = pages
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, self._context, initializer=_warm, max_tasks_per_child=self._pages)

    async def run(self, task: Callable[[], Result], seconds: float) -> Result:
        """Run the task here.

        Raises:
            BrokenProcessPool: the worker died of it.
            TimeoutError: it took longer than `seconds`; the worker was killed.
        """
        try:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._executor, task), seconds)
        except (BrokenProcessPool, TimeoutError):
            self._replace()
            raise

    def _replace(self) -> None:
        self.kill()
        self._executor = self._start()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        processes = list((self._executor._processes or {}).values())  # noqa: SLF001 - no public way until kill_workers() of 3.14
        for process in processes:
            process.kill()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the process after what it does now."""
        self._executor.shutdown(wait=True, cancel_futures=True)


def cores(settings: BaseSettings) -> int:
    """Workers of what has the machine for itself, no crawl beside it: all cores, unless the user set a number."""
    priority = settings.getpriority("EXTRACTION_WORKERS") or 0
    if os.environ.get("NABA_EXTRACTION_WORKERS") or priority > SETTINGS_PRIORITIES["project"]:
        return settings.getint("EXTRACTION_WORKERS")
    return os.cpu_count() or 1


class ExtractionPool:
    """A bounded number of workers; a page waits until one is free, so memory stays flat.

    Args:
        workers: processes; one at least.
        timeout: seconds that one page may take.
        pages_per_worker: pages after which a process is replaced by a fresh one.
    """

    def __init__(self, workers: int = 2, timeout: float = 30.0, pages_per_worker: int = 2000) -> None:
        self._timeout = timeout
        self._workers = [_Worker(pages_per_worker) for _ in range(max(1, workers))]
        self._free: asyncio.LifoQueue[_Worker] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pool of one crawl; closed when its spider is."""
        settings = crawler.settings
        pool = cls(
            settings.getint("EXTRACTION_WORKERS"),
            settings.getfloat("EXTRACTION_TIMEOUT"),
            settings.getint("EXTRACTION_PAGES_PER_WORKER"),
        )
        crawler.signals.connect(pool.close, signals.spider_closed)
        return pool

    async def extract(
        self,
        page: bytes,
        url: str,
        site: Site | None = None,
        **options: Any,
    ) -> Extraction:
        """`crawler.extraction.extract` in a worker, with its options. A death or a timeout is the page's error."""
        try:
            return await self.call(partial(_extract, page, url, site, options))
        except WorkerDiedError as death:
            seconds = self._timeout if death.kind == "timeout" else 0.0
            return Extraction(url, None, str(death), death.kind, seconds=seconds)

    async def call(self, task: Callable[[], Result], seconds: float | None = None) -> Result:
        """Run any task in a worker, when one is free.

        Args:
            task: module-level function with its arguments (functools.partial): it travels there, its answer back.
            seconds: that it may take; None: what one page may.

        Raises:
            WorkerDiedError: the worker died of it, or it took longer.
        """
        if self._free is None:  # made here: a queue belongs to the loop that runs
            self._free = asyncio.LifoQueue()
            for worker in self._workers:
                self._free.put_nowait(worker)
        seconds = self._timeout if seconds is None else seconds
        worker = await self._free.get()
        try:
            return await worker.run(task, seconds)
        except BrokenProcessPool:
            raise WorkerDiedError("worker died", "the worker process died of this page") from None
        except TimeoutError:
            raise WorkerDiedError("timeout", f"the page took longer than {seconds:g} s") from None
        finally:
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """End the workers."""
        await asyncio.gather(*(asyncio.to_thread(worker.close) for worker in self._workers))

    def kill(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.kill()
