"""What long-running commands do for the watching: answer Prometheus, look after what died, tell what waits."""

import contextlib
import logging
import threading
from collections.abc import Iterator

from pymongo.errors import PyMongoError
from scrapy.settings import BaseSettings

from crawler.errors import UserError
from crawler.store.connection import Connection, brief
from crawler.watch.channels import channels
from crawler.watch.metrics import serve_metrics
from crawler.watch.rounds import tick

logger = logging.getLogger(__name__)

_SECONDS = 60.0


@contextlib.contextmanager
def watching(settings: BaseSettings, connection: Connection, *, seconds: float = _SECONDS) -> Iterator[None]:
    """Within the block, runs that died are found once a minute, and metrics are served where METRICS_PORT is set.

    A port that is taken is no reason not to crawl: it is warned of.

    Args:
        settings: ALARM_... and METRICS_...
        connection: held by whoever runs the block, its collections in place.
        seconds: between two looks.

    Raises:
        UserError: for a channel that cannot be.
    """
    channels(settings)
    ending = threading.Event()

    def look() -> None:
        while not ending.wait(seconds):
            try:
                tick(connection.database(), settings)
            except (PyMongoError, UserError) as error:
                logger.warning("nobody could look after dead runs and untold alarms: %s", brief(error))

    server = None
    try:
        server = serve_metrics(settings)
    except UserError as error:  # a worker beside the scheduler: all of them would tell the same
        logger.warning("no metrics are served here: %s", error)
    thread = threading.Thread(target=look, daemon=True, name="watch")
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(seconds)
        if server is not None:
            server.close()
