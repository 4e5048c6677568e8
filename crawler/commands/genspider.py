"""`scrapy genspider`: Scrapy's own command, with the house's form and places, and mistakes told in a line."""

import argparse
from importlib import import_module
from pathlib import Path

from scrapy.commands.genspider import Command as ScrapyGenspider
from scrapy.exceptions import UsageError

from crawler.catalogue import spiders
from crawler.cli import report, tell_mistakes_in_a_line
from crawler.drafts import Draft, checked_address, checked_name, countries, country_of, other_spider
from crawler.errors import UserError


class Command(ScrapyGenspider):
    """Writes the file of a new spider; asks nothing of the site (`scrapy probe` does)."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "NAME DOMAIN [--country dz] [--force]"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Write the file of a new newspaper's spider into spiders/<country>/"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options; the template is the house's own."""
        super().add_options(parser)
        tell_mistakes_in_a_line(parser)
        parser.set_defaults(template="news")
        parser.add_argument("--country", metavar="CODE", help="ISO 3166 code or 'int' (default: by the domain)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file; the exit status is 1 when there is none to write."""
        if opts.list or opts.dump:
            super().run(args, opts)
            return
        if len(args) != 2 or any(arg.startswith("-") for arg in args):
            unknown = next((arg for arg in args if arg.startswith("-")), None)
            raise UsageError(
                f"unknown option {unknown}"
                if unknown
                else "give a name and a domain: scrapy genspider elmassa el-massa.com"
            )
        try:
            self._write(args[0], args[1], opts)
        except UserError as error:
            report(error)
            self.exitcode = 1

    def _write(self, name: str, site: str, opts: argparse.Namespace) -> None:
        assert self.settings is not None
        module = import_module(self.settings["NEWSPIDER_MODULE"])
        folder = Path(str(module.__file__)).parent
        taken = {known: spider.__module__ for known, spider in spiders(self.settings).items()}
        address = checked_address(site)
        country = opts.country.lower() if opts.country else country_of(address)
        if country is not None and country not in countries():
            raise UserError(f"--country {opts.country}: there is no such ISO 3166 code; write e.g. dz, or int")
        if not opts.force:
            checked_name(name, taken, folder)
            if other := other_spider(address):
                raise UserError(
                    f"{address} has a spider already: {other} (scrapy probe {other}); --force makes another"
                )
        template = self._find_template(opts.template)
        if template is None:
            raise UserError(f"there is no template {opts.template!r}: see scrapy genspider --list")
        draft = Draft(name=name, address=address, country=country, country_is_given=bool(opts.country))
        path = draft.write(folder, draft.text(template), force=opts.force)
        print(f"{path}\nCheck what is marked '# check:', then: scrapy probe {name}")
