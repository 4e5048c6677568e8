"""Assabah."""

from spiders.jannah import Jannah


class Assabah(Jannah):
    """Assabah (الصباح), Casablanca: private daily. WordPress, theme Jannah."""

    name = "assabah"
    name_ar = "الصباح"
    country = "ma"
    timezone = "Africa/Casablanca"
    domains = ["assabah.ma"]
    sections = ["https://assabah.ma/?s"]
    next_page = "https://assabah.ma/page/{page}?s"
    feeds = ["https://assabah.ma/feed"]
