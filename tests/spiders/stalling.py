"""A newspaper whose crawl never comes to its first request: something that is opened with it takes for ever."""

import asyncio

from scrapy import signals

from tests.spiders.local import Local


class Stalling(Local):
    """Al-Mizan (الميزان), never asked."""

    name = "stalling"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stall, signals.spider_opened)
        return spider

    async def stall(self):
        await asyncio.Event().wait()
