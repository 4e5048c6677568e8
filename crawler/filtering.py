"""The filters that commands have in common: which articles are meant."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from scrapy.settings import BaseSettings

from crawler.arabic.digits import to_western
from crawler.arabic.letters import clean, words
from crawler.catalogue import spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.errors import UserError
from crawler.periods import parse_moment
from crawler.store.filters import Filters

_WORDS_HELP = (
    'words that all occur, in any form; "a phrase", -without, title:, author:, section:, site:, country:, agency:'
)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Declare the filters; WORDS come after the command's own arguments."""
    # With a default it is not told as lacking, beside a FILE that is.
    parser.add_argument("words", nargs="*", default=[], metavar="WORDS", help=_WORDS_HELP)
    group = parser.add_argument_group("filters")
    add = group.add_argument
    add(
        "--site",
        action="append",
        metavar="NAME",
        help="a newspaper's name in `scrapy sites`, or its domain; may be repeated",
    )
    add("--country", action="append", metavar="CODE", help="ISO 3166 code, e.g. dz; may be repeated")
    add("--language", action="append", metavar="TAG", help="BCP 47 tag, e.g. ar; may be repeated")
    add("--section", metavar="NAME", help="as the paper names it")
    add("--author", metavar="NAME", help="words of an author's name")
    add("--initials", metavar="LETTERS", help="an author's initials as printed, e.g. 'ق/ د'")
    add("--agency", metavar="NAME", help="the wire agency credited, e.g. APS")
    add("--since", metavar="DATE", help="published from 2018-01-31, 2018-01 or 7d (ago) on, UTC")
    add("--until", metavar="DATE", help="published up to the end of this day, month or year, UTC")
    add("--min-reads", metavar="N", help="read at least so often, by the page's own counter")
    add(
        "--gone",
        action=argparse.BooleanOptionalAction,
        help="only what its site has taken down, or only what it has not",
    )
    add("--unique", action="store_true", help="one article of each story")


def read_filters(opts: argparse.Namespace, settings: BaseSettings, *, now: datetime | None = None) -> Filters:
    """The filters that were typed.

    Args:
        opts: of a parser with `add_filters`.
        settings: of the run: its catalogue says which sites and countries there are.
        now: the instant that times ago are counted from; None: the present one.

    Raises:
        UserError: for what cannot be meant: an unknown site or country, a date that is none, an empty period, ...
    """
    now = now or datetime.now(UTC)
    since = parse_moment(opts.since, zone=UTC, now=now, name="--since") if opts.since is not None else None
    until = parse_moment(opts.until, zone=UTC, now=now, end=True, name="--until") if opts.until is not None else None
    if since and until and since >= until:
        raise UserError(f"--since {opts.since} is not before --until {opts.until}: nothing lies between")
    for name in ("section", "author", "initials", "agency"):
        if (text := getattr(opts, name)) is not None and not words(text):
            raise UserError(f"--{name} {text!r} names nothing: write a name")
    filters = Filters(
        text=" ".join(opts.words),
        sites=_several(opts.site),
        countries=_several(opts.country),
        languages=tuple(clean(tag) for tag in opts.language or ()),
        section=opts.section,
        author=opts.author,
        initials=opts.initials,
        agency=opts.agency,
        since=since,
        until=until,
        min_reads=read_number(opts.min_reads, "--min-reads"),
        is_gone=opts.gone,
        unique=opts.unique,
    )
    check_names(filters, settings)
    return filters


def check_names(filters: Filters, settings: BaseSettings) -> None:
    """Refuse sites and countries that the catalogue does not have, in the filters and in their question.

    Raises:
        UserError: when there is one, or when the question cannot be read.
    """
    question = filters.question
    sites = [*filters.sites, *(name.lower() for name in question.values("site"))]
    countries = [*filters.countries, *(code.lower() for code in question.values("country"))]
    if not sites and not countries:
        return  # loading the catalogue takes half a second
    known = spiders(settings)
    for name in sites:
        # An imported page of an outlet that the catalogue does not have is of the outlet's domain.
        if name not in known and "." not in name:
            raise UserError(unknown_site(name, list(known)))
    there = sorted({spider.country for spider in known.values()})
    for code in countries:
        if code not in there:
            raise UserError(f"no site is of country {code!r}: there are {', '.join(there)}")


def read_number(text: str | None, name: str) -> int | None:
    """A count as people type it, Arabic digits too; None for None.

    Raises:
        UserError: when it is none.
    """
    if text is None:
        return None
    western = to_western(text).strip()
    if not (western.isascii() and western.isdigit() and len(western) < 19):
        raise UserError(f"{name} {text} is no number from 0 up")
    return int(western)


def _several(given: Sequence[str] | None) -> tuple[str, ...]:
    """Names given one by one, or with commas between."""
    names = (name.strip().lower() for one in given or () for name in one.replace("،", ",").split(","))
    return tuple(dict.fromkeys(name for name in names if name))


class FilteringCommand(NabaCommand):
    """A command that asks for articles by words and filters."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take as words what argparse leaves: words after an option, and -كلمة, which it holds for one."""
        opts.words = [*opts.words, *(one for one in args if not _is_option(one))]
        super().process_options([one for one in args if _is_option(one)], opts)


def _is_option(argument: str) -> bool:
    return argument.startswith("-") and (len(argument) == 1 or argument[1].isascii())
