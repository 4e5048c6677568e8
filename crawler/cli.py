"""The base of Naba's commands: mistakes are told in one line, nothing mistyped is passed over.

It stands here because Scrapy takes every command class in `crawler/commands/` for a command of its own.
"""

import argparse
import logging
import os
import sys
from abc import abstractmethod
from typing import NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

from crawler.errors import UserError

_INTERRUPTED = 130


def report(error: UserError) -> None:
    """Print a user's error as one line on standard error."""
    print(f"error: {' '.join(str(error).split())}", file=sys.stderr)


def speak_utf8() -> None:
    """Print Arabic whatever the locale says: under LANG=C Python would refuse."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell_mistakes_in_a_line(parser: argparse.ArgumentParser) -> None:
    """Have the parser tell a mistyped option in one line; its own way prints the usage too."""
    command = (parser.usage or "scrapy").split()[:2]

    def error(message: str) -> NoReturn:
        print(f"error: {message}: see `{' '.join(command)} --help`", file=sys.stderr)
        sys.exit(2)

    parser.error = error  # type: ignore[method-assign] # the parser is Scrapy's


class NabaCommand(ScrapyCommand):
    """A command that asks or tells; it crawls nothing.

    Subclasses declare options and positional arguments in `add_options` and do their work in `execute`, which
    answers the exit status.
    """

    requires_project = True
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's global options; subclasses add theirs."""
        super().add_options(parser)
        tell_mistakes_in_a_line(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the global options. Scrapy leaves what no option or argument took in `args`, and would ignore it."""
        super().process_options(args, opts)
        assert self.settings is not None
        if not opts.loglevel and "LOG_LEVEL" not in dict(pair.split("=", 1) for pair in opts.set):
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")  # a command's output is its answer
        if args:
            kind = "option" if args[0].startswith("-") else "argument"
            raise UsageError(f"unknown {kind} {args[0]}", print_help=False)

    @abstractmethod
    def execute(self, opts: argparse.Namespace) -> int:
        """Do the work and answer the exit status; raises UserError for what the user can mend."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - all is in opts
        """Run the command, with errors told as people want them."""
        assert self.settings is not None
        speak_utf8()
        configure_logging(self.settings)
        # What Trafilatura makes of a page is told by the record; its own warnings are for who works on it.
        logging.getLogger("trafilatura").setLevel(logging.ERROR)
        try:
            self.exitcode = self.execute(opts)
            sys.stdout.flush()
        except UserError as error:
            report(error)
            self.exitcode = 1
        except KeyboardInterrupt:
            self.exitcode = _INTERRUPTED
        except BrokenPipeError:
            # The reader (`| head`) has enough. Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
