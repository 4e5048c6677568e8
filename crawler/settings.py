"""Scrapy settings of every crawl: polite by default.

What a user may change without touching a file is read from the environment under the name given beside it; everything
can also be set for one run with `-s NAME=VALUE`. Names that are not Scrapy's own are Naba's.
"""

import math
import os
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from crawler import __version__


def _number(name: str, default: float, *, least: float) -> float:
    """A number from the environment; a wrong one ends the program with one line."""
    text = os.environ.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number < math.inf:
        raise SystemExit(f"error: {name}={text} is no number from {least} up")
    return number


# --- the project ---------------------------------------------------------------------------------------------------
BOT_NAME = "naba"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")
"""What `scrapy genspider` writes spiders from."""

# --- where things are kept -----------------------------------------------------------------------------------------
_PROJECT = Path(closest_scrapy_cfg() or "scrapy.cfg").parent
NABA_DATA = os.environ.get("NABA_DATA") or str(_PROJECT / "data")
"""Folder of the local database, the archive and the logs: the same from every folder of the project."""
NABA_ARCHIVE = os.environ.get("NABA_ARCHIVE") or None
"""Folder of the WARC files; None: `archive` in NABA_DATA."""
MONGODB_URI = os.environ.get("MONGODB_URI") or None
"""A MongoDB of the user's own; None starts the local server."""
MONGODB_DATABASE = os.environ.get("MONGODB_DATABASE") or "naba"

# --- polite ----------------------------------------------------------------------------------------------------------
NABA_CONTACT = os.environ.get("NABA_CONTACT") or None
"""An address or e-mail at which a site's owner reaches whoever runs this crawl; it is sent in the user agent."""
USER_AGENT = f"naba/{__version__}" + (f" (+{NABA_CONTACT})" if NABA_CONTACT else "")
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "naba"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.downloading.LimitedHandler")
DOWNLOAD_DELAY = _number("NABA_DELAY", 1.0, least=0)  # seconds
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 60.0
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # a page of news is far smaller; what is larger is counted as failed
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.5,fr;q=0.3",
}
COOKIES_ENABLED = False

NABA_CHROMIUM = os.environ.get("NABA_CHROMIUM") or None
"""File of the Chromium that shows pages of sites with `javascript = True`; None: the one on the PATH."""

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    # Scrapy's own drops an offsite redirect without a word; ours tells the crawl's queue.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.politeness.Onsite": 50,
    "crawler.politeness.Ending": 960,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the queue knows what was asked for: memory stays flat
REDIRECT_MAX_TIMES = 10
# Scrapy would drop longer addresses without a word, and an Arabic letter is six characters of an address.
URLLENGTH_LIMIT = 0
WAIT_DEFAULT = 10.0
"""Seconds in which nothing is asked of a site after a 429 or 503 without Retry-After; doubled each time in a row."""
WAIT_MAX = 300.0
"""Seconds that a crawl waits at the most when a site asks to; beyond, it ends, and the next goes on from there."""
PAGES_LIMIT = int(_number("NABA_PAGES_LIMIT", 0, least=0))
"""Answers of any kind after which a crawl ends; 0: no limit."""

# --- what is fetched, and when again ------------------------------------------------------------------------------
REREAD_AFTER = os.environ.get("NABA_REREAD_AFTER") or "3600,21600,86400,259200,604800"
"""Seconds after publication at which an article is read again: papers edit, and counters grow. Empty: never."""
RETRY_AFTER = "600,3600,21600,86400"
"""Seconds after each failure of an article's page before a later crawl tries it again; then it is given up."""
IN_WORK = 32
"""Articles in work at once, from request to acknowledged write: what a crawl that is killed has fetched in vain."""
LISTINGS_LIMIT = 5000
"""Feeds, sitemaps and section pages that one crawl asks for at the most: the next goes on from there."""
SECTION_PAGES = 5
"""Listing pages of a section that a crawl without `since` looks at; with `since` it pages until all is older."""
SITEMAP_DAYS = 2
"""How far back sitemaps are read without `since`, in days."""

