"""The base of Naba's commands: mistakes are told in one line, nothing mistyped is passed over.

It stands here because Scrapy takes every command class in `crawler/commands/` for a command of its own.
"""

import argparse
import logging
import math
import os
import signal
import sys
from abc import abstractmethod
from collections.abc import Sequence
from typing import NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, default_settings
from scrapy.utils.log import configure_logging

from crawler import settings as own_settings
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


# A crawl without any of these would wait for ever.
_AT_LEAST_ONE = frozenset({"EXTRACTION_PAGES_PER_WORKER", "EXTRACTION_WORKERS", "IN_WORK", "STORE_BATCH"})

_CHOICES = {"DEDUPLICATE": ("link", "drop", "off")}


def check_settings(settings: BaseSettings, given: Sequence[str]) -> None:
    """Refuse what Scrapy would end with a traceback for.

    Args:
        settings: of the run.
        given: the `-s NAME=VALUE` of the command line.

    Raises:
        UsageError: for a number or switch that is none, and a LOG_LEVEL or choice that does not exist.
    """
    for name, value in (pair.split("=", 1) for pair in given):
        default = getattr(own_settings, name, getattr(default_settings, name, None))
        if isinstance(default, bool):
            if value.lower() not in {"0", "1", "true", "false"}:
                raise UsageError(f"{name}={value}: write 1 or 0", print_help=False)
        elif isinstance(default, int | float) and not _is_number(value, whole=isinstance(default, int)):
            raise UsageError(f"{name}={value} is no number", print_help=False)
        elif name in _AT_LEAST_ONE and int(value) < 1:
            raise UsageError(f"{name}={value}: at least 1", print_help=False)
    for name, choices in _CHOICES.items():
        if settings[name] not in choices:
            raise UsageError(f"{name}={settings[name]} is none of {', '.join(choices)}", print_help=False)
    level = str(settings["LOG_LEVEL"]).upper()
    if level not in logging.getLevelNamesMapping():
        raise UsageError(f"LOG_LEVEL={level} is none of DEBUG, INFO, WARNING, ERROR, CRITICAL", print_help=False)
    if level != settings["LOG_LEVEL"]:
        settings.set("LOG_LEVEL", level, priority="cmdline")


def _is_number(text: str, *, whole: bool) -> bool:
    try:
        return math.isfinite(int(text) if whole else float(text))
    except ValueError:
        return False


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
        check_settings(self.settings, opts.set)
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
        # As Ctrl-C: what was begun is taken away. Commands that run for long take both signals themselves.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
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
