"""What a page's source says of how it is made."""

import re

from parsel import Selector
from scrapy.http import TextResponse

# Each system's own words in the pages that it makes.
_SIGNS = {
    "Next": re.compile(rb"__NEXT_DATA__|self\.__next_f|/_next/static/"),
    "Nuxt": re.compile(rb"__NUXT|/_nuxt/"),
    "Angular": re.compile(rb"ng-version=|ng-state|<app-root"),
    "Gatsby": re.compile(rb"___gatsby"),
    "SvelteKit": re.compile(rb"data-sveltekit|__sveltekit"),
    "Inertia": re.compile(rb"""data-page=["']\{"""),
    "a state": re.compile(rb"__(?:INITIAL|PRELOADED|APOLLO)_STATE__"),
}
_ARABIC_NAME = re.compile("[\u0621-\u064a][\u0600-\u06ff ]{1,60}")
_SEPARATORS = re.compile(r"\s*[|»«›‹•·:،]+\s*|\s+[-–—/]+\s+")


def scripted(body: bytes) -> tuple[str, ...]:
    """Which systems that build pages by scripts made this one; 'scripts' where it has some and none is known."""
    found = tuple(name for name, sign in _SIGNS.items() if sign.search(body))
    return found or (("scripts",) if b"<script" in body.lower() else ())


def arabic_name(page: TextResponse) -> str | None:
    """The site's Arabic name as its front page states it, or None."""
    root = Selector(page.text)
    for stated in (
        *root.css("meta[property='og:site_name']::attr(content)").getall(),
        *root.css("meta[name='application-name']::attr(content)").getall(),
        *root.css("head > title::text").getall()[:1],
    ):
        for part in _SEPARATORS.split(stated):
            if name := _ARABIC_NAME.fullmatch(part.strip()):
                return " ".join(name[0].split())
    return None


def language(page: TextResponse) -> str | None:
    """The language tag of the html element."""
    return _printable(Selector(page.text).xpath("string(/html/@lang)").get(""))


def system(page: TextResponse) -> str | None:
    """What the page says that made it."""
    return _printable(Selector(page.text).css("meta[name='generator' i]::attr(content)").get(""))


def _printable(text: str) -> str | None:
    """What a page says, short and without what a terminal would obey."""
    return "".join(character for character in text.strip()[:80] if character.isprintable()) or None
