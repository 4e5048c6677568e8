"""Al Madenah News."""

from crawler.spider import NewsSpider


class AlMadenahNews(NewsSpider):
    """Al Madenah News (المدينة نيوز), Amman: news site."""

    name = "almadenahnews"
    name_ar = "المدينة نيوز"
    country = "jo"
    timezone = "Asia/Amman"
    domains = ["almadenahnews.com"]
    verified = "recorded page, 2020-04"
    sections = [
        "https://www.almadenahnews.com/",
        "https://www.almadenahnews.com/category/شؤون-محلية",
        "https://www.almadenahnews.com/category/عربي-ودولي",
        "https://www.almadenahnews.com/category/اقتصاد-وتكنولوجيا",
    ]
    article_address = r"/article/\d+"
