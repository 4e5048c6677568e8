"""A front page: the feeds that its markup declares, and its own links to articles. For a site that declares nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scrapy.http import TextResponse

from crawler.addresses import is_under
from crawler.discovery.found import Found, absolute

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_COMMENTS = re.compile(r"/comments?/feed|comments?\.xml|[?&]feed=comments")
# A number or a date in the path, or words joined in one segment, are how systems name an article; one or two words
# name a section.
_NUMBER = re.compile(r"\d{3,}")
_WORDS = re.compile(r"[^-_\s]+(?:[-_\s][^-_\s]+){3,}")
_LISTS = re.compile(
    r"/(?:category|categories|tag|tags|topic|topics|author|authors|section|sections|page|search|archive|archives|login|"
    r"register|user|users|account|video|videos|gallery|wp-content|wp-json|feed|rss)(?:/|$)",
    re.IGNORECASE,
)
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml|ico|docx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a front page gives."""

    feeds: tuple[str, ...]
    found: tuple[Found, ...]


def read_front_page(response: TextResponse, domains: tuple[str, ...]) -> FrontPage:
    """Read a front page: its declared feeds but those of comments, and its links that look like articles'."""
    return FrontPage(tuple(dict.fromkeys(_feeds(response))), tuple(dict.fromkeys(_found(response, domains))))


def _feeds(response: TextResponse) -> Iterator[str]:
    for link in response.xpath("//link[@href and contains(concat(' ', @rel, ' '), ' alternate ')]"):
        kind = (link.attrib.get("type") or "").partition(";")[0].strip().lower()
        address = absolute(response.url, link.attrib["href"])
        if address and kind in _FEED_TYPES and not _COMMENTS.search(address):
            yield address


def _found(response: TextResponse, domains: tuple[str, ...]) -> Iterator[Found]:
    for href in response.css("a::attr(href)").getall():
        address = (absolute(response.url, href) or "").partition("#")[0]
        if is_under(address, domains) and looks_like_article(address):
            yield Found(address, response.url)


def looks_like_article(address: str) -> bool:
    """Whether an address is of the forms that systems give to articles; a guess that only fetching confirms."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme not in {"http", "https"} or path in {"", "/"} or _LISTS.search(path) or _FILES.search(path):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    return bool(_NUMBER.search(path) or _NUMBER.search(parts.query) or _WORDS.fullmatch(last))
