"""Press News."""

from spiders.jannah import Jannah


class PressNews(Jannah):
    """Press News (برس نيوز), Kuwait City: news site. WordPress, theme Jannah."""

    name = "pressnews"
    name_ar = "برس نيوز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["pressnewskw.com"]
    sections = [
        "https://pressnewskw.com/category/مجلس-الأمة/",
        "https://pressnewskw.com/category/المجلس-البلدي/",
        "https://pressnewskw.com/category/التربية-والتعليم/",
    ]
