"""Berwaz."""

from spiders.jannah import Jannah


class Berwaz(Jannah):
    """Berwaz (برواز), Kuwait City: news site. WordPress, theme Jannah."""

    name = "berwaz"
    name_ar = "برواز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["berwaz.com.kw"]
    sections = [
        "https://www.berwaz.com.kw/category/محليات/",
        "https://www.berwaz.com.kw/category/مجلس-الأمة/",
        "https://www.berwaz.com.kw/category/الإقتصادي/",
    ]
