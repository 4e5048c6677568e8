"""The newspapers that Naba knows: every spider of the project, by name and by address."""

from functools import cache
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from crawler.errors import UserError
from crawler.extraction.rules import Site
from crawler.spider import NewsSpider


def spiders(settings: BaseSettings | None = None) -> dict[str, type[NewsSpider]]:
    """Every newspaper's spider by its name, in order of name."""
    loader = SpiderLoader.from_settings(settings or get_project_settings())
    classes = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in classes.items() if issubclass(spider, NewsSpider)}


def sites_of(settings: BaseSettings | None = None) -> dict[str, Site]:
    """What extraction needs of every newspaper, by its name."""
    return {name: spider.site() for name, spider in spiders(settings).items()}


@cache
def _sites() -> dict[str, Site]:
    return sites_of()


@cache
def _by_domain() -> dict[str, Site]:
    return {domain.lower(): site for site in _sites().values() for domain in site.domains}


def site_named(name: str) -> Site:
    """The site of this name.

    Raises:
        UserError: when there is none; it says which names come near.
    """
    try:
        return _sites()[name]
    except KeyError:
        raise UserError(unknown_site(name, list(_sites()))) from None


def unknown_site(name: str, names: list[str]) -> str:
    """One line for a name that no spider has."""
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(name, names, n=3)
    return f"no site is called {name!r}" + (f" (near: {', '.join(near)})" if near else "") + ": see `scrapy sites`"


def site_for(url: str) -> Site | None:
    """The site whose domain the address is under, or None."""
    return find_site(url, _by_domain())


def find_site(url: str, by_domain: dict[str, Site]) -> Site | None:
    """The same, of these sites by domain (in lower case)."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    candidates = (".".join(labels[i:]) for i in range(len(labels)))
    return next((site for domain in candidates if (site := by_domain.get(domain))), None)
