"""The base of the commands that tell about one article.

It stands here because Scrapy takes every command class in `crawler/commands/` for a command of its own.
"""

import argparse

from crawler.cli import NabaCommand


class ArticleCommand(NabaCommand):
    """A command about the article of an address."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "ADDRESS [--format jsonl]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        super().add_options(parser)
        parser.add_argument("address", metavar="ADDRESS", help="the article's address in any spelling, or its id")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="default: table")
