"""What Scrapy logs of each page, in one line."""

from typing import Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from scrapy.logformatter import LogFormatterResult
from twisted.python.failure import Failure


class LogFormatter(logformatter.LogFormatter):
    """Names an article by its address: Scrapy's own would print its whole text."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """A line for an article that was stored."""
        return super().scraped(_name(item), response, spider)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """A line for an article that was dropped, and why."""
        return super().dropped(_name(item), exception, response, spider)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """A line for an article that a pipeline failed on."""
        return super().item_error(_name(item), exception, response, spider)


def _name(item: Any) -> str:
    return str(getattr(item, "url", item))
