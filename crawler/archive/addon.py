"""Wires the archive into a crawl: pages are kept, or with REPLAY answered from what was kept."""

from scrapy.settings import BaseSettings

from crawler.archive.middleware import ArchiveMiddleware

_PRIORITY = "cmdline"  # a replay must not reach the network, whatever a spider's own settings say


class ArchiveAddon:
    """Scrapy add-on. Settings: ARCHIVE_ENABLED, NABA_ARCHIVE, ARCHIVE_MAX_BYTES, REPLAY, REPLAY_AT."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Insert the middleware, or replace the network."""
        if settings["REPLAY"]:
            handler = "crawler.archive.replay.ReplayHandler"
            settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler, "ftp": None, "s3": None}, _PRIORITY)
            settings.set("DOWNLOAD_DELAY", 0, _PRIORITY)
            settings.set("AUTOTHROTTLE_ENABLED", False, _PRIORITY)
            settings.set("HTTPPROXY_ENABLED", False, _PRIORITY)
            settings.set("RETRY_ENABLED", False, _PRIORITY)  # a recorded error stays one
            settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 8, _PRIORITY)
        elif settings.getbool("ARCHIVE_ENABLED"):
            settings.setdefault_in_component_priority_dict("DOWNLOADER_MIDDLEWARES", ArchiveMiddleware, 950)
