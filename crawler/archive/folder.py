"""Where the archive is."""

from pathlib import Path

from scrapy.settings import BaseSettings


def archive_folder(settings: BaseSettings) -> Path:
    """NABA_ARCHIVE, or the folder `archive` of NABA_DATA."""
    return Path(settings["NABA_ARCHIVE"] or Path(settings["NABA_DATA"]) / "archive").expanduser()
