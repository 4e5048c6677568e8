"""A worker: takes jobs' ids from the broker and runs each job in a process of its own.

A message is acknowledged after its job ended, or after it was sent anew: a worker that is killed with messages in hand
leaves them to others. What becomes of the job is told by the job's own process, in `jobs`.
"""

import logging
import random
import signal
import sys
import threading
import time
from datetime import datetime
from types import FrameType
from typing import Any

from pymongo.database import Database
from pymongo.errors import PyMongoError

from crawler.schedule.broker import Broker, BrokerAwayError
from crawler.schedule.children import Child, Children
from crawler.schedule.dispatch import note_if_not_begun
from crawler.schedule.job import BUSY
from crawler.store.connection import brief
from crawler.store.jobs import find_job
from crawler.store.leases import live_leases

Document = dict[str, Any]

_LOOK = 0.1
"""Seconds between two looks at a job's process."""
_BUSY_SECONDS = (3.0, 8.0)
"""After how long a job is tried again whose site another works on: some time between."""
_TROUBLE_SECONDS = 10.0

logger = logging.getLogger(__name__)


class Worker:
    """Runs until it is told to stop."""

    def __init__(
        self, database: Database[Document], broker: Broker, children: Children, *, processes: int, stop_seconds: float
    ) -> None:
        self.database = database
        self.broker = broker
        self.children = children
        self.stop_seconds = stop_seconds
        self.signals = 0
        self.processes = processes
        self._wake = threading.Event()
        self._worker = broker.worker(self.work, processes)

    def listen(self) -> None:
        """End on SIGTERM and Ctrl-C."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def stop(self, *_: int | FrameType | None) -> None:
        """Take no more jobs and end; called again: at once."""
        self.signals += 1
        self._wake.set()

    def run(self) -> None:
        """Work until `stop`; then ask what runs to end, and give back what was not begun."""
        self._worker.start()
        say(f"{self.processes} crawls at once, from {self.broker.url}")
        try:
            while not self._wake.wait(1.0):
                pass
            for thread in self._worker.workers:
                thread.stop()
            self.children.stop(self.stop_seconds, at_once=lambda: self.signals > 1)
        finally:
            self._worker.stop(timeout=10_000)
            self.broker.close()

    # --- one message

    def work(self, job_id: str) -> None:
        """Run a job, unless it is done or another works on its site; whatever is left of it is sent anew."""
        try:
            delay = self._run(job_id)
        except PyMongoError as error:
            logger.warning("MongoDB does not answer, the job waits: %s", brief(error))
            delay = _TROUBLE_SECONDS
        except Exception:
            logger.exception("the job %s waits", job_id)
            delay = _TROUBLE_SECONDS
        if delay is not None:
            self._again(job_id, delay)

    def _run(self, job_id: str) -> float | None:
        """Seconds after which the job is to be tried again; None: it is over."""
        job = find_job(self.database, job_id)
        if job is None or job["state"] in {"done", "failed"}:
            return None
        if self.signals:
            return 0.0
        if job["lease"] in live_leases(self.database):
            return random.uniform(*_BUSY_SECONDS)  # noqa: S311 - no secret
        child = self.children.start(job)
        say(f"{job_id}: started ({job['why']})")
        status = self._wait(child)
        if status == BUSY:
            return random.uniform(*_BUSY_SECONDS)  # noqa: S311
        if status:
            note_if_not_begun(self.database, child)
        after = find_job(self.database, job_id)
        if after is None or after["state"] in {"done", "failed"}:
            say(f"{job_id}: {after['state'] if after else 'gone'} ({(after or {}).get('reason') or 'no reason'})")
            return None
        say(f"{job_id}: to be gone on with ({after.get('reason') or f'its process ended with status {status}'})")
        begun = after["state"] == "queued" and after.get("process")
        return 0.0 if begun else _TROUBLE_SECONDS / 10

    def _wait(self, child: Child) -> int:
        while (status := child.status()) is None:
            time.sleep(_LOOK)
            self.children.kill_late()
        self.children.running.pop(child.job["_id"], None)
        return status

    def _again(self, job_id: str, delay: float) -> None:
        """Send the job anew. Its message is acknowledged after that, so the broker is asked until it answers."""
        while True:
            try:
                self.broker.send([job_id], delay=delay)
            except BrokerAwayError as error:
                logger.warning("%s", error)
                if self._wake.wait(_TROUBLE_SECONDS / 2):
                    return  # ends without an acknowledgement: the broker gives the message to another
            else:
                return


def say(text: str) -> None:
    """Tell a line."""
    print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr, flush=True)  # noqa: DTZ005 - the reader's clock
