"""The broker between scheduler and workers: Dramatiq on Redis or RabbitMQ.

A message is a job's id; all else stands in `jobs`. So a message that comes twice, or long after, does no harm.
"""

import logging
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from crawler.errors import UserError
from crawler.store.connection import Connection, hide_password

if TYPE_CHECKING:
    import dramatiq

PRIVATE = {"MONGODB_URI", "MONGODB_DATABASE", "NABA_DATA", "BROKER_URL", "TIMETABLE"}
"""Settings of one machine: jobs run with those of the machine that they come to."""
_ACTOR = "job"
_SCHEMES = ("redis", "rediss", "unix", "amqp", "amqps")
_CHORES_PER_MILLION = 200_000
"""Of its commands on which Dramatiq looks for workers that are gone; its own 1,000 would find them minutes later."""
_SOCKET_SECONDS = 10.0
_LEAST_SILENCE = 5.0
"""Seconds; a worker says something every second, if it gets its turn."""

logger = logging.getLogger(__name__)


class BrokerAwayError(Exception):
    """The broker did not take a message; it may later."""


class Broker:
    """One database's queue of jobs."""

    def __init__(self, url: str, database: str, *, silence: float) -> None:
        """Open it; nothing is asked of the server yet.

        Args:
            url: redis://, rediss://, unix:// or amqp://, amqps://.
            database: whose jobs; several databases may share a broker.
            silence: seconds after which a worker that tells Redis nothing is taken for gone.

        Raises:
            UserError: when Dramatiq is not installed, or the address is none.
        """
        self.url = hide_password(url)
        scheme = urlsplit(url).scheme
        if scheme not in _SCHEMES:
            raise UserError(
                f"BROKER_URL={self.url} is no broker: write redis://host:6379/0 or amqp://user:...@host:5672/"
            )
        self.queue = "naba_" + re.sub(r"[^A-Za-z0-9._-]", "_", database)
        try:
            import dramatiq

            self.errors, self.broker = _amqp(url) if scheme.startswith("amqp") else _redis(url, silence)
        except ModuleNotFoundError as error:
            raise UserError(f"for BROKER_URL {error.name} must be installed: pip install 'naba[workers]'") from None
        except (ValueError, TypeError) as error:
            raise UserError(f"BROKER_URL={self.url} is no address: {error}") from None
        self._message = dramatiq.Message
        self.broker.declare_queue(self.queue)

    def check(self) -> None:
        """Make sure that the broker answers.

        Raises:
            UserError: when it does not; one line that says what to do.
        """
        try:
            if hasattr(self.broker, "client"):
                self.broker.client.ping()
            else:
                self.broker.declare_queue(self.queue, ensure=True)
        except self.errors as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise UserError(
                f"the broker at {self.url} cannot be used ({why}): start it, or unset BROKER_URL to run all here"
            ) from None

    def send(self, job_ids: Iterable[str], *, delay: float = 0.0) -> None:
        """Tell the workers of jobs, now or after so many seconds.

        Raises:
            BrokerAwayError: when the broker did not take one.
        """
        for job_id in job_ids:
            message: Any = self._message(
                queue_name=self.queue, actor_name=_ACTOR, args=(job_id,), kwargs={}, options={}
            )
            try:
                self.broker.enqueue(message, delay=int(delay * 1000) or None)
            except self.errors as error:
                raise BrokerAwayError(f"the broker at {self.url} does not answer: {type(error).__name__}") from error

    def worker(self, work: Callable[[str], None], threads: int) -> "dramatiq.Worker":
        """A Dramatiq worker that calls `work` with jobs' ids, so many at once; a message is acknowledged after it."""
        import dramatiq

        dramatiq.actor(actor_name=_ACTOR, queue_name=self.queue, broker=self.broker)(work)
        worker = dramatiq.Worker(self.broker, queues={self.queue}, worker_threads=threads, worker_timeout=500)
        # What is in work counts: nothing waits behind a long crawl that another worker could do now.
        worker.queue_prefetch = threads
        return worker

    def close(self) -> None:
        """Let the broker go."""
        self.broker.close()


def open_broker(settings: BaseSettings, connection: Connection) -> Broker | None:
    """The broker that BROKER_URL names, for this database's jobs; None without one.

    Raises:
        UserError: as `Broker`.
    """
    url = settings["BROKER_URL"]
    silence = max(_LEAST_SILENCE, settings.getfloat("LEASE_SECONDS") / 4)
    return Broker(url, connection.name, silence=silence) if url else None


def _redis(url: str, silence: float) -> tuple[tuple[type[Exception], ...], Any]:
    import redis
    from dramatiq.brokers.redis import RedisBroker
    from dramatiq.errors import BrokerConnectionError

    broker = RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq's
        url=url,
        namespace="naba",
        middleware=[],
        heartbeat_timeout=int(silence * 1000),
        maintenance_chance=_CHORES_PER_MILLION,
    )
    broker.client.connection_pool.connection_kwargs.setdefault("socket_connect_timeout", _SOCKET_SECONDS)
    return (redis.RedisError, BrokerConnectionError, OSError), broker


def _amqp(url: str) -> tuple[tuple[type[Exception], ...], Any]:
    import pika.exceptions
    from dramatiq.brokers.rabbitmq import RabbitmqBroker
    from dramatiq.errors import BrokerConnectionError

    logging.getLogger("pika").setLevel(logging.CRITICAL)  # it tells each failed attempt in twenty lines
    broker = RabbitmqBroker(url=url, middleware=[], confirm_delivery=True)
    return (pika.exceptions.AMQPError, BrokerConnectionError, OSError), broker
