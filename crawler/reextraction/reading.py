"""Stored articles' pages read anew; runs in a worker process, so that pages never cross between processes."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import bson
from bson.codec_options import CodecOptions

from crawler.acceptance import drop_future, refusal
from crawler.addresses import address_identity, address_key
from crawler.archive.reader import ArchivedPage, charset_of, read_page
from crawler.discovery.feeds import read_feed
from crawler.errors import UserError
from crawler.extraction import Extraction, Site, extract, version_of
from crawler.identity import identify
from crawler.items import Article, WarcReference
from crawler.store.documents import to_article, to_document
from crawler.store.reextracted import Renewal

Document = dict[str, Any]

_CODEC: CodecOptions[Document] = CodecOptions(dict, tz_aware=True, tzinfo=UTC)
# What a reading sets and another reading of the same page does not: which page it was, and when.
_KEPT = {"url", "canonical_url", "fetched_at", "archived", "fed_from", "text_hash"}
_GUARDING = (
    *("_id", "number", "fetched_at", "archived", "url", "site", "read_count", "counted_at", "counted_before"),
    *("published_utc_offset", "modified_utc_offset"),
)
_OFFSETS = {"published_utc_offset": "published_at", "modified_utc_offset": "modified_at"}


def renew(articles: Sequence[tuple[bytes, Site | None]], archive: Path) -> list[Renewal]:
    """Read the pages of these articles, each by its site's rules. Never raises.

    Args:
        articles: documents as BSON, each with its site; None for an outlet that the catalogue does not have.
        archive: folder that references are relative to.
    """
    return [_renew(bson.decode(raw, _CODEC), site, archive) for raw, site in articles]


def guarding(document: Document) -> Document:
    """What is needed of a document to write it again, without its texts."""
    return {name: document[name] for name in _GUARDING if name in document}


def _renew(document: Document, site: Site | None, archive: Path) -> Renewal:
    stored, version = guarding(document), version_of(site)
    reference = WarcReference(**document["archived"])
    if not (archive / reference.file).exists():
        return Renewal(stored, reason="no_file", detail=f"{archive / reference.file} is gone", version=version)
    try:
        page = read_page(reference, archive)
        extraction = _extract(document, page, site, archive)
    except UserError as error:
        return Renewal(stored, reason="unreadable", detail=str(error), version=version)
    article = extraction.article
    if article is None:
        return _unread(stored, version, extraction.kind.replace(" ", "_"), extraction.error)
    if refused := refusal(article):
        return _unread(stored, version, *refused)
    drop_future(article)
    # The counter beside an article is its own address', as of the newest page that shows one.
    is_counted = not _is_alias(document, page) and document.get("counted_at") in {None, document["fetched_at"]}
    return _compare(document, article, stored, version, kept=_KEPT if is_counted else _KEPT | {"read_count"})


def _unread(stored: Document, version: str, reason: str, detail: str | None) -> Renewal:
    return Renewal(stored, reason=reason, detail=detail, version=version, is_final=True)


def _extract(document: Document, page: ArchivedPage, site: Site | None, archive: Path) -> Extraction:
    """The page as the crawl read it: at its address, at the time of its fetching, with its feed's text."""
    return extract(
        page.body,
        page.url if _is_alias(document, page) else document["url"],
        site,
        encoding=charset_of(page),
        fetched_at=document["fetched_at"] or page.fetched_at,
        feed_text=_feed_text(document, site, archive),
    )


def _is_alias(document: Document, page: ArchivedPage) -> bool:
    """Whether the page is another of the article's addresses; an AMP version was read for the article's own."""
    key = address_key(page.url)
    own = {bytes(document["_id"]), address_key(document["url"])}
    return key not in own and any(bytes(alias["key"]) == key for alias in document["aliases"])


def _feed_text(document: Document, site: Site | None, archive: Path) -> str | None:
    """The article's text in the feed that gave it; None where the page had its own.

    Raises:
        UserError: when the feed cannot be read any more: without it the article would lose its text.
    """
    if not document.get("fed_from"):
        return None
    feed = read_page(WarcReference(**document["fed_from"]), archive)
    zone = ZoneInfo(site.timezone) if site else UTC
    known = {address_identity(document["url"]), *(address_identity(alias["url"]) for alias in document["aliases"])}
    found = read_feed(feed.body, feed.url, zone=zone, now=feed.fetched_at).found
    return next((one.text for one in found if one.text and address_identity(one.address) in known), None)


def _compare(document: Document, article: Article, stored: Document, version: str, kept: set[str]) -> Renewal:
    """What of the article's document is another than what is stored."""
    article.url, article.canonical_url = document["url"], document.get("canonical_url")
    article.site = article.site or document.get("site")
    identity = identify(article)
    new = to_document(article, identity)
    changes = {name: value for name, value in new.items() if name not in kept and document.get(name) != value}
    # A text key that was made unique by hand (`store.articles`) stays while the text does.
    if identity.text_hash != identify(to_article(document)).text_hash:
        changes["text_hash"] = identity.text_hash
    named = {_OFFSETS.get(name, name) for name in changes}
    before = {name: document.get(name) for name in Article.field_names() if name in named}
    return Renewal(stored, changes | {"extractor": version}, before, version=version)
