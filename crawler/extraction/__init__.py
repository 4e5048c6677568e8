"""A page in, an Article out: a pure function of page, address and site rules."""

from datetime import datetime

from crawler.extraction.result import Evidence, Extraction
from crawler.extraction.rules import PageRules, Site
from crawler.extraction.version import VERSION, version_of

__all__ = ["VERSION", "Evidence", "Extraction", "PageRules", "Site", "extract", "version_of"]


def extract(
    page: bytes | str,
    url: str,
    site: Site | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
    now: datetime | None = None,
    feed_text: str | None = None,
    explain: bool = False,
) -> Extraction:
    """The article of one page, or why there is none.

    Pure: the same arguments give the same answer, nothing is fetched, nothing is remembered. Never raises, whatever the
    page: what goes wrong is the answer's `error`. Bounded: of a page, 6 million characters, 60,000 elements and 2,048
    levels of nesting are read, the rest is left. That takes hundredths of a second for a paper's page and less than 10
    seconds of one core for any input (the worst that was found takes 3). No text of the record holds markup, a control
    character or a bidirectional mark.

    Args:
        page: the body of the response, or its text.
        url: the page's address, as fetched.
        site: the newspaper's declarations; None for the general rules alone.
        encoding: charset of the HTTP Content-Type, which is believed only where the bytes do not speak against it.
        fetched_at: aware; goes into the record.
        now: aware; the clock for relative dates and for what lies in the future. Default `fetched_at`, else the
        present.
        feed_text: the article's text in the feed that named it, as markup; read where the page has no text.
        explain: collect the evidence of every field.
    """
    from crawler.extraction.reading import read  # commands that read no page need not wait for it

    try:
        return read(
            page,
            url,
            site,
            encoding=encoding,
            fetched_at=fetched_at,
            now=now,
            feed_text=feed_text,
            explain=explain,
        )
    except RecursionError:
        return Extraction(url, None, "the page is nested too deeply", "not html")
    except Exception as error:  # noqa: BLE001 - the one door: a page must never end a crawl, whatever is wrong with it
        return Extraction(url, None, f"extraction failed: {type(error).__name__}: {error}", "failed")
