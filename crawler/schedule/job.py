"""One job in a process of its own, started by the scheduler and by workers (`crawler.schedule.children`).

It takes the job's lease itself and renews it as long as it lives: so a job whose scheduler or worker was killed goes
on, is seen to go on, and is not started twice.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Any

from pymongo.database import Database
from pymongo.errors import PyMongoError
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.cli import report, speak_utf8
from crawler.errors import UserError
from crawler.processes import holder
from crawler.schedule.guard import Guard
from crawler.store.connection import brief, open_database
from crawler.store.jobs import end_job, find_job, requeue_job, start_job
from crawler.store.leases import Heartbeat, release_lease, take_lease

Document = dict[str, Any]

BUSY = 75
"""Exit status (EX_TEMPFAIL, sysexits.h): another process holds the lease; nothing was done."""
_INTERRUPTED = 130
_AWAY = "store_failed"
"""Why a crawl ends whose database stays away: the job is begun anew, as if its process had died."""
_LIMITS = {"pages_limit", "closespider_timeout"}
"""Why a crawl ends that reached the bounds of one job."""

logger = logging.getLogger(__name__)


class JobProcess:
    """What this process does for one job."""

    def __init__(self, database: Database[Document], job: Document, settings: Settings, log_file: str | None) -> None:
        self.database = database
        self.job = job
        self.settings = settings
        self.log_file = log_file
        self.me = holder()
        self.guard = Guard(
            int(settings.getfloat("JOB_MEMORY") * 1024 * 1024), settings.getfloat("SCHEDULE_STOP_SECONDS")
        )
        self._lost = False

    def run(self) -> int:
        """Hold the lease, run the command, say what became of it; answers the exit status."""
        lease, seconds = self.job["lease"], self.settings.getfloat("LEASE_SECONDS")
        if held := take_lease(self.database, lease, seconds=seconds, job=self.job["_id"], site=self.job["site"]):
            print(f"{lease} is in work by {held['holder']} (job {held.get('job')})", file=sys.stderr)
            return BUSY
        try:
            if start_job(self.database, self.job["_id"], self.me, self.log_file) is None:
                return 0
            heartbeat = Heartbeat(self.database, lease, on_loss=self._end_lost, seconds=seconds)
            heartbeat.start()
            self.guard.start()
            status = self._execute()
            self._tell(status)
            heartbeat.stop()
        except KeyboardInterrupt:
            self._tell(status := _INTERRUPTED)
        finally:
            release_lease(self.database, lease, self.me)
        return status

    def _end_lost(self, why: str) -> None:
        self._lost = True
        self.guard.end(f"its lease is lost: {why}")

    def _execute(self) -> int:
        """Scrapy's own way from a command line to its end."""
        from scrapy.cmdline import execute

        command = list(self.job["command"])
        if command[0] == "crawl":
            command += self._settings_of_a_crawl()
        else:
            self.guard.end_after(self.settings.getfloat("JOB_SECONDS"))
        try:
            execute(["scrapy", *command])
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
        except KeyboardInterrupt:
            return _INTERRUPTED
        return 0

    def _settings_of_a_crawl(self) -> list[str]:
        own = {
            "CRAWL_REASON": self.job["why"],
            "CLOSESPIDER_TIMEOUT": f"{self.settings.getfloat('JOB_SECONDS'):g}",
            "LOG_FILE": self.log_file,
        }
        given = {pair.split("=", 1)[0] for pair in self.job["command"] if "=" in pair}
        pages = self.settings.getint("JOB_PAGES")
        if pages and not self.settings.getint("PAGES_LIMIT"):
            own["PAGES_LIMIT"] = str(pages)
        if "NABA_EXTRACTION_WORKERS" not in os.environ and self.job["site"]:
            own["EXTRACTION_WORKERS"] = "1"  # a site gets one request at a time: one reader keeps up
        wanted = [f"{name}={value}" for name, value in own.items() if value and name not in given]
        return [word for pair in wanted for word in ("-s", pair)]

    def _tell(self, status: int) -> None:
        """Write the job's end, or that it is to go on."""
        crawl = self.database["crawls"].find_one({"process": self.me}, {"reason": 1}, sort=[("started_at", -1)])
        reason = (crawl or {}).get("reason")
        job_id = self.job["_id"]
        if self._lost or reason == _AWAY:
            return  # whoever has the lease next says what becomes of the job
        if self.guard.is_over_time and self.job["to_the_end"] and status:
            requeue_job(self.database, job_id, self.me, why=self.guard.reason or "", part=True)
        elif self.guard.reason and status:
            end_job(self.database, job_id, self.me, status=1, reason=self.guard.reason, crawl=(crawl or {}).get("_id"))
        elif status == _INTERRUPTED:
            requeue_job(self.database, job_id, self.me, why="stopped")
        elif reason in _LIMITS and self.job["to_the_end"]:
            requeue_job(self.database, job_id, self.me, why=reason, part=True)
        else:
            done = 0 if reason in _LIMITS else status
            end_job(self.database, job_id, self.me, status=done, reason=reason, crawl=(crawl or {}).get("_id"))


def main(arguments: list[str]) -> int:
    """Run the job of this id."""
    job_id, log_file = arguments[0], arguments[1] if len(arguments) > 1 else None
    speak_utf8()
    settings = get_project_settings()
    try:
        with open_database(settings) as connection:
            database = connection.database()
            job = find_job(database, job_id)
            if job is None or job["state"] in {"done", "failed"}:
                return 0
            return JobProcess(database, job, settings, log_file and str(Path(log_file).resolve())).run()
    except UserError as error:
        report(error)
    except PyMongoError as error:
        report(UserError(f"MongoDB does not answer: {brief(error)}"))
    except KeyboardInterrupt:  # before the job was begun: it stays as it was
        return _INTERRUPTED
    return 1
