"""What makes two readings the same article: its address, or its text within one site."""

import hashlib
from dataclasses import dataclass

from crawler.addresses import KEY_BYTES, address_key
from crawler.arabic.letters import words
from crawler.items import Article

SHORT_TEXT = 50
"""Words. A shorter body (a prayer timetable, a two-line item) may stand under several headlines and days without
being the same article, so for it the headline and the day count too."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Keys of one reading."""

    key: bytes
    """Of the canonical address; the article's `_id`."""
    alternative: bytes
    """Of the address as fetched; equal to `key` when the page names no other."""
    text_hash: bytes
    """Of the folded words of the text: spelling variants, harakat, tatweel and white space make no difference."""


def text_hash(article: Article) -> bytes:
    """16 bytes of the SHA-256 of the body's folded words."""
    body = words(article.body)
    parts = [" ".join(body)]
    if len(body) < SHORT_TEXT:
        parts += [
            " ".join(words(article.title)),
            article.published_at.date().isoformat() if article.published_at else "",
        ]
    return hashlib.sha256("\0".join(parts).encode()).digest()[:KEY_BYTES]


def identify(article: Article) -> Identity:
    """The identity of one reading of an article."""
    return Identity(
        key=address_key(article.canonical_url or article.url),
        alternative=address_key(article.url),
        text_hash=text_hash(article),
    )
