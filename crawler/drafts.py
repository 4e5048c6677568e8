"""Drafts of spiders: a file in the house's form, of what is known of a site. Guesses are marked `# check:`."""

import json
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit, urlunsplit

from crawler.catalogue import site_for
from crawler.errors import UserError

_LINE = 120
_INDENT = "    "
_NAME = re.compile(r"[a-z][a-z0-9]*")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}|\d{1,3}(?:\.\d{1,3}){3}|localhost", re.UNICODE)
# Country codes that newsrooms of other countries use for their sound.
_NO_COUNTRY = frozenset({"tv", "me", "io", "co", "cc", "ws", "fm", "to", "ai", "in", "la", "eu"})
UNKNOWN = "xx"
"""In the place of a country that nothing tells (ISO 3166 leaves the code to its users)."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is known of a site that has no spider."""

    name: str
    address: str
    """Of its front page."""
    name_ar: str | None = None
    country: str | None = None
    country_is_given: bool = False
    """By the user; else it was guessed."""
    language: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    javascript: bool = False
    verified: str | None = None

    @property
    def domain(self) -> str:
        """The site's host without www."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @property
    def class_name(self) -> str:
        """The name of the spider's class."""
        return self.name.capitalize()

    def text(self, template: Path | None = None) -> str:
        """The file."""
        country = self.country or UNKNOWN
        source = template or Path(str(files("crawler"))) / "templates" / "spiders" / "news.tmpl"
        return Template(source.read_text("utf-8")).safe_substitute(
            {
                "title": self.class_name,
                "classname": self.class_name,
                "name": self.name,
                "name_ar": _plain(self.name_ar or "الاسم"),
                "place": countries().get(country, "its town"),
                "country": country,
                "country_note": self._country_note(),
                "declarations": "\n".join(self._declarations()),
                "domain": self.domain,
                "url": self.address,
            }
        )

    def _country_note(self) -> str:
        if self.country is None:
            return "  # check: ISO 3166, and move the file to spiders/<country>/"
        return "" if self.country_is_given else "  # check: guessed"

    def _declarations(self) -> list[str]:
        zone, note = zone_of(self.country), "the zone in which the site prints its dates"
        language = (self.language or "ar").lower()
        lines = (
            []
            if language.startswith("ar") or not language.isalpha()
            else [f'{_INDENT}language = "{language}"  # check: guessed']
        )
        lines += [f'{_INDENT}timezone = "{zone}"  # check: {note}', _listed("domains", [self.domain])]
        lines += [f'{_INDENT}verified = "{self.verified}"'] if self.verified else []
        lines += [_listed("feeds", self.feeds)] if self.feeds else []
        lines += [_listed("sitemaps", self.sitemaps)] if self.sitemaps else []
        if not (self.feeds or self.sitemaps):
            # The crawl looks there for feeds, sitemaps and articles' links.
            lines.append(f"{_INDENT}home = {json.dumps(self.address, ensure_ascii=False)}")
        return [*lines, f"{_INDENT}javascript = True"] if self.javascript else lines

    def path(self, folder: Path) -> Path:
        """Where the file belongs: by country, in the folder itself while the country is not known."""
        return folder / (self.country or "") / f"{self.name}.py"

    def write(self, folder: Path, text: str, *, force: bool = False) -> Path:
        """Write the file; a country's first one makes its folder.

        Raises:
            UserError: when there is one already, or the folder cannot be written.
        """
        path = self.path(folder)
        if path.exists() and not force:
            raise UserError(f"{path} exists: choose another name, or overwrite it with --force")
        try:
            if self.country and not path.parent.exists():
                path.parent.mkdir()
                (path.parent / "__init__.py").write_text(
                    f'"""{countries().get(self.country, self.country)}."""\n', "utf-8"
                )
            path.write_text(text, "utf-8")
        except OSError as error:
            raise UserError(f"{path} cannot be written ({error.strerror})") from None
        return path


def _plain(name: str) -> str:
    """A name as it may stand in a string and in a docstring: what a site says is not run."""
    return "".join(character for character in name if character.isprintable() and character not in '"\\()')


def _listed(name: str, addresses: Sequence[str]) -> str:
    """An assignment of a list as the formatter leaves it."""
    quoted = [json.dumps(address, ensure_ascii=False) for address in addresses]
    line = f"{_INDENT}{name} = [{', '.join(quoted)}]"
    if len(line) <= _LINE:
        return line
    return "\n".join([f"{_INDENT}{name} = [", *(f"{_INDENT * 2}{one}," for one in quoted), f"{_INDENT}]"])


def checked_name(name: str, taken: Mapping[str, str], folder: Path) -> str:
    """A name that a new spider may have.

    Args:
        name: as the user gives it.
        taken: modules of the spiders that exist, by name.
        folder: where spiders are kept.

    Raises:
        UserError: for a name that is no module's, or that another spider or folder has.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise UserError(
            f"{name!r} is no spider's name: write lower-case letters and digits, a letter first, e.g. elmassa"
        )
    if name in taken:
        raise UserError(f"there is a spider called {name} already: {taken[name].replace('.', '/')}.py")
    if (folder / name).exists() or (folder / f"{name}.py").exists():
        raise UserError(f"{name!r} is the name of a file or folder in {folder.name}/: choose another")
    return name


def checked_address(text: str) -> str:
    """The address of a site's front page, from a domain or any address of it.

    Raises:
        UserError: for what is neither.
    """
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host) or parts.scheme not in {"http", "https"}:
        raise UserError(
            f"{text!r} is no site's domain or address: write e.g. elmassa.example or https://elmassa.example/"
        )
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2].lower(), "/", "", ""))


def name_for(address: str) -> str:
    """A name for the spider of a site, from its domain: https://www.el-massa.com/ -> elmassa."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    labels = host.split(".")
    label = max(labels[:-1] or labels, key=len) if not host.replace(".", "").isdigit() else f"site{labels[-1]}"
    name = re.sub(r"[^a-z0-9]", "", label.lower())
    return name if name[:1].isalpha() and not keyword.iskeyword(name) else f"site{name}"


def other_spider(address: str) -> str | None:
    """The name of the spider that has the address' site already."""
    site = site_for(address)
    return site.name if site else None


def country_of(address: str, language: str | None = None) -> str | None:
    """The country that a site's domain or language tag ("ar-DZ") names; None where neither does."""
    region = (language or "").replace("_", "-").partition("-")[2].lower()
    label = (urlsplit(address).hostname or "").rpartition(".")[2].lower()
    for code in (label, region):
        if code in countries() and code not in _NO_COUNTRY:
            return code
    return None


@cache
def countries() -> dict[str, str]:
    """English names of countries by ISO 3166 code in lower case, and 'int'."""
    rows = (row.split("\t") for row in _table("iso3166.tab"))
    return {row[0].lower(): row[1] for row in rows} | {"int": "international"}


def zone_of(country: str | None) -> str:
    """The first time zone of a country; UTC where none is known."""
    return _zones().get(country or "", "UTC")


@cache
def _zones() -> dict[str, str]:
    zones: dict[str, str] = {}
    for row in (row.split("\t") for row in _table("zone.tab")):
        zones.setdefault(row[0].lower(), row[2])
    return zones


def _table(name: str) -> list[str]:
    lines = (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
