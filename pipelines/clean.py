"""First stage: what is no article of Arabic news is dropped, with a counted reason."""

from typing import Any, Self

from itemadapter import ItemAdapter
from pydantic import ValidationError
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.acceptance import drop_future, refusal
from crawler.items import Article
from crawler.store.session import StoreSession


class Clean:
    """Validates and normalises: what leaves it is a valid `Article` whose text is mostly Arabic script."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage of one crawl."""
        return cls(crawler)

    def process_item(self, item: Any) -> Article:
        """Pass the article on.

        Raises:
            DropItem: counted as `articles/dropped/<reason>`.
        """
        try:
            article = item if isinstance(item, Article) else Article.model_validate(ItemAdapter(item).asdict())
        except ValidationError as error:
            first = error.errors()[0]
            raise self._dropped(item, f"invalid_{'_'.join(map(str, first['loc']))}", first["msg"]) from None
        if refused := refusal(article):
            raise self._dropped(article, *refused)
        if drop_future(article):
            self.crawler.stats.inc_value("field/published_at/in_future")
        return article

    def _dropped(self, item: Any, reason: str, detail: str) -> DropItem:
        self.crawler.stats.inc_value(f"articles/dropped/{reason}")
        if session := self.crawler.get_extension(StoreSession):
            address = ItemAdapter(item).get("url") if ItemAdapter.is_item(item) else None
            session.note(str(address), f"dropped/{reason}", detail)
        return DropItem(f"{reason}: {detail}")
