"""Second stage: is this article stored already, under this address or another, or is it a copy of what is stored?

The answer travels with the article to the last stage, which writes it as new, changed, unchanged or as one more
address of the article that has this text. It is asked again there when another process was faster.

Copies on other sites, and lightly edited ones, are tied together by the last stage (DEDUPLICATE = "link"), or dropped
here ("drop").
"""

import logging
from dataclasses import dataclass
from typing import Any, Self

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import PyMongoError
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Article
from crawler.store.connection import brief
from crawler.store.matching import Match, match
from crawler.store.patience import Patience
from crawler.store.session import StoreSession
from crawler.store.stories import Stories

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Matched:
    """An article with what is stored of it; passes between this stage and the last."""

    article: Article
    match: Match | None
    """None when the server gave no answer: the last stage asks again, waits for it, and tells when there is none."""


class Deduplicate:
    """Matches each article with what is stored, by canonical address, then by exact text within the site."""

    def __init__(self, crawler: Crawler, session: StoreSession) -> None:
        self.crawler = crawler
        self.session = session
        self.articles: AsyncCollection[dict[str, Any]]
        self.stories: Stories | None = None
        self.patience = Patience(crawler.settings.getfloat("STORE_PATIENCE"), session.is_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage of one crawl."""
        return cls(crawler, StoreSession.of(crawler))

    async def open_spider(self) -> None:
        """Open the collection."""
        database = await self.session.database()
        self.articles = database["articles"]
        if self.crawler.settings["DEDUPLICATE"] == "drop":
            self.stories = Stories(database)

    async def process_item(self, article: Article) -> Matched:
        """Look the article up.

        Raises:
            DropItem: for a copy where copies are not wanted; counted as `articles/dropped/copy`.
        """
        if self.session.is_stopped():
            return Matched(article, None)
        try:
            if self.stories is None:
                (found,) = await match(self.articles, [article])
                return Matched(article, found)
            # Waits here: the last stage asks again what is stored, but not what is a copy.
            found, copy = await self.patience.call(self._match_and_find_copy, self.stories, article)
        except PyMongoError as error:
            if self.stories is not None and not self.patience.is_lost:
                logger.warning("kept, though it may be a copy: %s: %s", article.url, brief(error))
            return Matched(article, None)
        if copy is not None:
            self.crawler.stats.inc_value("articles/dropped/copy")
            self.session.note(article.url, "dropped/copy", f"the story of {copy['url']}")
            raise DropItem(f"copy: the story of {copy['url']}")
        return Matched(article, found)

    async def _match_and_find_copy(self, stories: Stories, article: Article) -> tuple[Match, dict[str, Any] | None]:
        """What is stored of the article; and of its story, unless it is stored: then it stays, copy or not."""
        (found,) = await match(self.articles, [article])
        return found, None if found.stored else await stories.find_copy(article)
