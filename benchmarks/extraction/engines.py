"""The extractors compared: each a function of (page, address) that answers a record with the design's field names."""

import re
from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Engine = Callable[[bytes, str], Record]

_TAGS_THAT_PART = re.compile(r"(?i)<(?:p|div|br|li|h[1-6]|tr|blockquote)\b")


def _naba() -> Engine:
    from crawler.extraction import extract

    def run(page: bytes, url: str) -> Record:
        article = extract(page, url).article
        return article.record() if article else {}

    return run


def _trafilatura(**options: Any) -> Engine:
    from trafilatura import bare_extraction

    def run(page: bytes, url: str) -> Record:
        document = bare_extraction(page, url=url, with_metadata=True, **options)
        if document is None or isinstance(document, dict):
            return {}
        found = document.as_dict()
        authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
        return {
            "title": found.get("title"),
            "body": found.get("text") or "",
            "published_at": found.get("date"),
            "authors": authors,
        }

    return run


def _newspaper4k() -> Engine:
    from newspaper import Article

    def run(page: bytes, url: str) -> Record:
        article = Article(url, language="ar", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return {
            "title": article.title,
            "body": article.text,
            "published_at": _iso(article.publish_date),
            "authors": article.authors,
        }

    return run


def _goose3() -> Engine:
    from goose3 import Goose
    from goose3.text import StopWordsArabic

    goose = Goose({"stopwords_class": StopWordsArabic, "enable_image_fetching": False, "strict": False})

    def run(page: bytes, url: str) -> Record:
        article = goose.extract(url=url, raw_html=page.decode("utf-8", "replace"))
        return {
            "title": article.title,
            "body": article.cleaned_text,
            "published_at": _iso(article.publish_date),
            "authors": list(article.authors or []),
        }

    return run


def _readability() -> Engine:
    from lxml import etree
    from readability import Document

    def run(page: bytes, url: str) -> Record:
        document = Document(page.decode("utf-8", "replace"), url=url)
        summary = document.summary(html_partial=True)
        parted = _TAGS_THAT_PART.sub(lambda tag: "\n" + tag.group(), summary)
        return {
            "title": document.short_title(),
            "body": str(etree.HTML(parted).xpath("string()")) if parted.strip() else "",
        }

    return run


def _justext() -> Engine:
    import justext

    stop_words = justext.get_stoplist("Arabic")

    def run(page: bytes, url: str) -> Record:  # noqa: ARG001 - jusText reads no address
        kept = [paragraph.text for paragraph in justext.justext(page, stop_words) if not paragraph.is_boilerplate]
        return {"body": "\n".join(kept)}

    return run


def _news_please() -> Engine:
    from newsplease import NewsPlease

    def run(page: bytes, url: str) -> Record:
        article = NewsPlease.from_html(page.decode("utf-8", "replace"), url=url, fetch_images=False)
        return {
            "title": article.title,
            "body": article.maintext or "",
            "published_at": _iso(article.date_publish),
            "authors": list(article.authors or []),
        }

    return run


def _resiliparse() -> Engine:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def run(page: bytes, url: str) -> Record:  # noqa: ARG001 - resiliparse reads no address
        tree = HTMLTree.parse(page.decode("utf-8", "replace"))
        return {"title": tree.title, "body": extract_plain_text(tree, main_content=True)}

    return run


def _iso(value: Any) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else (str(value) if value else None)


OURS, BASE = "naba", "trafilatura"
ENGINES: dict[str, Callable[[], Engine]] = {
    OURS: _naba,
    BASE: _trafilatura,
    "trafilatura precision": lambda: _trafilatura(favor_precision=True),
    "trafilatura recall": lambda: _trafilatura(favor_recall=True),
    "newspaper4k": _newspaper4k,
    "goose3": _goose3,
    "readability-lxml": _readability,
    "justext": _justext,
    "news-please": _news_please,
    "resiliparse": _resiliparse,
}
