"""Al Istqlal."""

from spiders.jannah import Jannah


class Istqlal(Jannah):
    """Al Istqlal (الاستقلال), Kuwait City: news site. WordPress, theme Jannah."""

    name = "istqlal"
    name_ar = "الاستقلال"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["istqlalnews.com"]
    sections = ["https://istqlalnews.com/?cat=2", "https://istqlalnews.com/?cat=20", "https://istqlalnews.com/?cat=14"]
    next_page = "&paged={page}"
