"""What a site asks for: not to be left, to wait, to be asked slowly."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import is_under
from crawler.frontier import Frontier
from crawler.store.addresses import Claim


class Onsite:
    """Downloader middleware: articles are fetched under the site's domains only, also after a redirect.

    Listings may stand elsewhere: a feed at a service, a sitemap at a store.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass.

        Raises:
            IgnoreRequest: when it leaves the site, or was redirected to an article that is known.
        """
        claim: Claim | None = request.cb_kwargs.get("claim")
        if claim is None:
            return
        domains = getattr(self.crawler.spider, "allowed_domains", None)
        if domains and not is_under(request.url, domains):
            raise IgnoreRequest(f"offsite: {request.url}")
        if request.meta.get("redirect_times") and await Frontier.of(self.crawler).leads_to_known(claim, request.url):
            raise IgnoreRequest(f"known: {request.url}")
