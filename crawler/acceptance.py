"""What is an article of Arabic news, of all that extraction gives."""

from datetime import timedelta
from urllib.parse import urlsplit

from crawler.arabic.languages import arabic_share
from crawler.items import Article

# Share of Arabic letters among all letters. Mixed technical articles have more; a paper's French edition has none.
_ARABIC_SHARE = 0.3
_FUTURE = timedelta(days=1)


def refusal(article: Article) -> tuple[str, str] | None:
    """(reason, detail) of an article that is not taken; None for one that is."""
    if urlsplit(article.url).scheme not in {"http", "https"}:
        return "invalid_url", "not an http(s) address"
    if arabic_share(article.body) < _ARABIC_SHARE:
        return "not_arabic", f"language {article.language}"
    return None


def drop_future(article: Article) -> bool:
    """Drop a date of publication that lies in the future: a wrong date is worse than none. Its text stays."""
    if article.published_at and article.fetched_at and article.published_at > article.fetched_at + _FUTURE:
        article.published_at = None
        return True
    return False
