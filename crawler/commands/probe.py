"""`scrapy probe SITE|ADDRESS`: what a site gives, asked politely; a spider's file for a site that has none."""

import argparse
import json
import logging
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from scrapy.crawler import AsyncCrawlerProcess, Crawler, CrawlerProcess

from crawler.archive.checks import check_replay, is_replay
from crawler.catalogue import site_for, spiders, unknown_site
from crawler.cli import NabaCommand
from crawler.cli import report as tell
from crawler.display import isolate, one_line, print_table
from crawler.drafts import Draft, checked_address, checked_name, country_of, name_for
from crawler.errors import UserError
from crawler.frontier import check_times
from crawler.javascript.browser import render_pages
from crawler.probing.report import Report
from crawler.probing.spider import ProbeSpider
from crawler.spider import NewsSpider

_QUIET = ("scrapy", "crawler", "scrapy-playwright", "py.warnings")
_LEAST, _MOST = 4, 200


class Command(NabaCommand):
    """Asks a site a few questions; stores nothing."""

    requires_crawler_process = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "SITE|ADDRESS [--spider FILE] [--limit 20] [--format json] [-s REPLAY=pages.warc.gz]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Ask a site a few polite questions: what answers, what is found, what is missing; drafts a spider"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("site", metavar="SITE|ADDRESS", help="a spider's name, or a site's address or domain")
        parser.add_argument(
            "--spider",
            metavar="FILE",
            help="write a spider for a site that has none to FILE, or into a folder of spiders",
        )
        parser.add_argument("--limit", type=int, default=20, help="pages asked for at the most (default: 20)")
        parser.add_argument("--format", choices=["table", "json"], default="table", help="default: table")

    def execute(self, opts: argparse.Namespace) -> int:
        """Probe; 0 when an article could be read."""
        assert self.settings is not None
        if not _LEAST <= opts.limit <= _MOST:
            raise UserError(f"--limit {opts.limit}: a probe asks for {_LEAST} to {_MOST} pages")
        check_times(self.settings)
        site, address = self._site_of(opts.site)
        if opts.spider and site is not None:
            raise UserError(f"{address} has a spider already: {site.name} ({site.__module__.replace('.', '/')}.py)")
        name = self._draft_name(opts.spider, address) if site is None else ""
        if is_replay(self.settings):
            check_replay(self.settings)
        report = Report(address, site.name if site else None, self.settings["USER_AGENT"])
        self._crawl(report, site=site, address=address, limit=opts.limit)
        draft = _draft(name, report) if site is None else None
        report.draft = draft.text() if draft else None
        if opts.format == "json":
            print(json.dumps(report.as_json(), ensure_ascii=False, default=str))
        else:
            _print(report, show_draft=not opts.spider)
        if draft and opts.spider and report.articles:
            print(f"written: {self._write(draft, opts.spider)}")
        if not report.articles:
            tell(UserError(f"no article could be read from {address}: {_why(report)}"))
            return 1
        return 0

    def _site_of(self, named: str) -> tuple[type[NewsSpider] | None, str]:
        """The site's spider, if it has one, and the address of its front page."""
        assert self.settings is not None
        known = spiders(self.settings)
        if named in known:
            return known[named], _front_page(known[named])
        if not any(mark in named for mark in "./:"):
            raise UserError(unknown_site(named, list(known)))
        address = checked_address(named)
        site = site_for(address)
        if site is None or site.name not in known:
            return None, address
        return known[site.name], address if "://" in named else _front_page(known[site.name])

    def _draft_name(self, file: str | None, address: str) -> str:
        assert self.settings is not None
        taken = {known: spider.__module__ for known, spider in spiders(self.settings).items()}
        path = Path(file) if file else None
        if path is None or path.is_dir():
            guess = name_for(address)
            return guess if guess not in taken else f"{guess}{country_of(address) or 'new'}"
        if path.exists():
            raise UserError(f"{path} exists: choose another name")
        return checked_name(
            path.stem, taken, Path(str(import_module(self.settings["NEWSPIDER_MODULE"]).__file__)).parent
        )

    def _crawl(self, report: Report, *, site: type[NewsSpider] | None, **options: Any) -> None:
        assert self.settings is not None
        assert isinstance(self.crawler_process, CrawlerProcess | AsyncCrawlerProcess)
        settings = self.settings.copy()
        if site is not None and site.javascript:
            render_pages(settings, site.name)
        if settings["LOG_LEVEL"] != "DEBUG":
            for logger in _QUIET:  # what goes wrong is the report's to tell
                logging.getLogger(logger).setLevel(logging.CRITICAL)
        crawler = Crawler(ProbeSpider, settings)
        self.crawler_process.crawl(crawler, site=site, report=report, **options)
        self.crawler_process.start()

    def _write(self, draft: Draft, file: str) -> Path:
        path = Path(file)
        if path.is_dir():
            return draft.write(path, draft.text())
        try:
            path.write_text(draft.text(), "utf-8")
        except OSError as error:
            raise UserError(f"{path} cannot be written ({error.strerror})") from None
        return path


