"""Second stage: is this article stored already, under this address or another?

The answer travels with the article to the last stage, which writes it as new, changed, unchanged or as one more
address of the article that has this text. It is asked again there when another process was faster.
"""

from dataclasses import dataclass
from typing import Any, Self

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import AutoReconnect
from scrapy.crawler import Crawler

from crawler.items import Article
from crawler.store.articles import Match, match
from crawler.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Matched:
    """An article with what is stored of it; passes between this stage and the last."""

    article: Article
    match: Match | None
    """None when the server was away: the last stage asks again, and waits for it."""


class Deduplicate:
    """Matches each article with what is stored, by canonical address, then by exact text within the site."""

    def __init__(self, session: StoreSession) -> None:
        self.session = session
        self.articles: AsyncCollection[dict[str, Any]]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage of one crawl."""
        return cls(StoreSession.of(crawler))

    async def open_spider(self) -> None:
        """Open the collection."""
        self.articles = (await self.session.database())["articles"]

    async def process_item(self, article: Article) -> Matched:
        """Look the article up."""
        if self.session.is_stopped():
            return Matched(article, None)
        try:
            (found,) = await match(self.articles, [article])
        except AutoReconnect:
            return Matched(article, None)
        return Matched(article, found)
