"""Hmak."""

from spiders.jannah import Jannah


class Hmak(Jannah):
    """Hmak (حماك), Kuwait City: news site. WordPress, theme Jannah."""

    name = "hmak"
    name_ar = "حماك"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["hmak.org"]
    sections = ["https://hmak.org/main/?cat=1", "https://hmak.org/main/?cat=8", "https://hmak.org/main/?cat=19"]
    next_page = "&paged={page}"
