"""Crawls the kiosk's papers one after the other in one process: a paper's name a line in, its run's id a line out.

A process a crawl costs two seconds of imports, which a week of thirty papers cannot pay; the crawl itself is the one
that `scrapy crawl` runs.
"""

import asyncio
import os
import sys
from typing import Any

# What else is imported is imported in the functions: each worker process that reads pages imports this module anew.
_OWN = {
    "SPIDER_MODULES": ["benchmarks.schedule.spiders"],
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
    "REREAD_AFTER": "",  # a week's second readings would be due at once
    "ARCHIVE_ENABLED": False,
    "EXTRACTION_WORKERS": 1,
    "STORE_INTERVAL": 0.02,
    "LOG_LEVEL": "ERROR",
}


async def _work() -> None:
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.utils.project import get_project_settings

    from crawler.catalogue import spiders
    from crawler.store.session import StoreSession

    settings = get_project_settings()
    for name, value in _OWN.items():
        settings.set(name, value, priority="cmdline")
    known = spiders(settings)
    runner = AsyncCrawlerRunner(settings)
    while name := (await asyncio.to_thread(sys.stdin.readline)).strip():
        crawler = runner.create_crawler(known[name])
        await runner.crawl(crawler)
        print(StoreSession.of(crawler).crawl_id, flush=True)


def main() -> None:
    """Crawl until there are no more names."""
    from scrapy.utils.reactor import install_reactor

    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed
    from twisted.internet.defer import Deferred

    reactor: Any = installed  # a module that stands for an object

    def begin() -> None:
        Deferred.fromFuture(asyncio.ensure_future(_work())).addBoth(end)

    def end(result: object) -> None:
        if result is not None:
            print(result, file=sys.stderr)
        reactor.stop()

    reactor.callWhenRunning(begin)
    reactor.run()


if __name__ == "__main__":
    main()
