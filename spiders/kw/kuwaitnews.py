"""Kuwait News."""

from spiders.jannah import Jannah


class KuwaitNews(Jannah):
    """Kuwait News (كويت نيوز), Kuwait City: news site. WordPress, theme Jannah."""

    name = "kuwaitnews"
    name_ar = "كويت نيوز"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["kuwaitnews.com"]
    sections = [
        "https://kuwaitnews.com/category/kuwait/",
        "https://kuwaitnews.com/category/kuwait-commute/",
        "https://kuwaitnews.com/category/kuwait-majlis/",
    ]
