"""Prometheus metrics, made of `crawls` and `alarms` when they are asked for: they outlive every process."""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from pymongo.database import Database
from pymongo.errors import PyMongoError
from scrapy.settings import BaseSettings

from crawler.errors import UserError
from crawler.store.connection import brief, open_database
from crawler.store.crawls import latest_crawls
from crawler.watch.alarms import open_alarms
from crawler.watch.telling import untold

Document = dict[str, Any]

logger = logging.getLogger(__name__)

_KINDS = ("found", "fetched", "new", "updated", "unchanged", "duplicate", "dropped", "failed")
_FRESH_SECONDS = 5.0
"""Two scrapers, or an impatient one, cost the database no more than one."""


_LATE = timedelta(minutes=15)
"""Clocks of machines differ: a run that ended so long before the last one may be written after it."""


_MANY = 50_000


class Totals:
    """Sums over all runs that ended, a site: added up once, then only what ended since is."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self.seen: dict[str, datetime] = {}
        self.runs: dict[tuple[str, str], int] = {}
        self.articles: dict[tuple[str, str], int] = {}

    def add(self, database: Database[Document]) -> None:
        """Add the runs that ended, or were found dead, since the last time."""
        queries: list[Document] = [{"ended_at": {"$ne": None}}]
        if self.until is not None:
            since = {"$gte": self.until - _LATE}
            queries = [{"ended_at": since}, {"died_found_at": since}]
        fields = dict.fromkeys(
            ["site", "reason", "ended_at", "died_found_at", *(f"counts.{kind}" for kind in _KINDS)], 1
        )
        for query in queries:
            for row in database["crawls"].find(query, fields):
                told_at = row.get("died_found_at") or row["ended_at"]
                if row["_id"] not in self.seen:
                    self._add(row)
                self.seen[row["_id"]] = told_at
                self.until = max(self.until or told_at, told_at)
                if len(self.seen) > _MANY:
                    self._forget()
        self._forget()

    def _forget(self) -> None:
        """Forget runs that cannot be met again: memory does not grow with the collection."""
        if self.until is not None:
            self.seen = {crawl: at for crawl, at in self.seen.items() if at >= self.until - _LATE}

    def _add(self, row: Document) -> None:
        place = (row["site"], row["reason"] or "")
        self.runs[place] = self.runs.get(place, 0) + 1
        for kind in _KINDS:
            kinds = (row["site"], kind)
            self.articles[kinds] = self.articles.get(kinds, 0) + row["counts"].get(kind, 0)


class NabaCollector(Collector):
    """What Prometheus is told."""

    def __init__(self, database: Database[Document]) -> None:
        self.database = database
        self.totals = Totals()
        self.lock = threading.Lock()
        self.told: list[Metric] = []
        self.told_at = -_FRESH_SECONDS

    def describe(self) -> list[Metric]:
        """Nothing: a registration must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The metrics as of now; `naba_up 0` and nothing else while the database is away."""
        with self.lock:
            if time.monotonic() - self.told_at >= _FRESH_SECONDS:
                self.told = self._metrics()
                self.told_at = time.monotonic()
            yield from self.told

    def _metrics(self) -> list[Metric]:
        up = GaugeMetricFamily("naba_up", "Whether the database answers.")
        try:
            metrics = [*self._last_runs(), *self._sums(), *self._alarms()]
        except PyMongoError as error:
            logger.warning("metrics: the database is away: %s", brief(error))
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        return [up, *metrics]

    def _last_runs(self) -> list[Metric]:
        started = GaugeMetricFamily(
            "naba_last_crawl_start_timestamp_seconds", "Start of the last crawl.", labels=["site"]
        )
        ended = GaugeMetricFamily(
            "naba_last_crawl_end_timestamp_seconds", "End of the last crawl; 0: it runs.", labels=["site"]
        )
        newest = GaugeMetricFamily(
            "naba_newest_article_timestamp_seconds", "Publication of the newest article.", labels=["site"]
        )
        latency = GaugeMetricFamily("naba_last_crawl_answer_seconds", "Median of the site's answers.", labels=["site"])
        for site, crawl in latest_crawls(self.database).items():
            started.add_metric([site], crawl["started_at"].timestamp())
            ended.add_metric([site], crawl["ended_at"].timestamp() if crawl["ended_at"] else 0)
            if crawl.get("newest_at"):
                newest.add_metric([site], crawl["newest_at"].timestamp())
            if (median := (crawl.get("answers") or {}).get("median")) is not None:
                latency.add_metric([site], median)
        return [started, ended, newest, latency]

    def _sums(self) -> list[Metric]:
        self.totals.add(self.database)
        runs = CounterMetricFamily("naba_crawls", "Crawls that ended.", labels=["site", "reason"])
        articles = CounterMetricFamily("naba_articles", "What became of articles.", labels=["site", "kind"])
        for labels, count in self.totals.runs.items():
            runs.add_metric(labels, count)
        for labels, count in self.totals.articles.items():
            articles.add_metric(labels, count)
        return [runs, articles]

    def _alarms(self) -> list[Metric]:
        since = GaugeMetricFamily("naba_alarm_since_timestamp_seconds", "Open alarms.", labels=["site", "check"])
        count = GaugeMetricFamily("naba_alarms_open", "How many alarms are open.")
        waiting = GaugeMetricFamily(
            "naba_messages_untold", "Messages that a channel failed to tell.", labels=["channel"]
        )
        alarms = open_alarms(self.database)
        for alarm in alarms:
            since.add_metric([alarm["site"], alarm["check"]], alarm["since"].timestamp())
        count.add_metric([], len(alarms))
        channels: dict[str, int] = {}
        for message in untold(self.database):
            channels[message["channel"]] = channels.get(message["channel"], 0) + 1
        for channel, number in channels.items():
            waiting.add_metric([channel], number)
        return [since, count, waiting]


class MetricsServer:
    """Answers Prometheus until it is closed."""

    def __init__(self, server: WSGIServer, thread: threading.Thread, close: Any) -> None:
        self.port: int = server.server_port
        self._server, self._thread, self._close = server, thread, close

    def close(self) -> None:
        """Stop answering, and let the database go."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._close()


def serve_metrics(settings: BaseSettings, *, port: int | None = None) -> MetricsServer | None:
    """Serve /metrics from a thread of its own; for whoever runs for long.

    Args:
        settings: METRICS_PORT (0: nothing is served), METRICS_HOST, and the database's.
        port: instead of METRICS_PORT; 0 takes any that is free.

    Raises:
        UserError: when the port is taken, or the database cannot be reached.
    """
    if port is None and not (port := settings.getint("METRICS_PORT")):
        return None
    connection = open_database(settings)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(NabaCollector(connection.database()))
    host = settings["METRICS_HOST"]
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except (OSError, OverflowError) as error:
        connection.close()
        raise UserError(f"METRICS_PORT={port}: {host}:{port} cannot be listened on ({error})") from None
    logger.info("metrics at http://%s:%d/metrics", host, server.server_port)
    return MetricsServer(server, thread, connection.close)
