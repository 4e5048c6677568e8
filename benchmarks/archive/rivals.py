"""The same file through another tool, in its own environment: `python rivals.py TOOL FILE`, an article a line of JSON.

Nothing of Naba is imported, so that each tool's own versions of libraries are used. The clock is the caller's.
"""

import functools
import http.server
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

HOSTS = ("www.sample.example", "www.alwaha.example", "www.almarsa.example", "akhbar.aljisr.example")


def news_please(path: Path) -> Iterator[dict[str, Any]]:
    """As its CommonCrawlExtractor does with `valid_hosts`: warcio's records, `from_warc` for those of the hosts."""
    from newsplease import NewsPlease
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if record.rec_type != "response" or not any(host in url for host in HOSTS):
                continue
            article = NewsPlease.from_warc(record, fetch_images=False)
            yield {"url": url, "title": article.title, "body": article.maintext}


def fundus(path: Path) -> Iterator[dict[str, Any]]:
    """Its CC-NEWS source and scraper on the file, served on loopback, with a parser that knows the three designs."""
    from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
    from fundus.parser.utility import extract_article_body_with_selector
    from fundus.publishers.base_objects import Publisher
    from fundus.scraping.html import CCNewsSource
    from fundus.scraping.scraper import CCNewsScraper
    from fundus.scraping.url import RSSFeed
    from lxml.etree import XPath

    class Designs(ParserProxy):  # type: ignore[misc]
        class V1(BaseParser):  # type: ignore[misc]
            _paragraphs = XPath(
                "//div[@class='itemIntroText' or @class='itemFullText']//p | //div[contains(@class,'entry-content')]/p"
                " | //article//p"
            )
            _title = XPath("string((//h1 | //div[@class='itemHeader']/h3)[1])")

            @attribute  # type: ignore[untyped-decorator]
            def body(self) -> ArticleBody:
                return extract_article_body_with_selector(self.precomputed.doc, paragraph_selector=self._paragraphs)

            @attribute  # type: ignore[untyped-decorator]
            def title(self) -> str:
                return str(self._title(self.precomputed.doc)).strip()

    publishers = [
        Publisher(name=host, domain=f"https://{host}", parser=Designs, sources=[RSSFeed(f"https://{host}/feed")])
        for host in HOSTS
    ]
    with _served(path) as address:
        scraper = CCNewsScraper(CCNewsSource(*publishers, warc_path=address))
        for article in scraper.scrape("suppress"):
            yield {"url": article.html.requested_url, "title": article.title, "body": str(article.body or "")}


class _served:  # noqa: N801 - used as a function
    """The file's folder on loopback."""

    def __init__(self, path: Path) -> None:
        self.path = path
        quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        handler = functools.partial(quiet, directory=str(path.parent))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/{self.path.name}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()


def _keep_to_loopback() -> None:
    """Let nothing of this process reach a network."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def refused() -> NoReturn:
        raise OSError("no network in a benchmark")

    def checked_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            refused()
        connect(self, address)

    def checked_resolve(host: Any, *rest: Any, **named: Any) -> Any:
        if host not in {"127.0.0.1", "localhost", None}:
            refused()
        return resolve(host, *rest, **named)

    socket.socket.connect = checked_connect  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = checked_resolve


TOOLS = {"news-please": news_please, "fundus": fundus}


def main() -> None:
    """Read the file by the tool that is named."""
    _keep_to_loopback()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints is none of its articles
    for found in TOOLS[sys.argv[1]](Path(sys.argv[2])):
        if urlsplit(found["url"]).hostname in HOSTS:
            out.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
    out.close()


if __name__ == "__main__":
    main()
