"""An article as MongoDB holds it, and back.

BSON dates are UTC and have no offset, so each offset stands beside its date: documents answer "what happened at
noon UTC" and "what did the paper print" alike.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from crawler.arabic.letters import words
from crawler.arabic.stems import VERSION, stems
from crawler.identity import Identity
from crawler.items import Article, WarcReference

Document = dict[str, Any]

_REFERENCES = ("archived", "fed_from")
_OFFSETS = {"published_at": "published_utc_offset", "modified_at": "modified_utc_offset"}


def _utc(moment: datetime | None) -> datetime | None:
    """The instant as BSON keeps it: UTC, whole milliseconds."""
    if moment is None:
        return None
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


SEARCHED_VERSION = VERSION
"""Of what `searched` answers; documents of another version are renewed by `scrapy db upgrade`."""


def searched(article: Article) -> Document:
    """The fields that search compares."""
    title = stems(article.title)
    body = stems(article.body)
    others = stems("\n".join(part for part in (article.kicker, article.summary) if part))
    return {
        "terms": sorted({*title, *others, *body}),
        "title_terms": sorted(set(title)),
        "author_terms": sorted({word for name in article.authors for word in words(name)}),
        "terms_v": SEARCHED_VERSION,
        "words": len(body),
    }


def to_document(article: Article, identity: Identity) -> Document:
    """The fields that a reading sets; what the store adds (numbers, aliases, times seen) is not among them."""
    document: Document = article.model_dump()
    for name, offset_name in _OFFSETS.items():
        moment: datetime | None = document[name]
        document[name] = _utc(moment)
        offset = moment.utcoffset() if moment else None
        document[offset_name] = None if offset is None else int(offset.total_seconds() // 60)
    document["fetched_at"] = _utc(article.fetched_at)
    document["text_hash"] = identity.text_hash
    document |= searched(article)
    document["extractor"] = article.extractor
    for name in _REFERENCES:
        reference: WarcReference | None = getattr(article, name)
        document[name] = reference.model_dump() if reference else None
    return document


def to_article(document: Document) -> Article:
    """The record in a stored document."""
    fields = {name: document.get(name) for name in Article.field_names()}
    for name, offset_name in _OFFSETS.items():
        moment, offset = fields[name], document.get(offset_name)
        if moment is not None and offset is not None:
            fields[name] = moment.astimezone(timezone(timedelta(minutes=offset)))
    for name in _REFERENCES:
        fields[name] = WarcReference(**kept) if (kept := document.get(name)) else None
    return Article(**fields, extractor=document.get("extractor"))
