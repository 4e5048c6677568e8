"""First stage: what is no article of Arabic news is dropped, with a counted reason."""

from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from itemadapter import ItemAdapter
from pydantic import ValidationError
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Article
from crawler.store.session import StoreSession

# Share of Arabic letters among all letters. Mixed technical articles have more; a paper's French edition has none.
_ARABIC_SHARE = 0.3
_FUTURE = timedelta(days=1)


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
        if urlsplit(article.url).scheme not in {"http", "https"}:
            raise self._dropped(article, "invalid_url", "not an http(s) address")
        if arabic_share(article.body) < _ARABIC_SHARE:
            raise self._dropped(article, "not_arabic", f"language {article.language}")
        if article.published_at and article.fetched_at and article.published_at > article.fetched_at + _FUTURE:
            # A wrong date is worse than none; the text that it was read from stays.
            self.crawler.stats.inc_value("field/published_at/in_future")
            article.published_at = None
        return article

    def _dropped(self, item: Any, reason: str, detail: str) -> DropItem:
        self.crawler.stats.inc_value(f"articles/dropped/{reason}")
        if session := self.crawler.get_extension(StoreSession):
            address = ItemAdapter(item).get("url") if ItemAdapter.is_item(item) else None
            session.note(str(address), f"dropped/{reason}", detail)
        return DropItem(f"{reason}: {detail}")


def arabic_share(text: str) -> float:
    """Share of letters of the Arabic script among a text's letters; 0 for a text without letters."""
    letters = [char for char in text[:20_000] if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in letters)
    return arabic / len(letters) if letters else 0.0