def _front_page(site: type[NewsSpider]) -> str:
    """The front page's address, by the host that the declarations name."""
    if site.home:
        return site.home
    places = (*site.sections, *site.feeds, *site.sitemaps)
    own = [place for place in places if any(domain in place for domain in site.domains)]
    return checked_address(own[0] if own else f"https://{site.domains[0]}/")


def _draft(name: str, report: Report) -> Draft | None:
    """A spider of what answered; None where nothing did."""
    places = [place for place in report.places if place.works]
    if not places:
        return None
    home = next(place.address for place in report.places if place.way == "home")
    named = {
        way: tuple(place.address for place in places if place.way == way and place.named_by != "sitemap")
        for way in ("feed", "sitemap")
    }
    # An index names its sitemaps, and is what a spider declares.
    indexes = tuple(
        place.address
        for place in report.places
        if place.way == "sitemap"
        and place.named_by != "sitemap"
        and place.entries
        and place.address not in named["sitemap"]
    )
    return Draft(
        name=name,
        address=home,
        name_ar=report.name_ar,
        country=country_of(home, report.language),
        language=(report.language or "ar").partition("-")[0],
        feeds=named["feed"],
        sitemaps=(*named["sitemap"], *indexes),
        javascript=report.javascript()[0] == "needed",
        verified=f"probe, {datetime.now(UTC):%Y-%m}" if report.articles else None,
    )


def _why(report: Report) -> str:
    """The reason that says most."""
    problems = [page.problem for page in report.pages if page.problem]
    problems += [place.problem for place in report.places if place.problem]
    if report.address.startswith("https:") and report.places[0].status is None and report.spider is None:
        # Not tried by itself: Scrapy would take robots.txt of the one for that of the other.
        problems[0] += " (a site without https: write its address with http://)"
    return problems[0] if problems else "it names no article"


def _print(report: Report, *, show_draft: bool) -> None:
    robots = report.robots
    print(f"{report.address}  {f'spider: {report.spider}' if report.spider else 'no spider'}")
    print(f"{report.requests} pages asked in {report.seconds:.0f} s as {report.user_agent}")
    if facts := [fact for fact in (report.name_ar and isolate(report.name_ar), report.language, report.system) if fact]:
        print(f"front page: {', '.join(facts)}")
    delay = f", crawl-delay {robots.crawl_delay:g} s" if robots.crawl_delay else ""
    print(f"robots.txt: {robots.status or 'no answer'}{delay}; forbids {len(robots.forbidden)} of what was found")
    for address in robots.forbidden[:3]:
        print(f"  {_readable(address)}")
    print()
    columns = ["way", "named by", "status", "entries", "articles", "newest", "oldest", "address", "problem"]
    rows = (
        (
            *cells,
            _day(place.newest),
            _day(place.oldest),
            one_line(_readable(place.address), 60),
            one_line(place.problem, 60),
        )
        for place in report.places
        for cells in [(place.way, place.named_by, place.status, place.entries, place.articles)]
    )
    print_table(columns, rows, numbers=["entries", "articles"])
    for attribute, addresses in report.undeclared().items():
        print(f"not declared: {attribute} = {json.dumps(addresses, ensure_ascii=False)}")
    _print_articles(report)
    if report.draft and show_draft:
        print(f"\nA spider for it (--spider spiders writes the file):\n\n{report.draft}", end="")


def _print_articles(report: Report) -> None:
    read, asked = len(report.articles), len(report.pages)
    print(f"\n{read} of {asked} pages gave a record")
    for page in report.pages:
        if page.problem:
            print(f"  {_readable(page.address)}: {page.problem}")
    for name, count, lacking in report.fields() if read else ():
        filled = f"{count} of {read}"
        print(f"{name:16} {filled:9} {f'missing in {_readable(lacking[0])}' if lacking else ''}".rstrip())
        for address in lacking[1:]:
            print(f"{'':38}{_readable(address)}")
    verdict, why = report.javascript()
    print(f"\nJavaScript: {verdict}: {why}")


def _readable(address: str) -> str:
    """The address with its letters, as a browser shows it and takes it."""
    return unquote(address).replace(" ", "%20")


def _day(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None