# --- closed doors: nothing listens while a crawl runs
# ------------------------------------------------------------------
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- the way of an article -----------------------------------------------------------------------------------------
ADDONS: dict[str, int] = {"crawler.archive.addon.ArchiveAddon": 100}
ITEM_PIPELINES = {
    "pipelines.clean.Clean": 100,
    "pipelines.deduplicate.Deduplicate": 200,
    "pipelines.store.Store": 300,
}
EXTENSIONS = {
    "crawler.store.session.StoreSession": 0,
    "crawler.store.measures.Measures": 0,
    "crawler.frontier.Frontier": 1,
    "crawler.politeness.Wishes": 2,
}
ARCHIVE_ENABLED = (os.environ.get("NABA_ARCHIVE_ENABLED") or "1").lower() not in {"0", "no", "off", "false"}
ARCHIVE_MAX_BYTES = 1024**3
"""A WARC file is closed and the next begun at this size."""
REPLAY: str | None = None
"""WARC files (comma-separated, a folder or a pattern) that answer every request instead of the network."""
EXTRACTION_WORKERS = int(_number("NABA_EXTRACTION_WORKERS", min(2, os.cpu_count() or 1), least=1))
EXTRACTION_TIMEOUT = 30.0  # seconds that one page may take before it is given up and its worker replaced
EXTRACTION_PAGES_PER_WORKER = (
    2000  # a worker is replaced after so many pages: memory stays flat whatever libraries keep
)
DEDUPLICATE = (os.environ.get("NABA_DEDUPLICATE") or "link").lower()
"""What becomes of an article that prints a stored story again: "link" keeps it and ties the two, "drop" does not store
it, "off" looks for nothing. The same address, or the same text on the same site, is one article in any case."""
STORE_BATCH = 100  # articles
STORE_INTERVAL = 0.25  # seconds
STORE_PATIENCE = 60.0  # seconds that a crawl waits for a server that went away, before it ends
# Responses stay in memory until their articles are acknowledged; the default of 5 MB would stall on large pages.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 50_000_000

# --- crawls on a timetable -----------------------------------------------------------------------------------------
TIMETABLE = os.environ.get("NABA_TIMETABLE") or str(_PROJECT / "crawls.toml")
"""What says when each site is crawled; without it every site has its default."""
BROKER_URL = os.environ.get("BROKER_URL") or None
"""redis:// or amqp://: the scheduler's jobs go to `scrapy worker`, on this machine and others; None: it runs them."""
JOB_SECONDS = _number("NABA_JOB_SECONDS", 1200, least=1)
"""After so long a job's crawl ends, and the next goes on. RabbitMQ gives a message to another after 30 minutes."""
JOB_PAGES = int(_number("NABA_JOB_PAGES", 0, least=0))
"""Answers after which a job's crawl ends, and the next goes on; 0: no limit."""
JOB_MEMORY = _number("NABA_JOB_MEMORY", 2048, least=0)
"""MiB that one job's processes may hold together: it is asked to end, half as much again kills it; 0: no limit."""
LEASE_SECONDS = _number("NABA_LEASE_SECONDS", 60, least=1)
"""After so long without a sign of life, of a job or scheduler on another machine, its work is another's."""
SCHEDULE_STOP_SECONDS = _number("NABA_SCHEDULE_STOP_SECONDS", 60, least=0)
"""How long crawls may take to end when the scheduler or a worker is stopped, before they are killed."""

# --- alarms: told once, and once more when they are over ------------------------------------------------------------
ALARM_WEBHOOK = os.environ.get("NABA_ALARM_WEBHOOK") or None
"""Address that gets `{"text": ...}` by POST, as Slack and its like take it."""
ALARM_MAIL_TO = os.environ.get("NABA_ALARM_MAIL_TO") or None
"""E-mail addresses, comma-separated."""
ALARM_MAIL_FROM = os.environ.get("NABA_ALARM_MAIL_FROM") or None
"""Sender; None: the first of ALARM_MAIL_TO."""
ALARM_SMTP = os.environ.get("NABA_ALARM_SMTP") or "smtp://localhost:25"
"""Mail server: smtp://host:25 (STARTTLS where it is offered) or smtps://user:password@host:465."""
ALARM_COMMAND = os.environ.get("NABA_ALARM_COMMAND") or None
"""Program with its arguments that gets the alarm as JSON on its standard input."""
METRICS_PORT = int(_number("NABA_METRICS_PORT", 0, least=0))
"""Port on which long-running commands answer Prometheus; 0: none."""
METRICS_HOST = os.environ.get("NABA_METRICS_HOST") or "127.0.0.1"

# --- errors and logs -----------------------------------------------------------------------------------------------
HTTPERROR_ALLOW_ALL = True  # the spider counts what is not 200, with its address
LOG_LEVEL = os.environ.get("NABA_LOG_LEVEL") or "INFO"
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S"
LOG_SHORT_NAMES = True
LOG_FORMATTER = "crawler.logformatter.LogFormatter"
LOG_VERSIONS: list[str] = []  # `scrapy version -v` tells
CRAWL_REASON = os.environ.get("NABA_CRAWL_REASON") or "by hand"
"""Why a crawl was started, as its record tells: the timetable and workers say so themselves."""
STATS_DUMP = False  # the crawl's own summary is for people; `-s STATS_DUMP=1` shows all
FEED_EXPORT_ENCODING = "utf-8"
