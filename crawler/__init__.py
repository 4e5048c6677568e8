"""Naba (نبأ): what every crawl shares."""

from importlib.metadata import version

__version__ = version("naba")
