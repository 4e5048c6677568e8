"""Where the archive is, and how places in it are named."""

from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.items import WarcReference


def archive_folder(settings: BaseSettings) -> Path:
    """NABA_ARCHIVE, or the folder `archive` of NABA_DATA."""
    return Path(settings["NABA_ARCHIVE"] or Path(settings["NABA_DATA"]) / "archive").expanduser()


def refer(path: Path, offset: int, archive: Path) -> WarcReference:
    """The place of a record: relative to the archive, so that it may move; absolute in a file that is elsewhere."""
    path, archive = path.resolve(), archive.resolve()
    inside = path.is_relative_to(archive)
    return WarcReference(file=str(path.relative_to(archive) if inside else path), offset=offset)
