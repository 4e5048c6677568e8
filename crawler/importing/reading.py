"""Pages of a WARC file read into articles; runs in a worker process, so that pages never cross between processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.arabic.languages import is_other_language
from crawler.archive.folder import refer
from crawler.archive.reader import charset_of, read_page
from crawler.errors import UserError
from crawler.extraction import Site, extract
from crawler.importing.outlets import outlet_of
from crawler.importing.sniffing import MOST, sniff
from crawler.items import Article, WarcReference


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page gave."""

    offset: int
    url: str
    article: Article | None
    reason: str = ""
    """Why there is no article: the kind of page, in a word."""
    detail: str | None = None


def read_pages(path: Path, pages: Sequence[tuple[int, Site | None]], archive: Path) -> list[Reading]:
    """Read the pages at these offsets, each by its site's rules. Never raises.

    Args:
        path: of the file, absolute.
        pages: offset and site; None for an outlet that the catalogue does not have.
        archive: folder that references are relative to.
    """
    return [_read(path, offset, site, archive) for offset, site in pages]


def _read(path: Path, offset: int, site: Site | None, archive: Path) -> Reading:
    try:
        page = read_page(WarcReference(file=str(path), offset=offset), archive)
    except UserError as error:
        return Reading(offset, f"{path}@{offset}", None, "unreadable", str(error))
    charset = charset_of(page)
    if site is None and (verdict := sniff(page.body[:MOST], charset, is_whole=True)) != "arabic":
        return Reading(offset, page.url, None, str(verdict))
    extraction = extract(page.body, page.url, site, encoding=charset, fetched_at=page.fetched_at)
    article = extraction.article
    if article is None:
        return Reading(offset, page.url, None, extraction.kind.replace(" ", "_"), extraction.error)
    if site is None:
        if is_other_language(article.body):
            return Reading(offset, page.url, None, "other_language", f"language {article.language}")
        article.site = outlet_of(article.url)
    article.archived = refer(path, offset, archive)
    return Reading(offset, page.url, article)
