"""What would stop the archive, told before a crawl begins."""

import tempfile

from scrapy.settings import BaseSettings

from crawler.archive.folder import archive_folder
from crawler.archive.reader import find_files, open_file
from crawler.archive.replay import replay_instant
from crawler.errors import UserError


def check_archive(settings: BaseSettings) -> None:
    """Make sure that pages can be kept.

    Raises:
        UserError: when NABA_ARCHIVE cannot be written.
    """
    if not settings.getbool("ARCHIVE_ENABLED"):
        return
    folder = archive_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 65536)
    except OSError as error:
        raise UserError(
            f"the archive {folder} cannot be written ({error.strerror}): make room, set NABA_ARCHIVE to "
            "another folder, or do without it (-s ARCHIVE_ENABLED=0)"
        ) from None


def is_replay(settings: BaseSettings) -> bool:
    """Whether the crawl is answered from recorded pages.

    Raises:
        UserError: when REPLAY is set to nothing: a crawl that was meant to be a replay must not reach the network.
    """
    if settings["REPLAY"] == "":
        raise UserError("REPLAY is empty: name a .warc.gz file, a folder of them or a pattern, or leave it out")
    return bool(settings["REPLAY"])


def check_replay(settings: BaseSettings) -> None:
    """Make sure that the files of REPLAY can be read, and that REPLAY_AT is a date.

    Raises:
        UserError: when they cannot.
    """
    replay_instant(settings)
    for path in find_files(settings["REPLAY"]):
        open_file(path).close()
