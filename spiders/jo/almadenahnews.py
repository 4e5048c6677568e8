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
    sections = ["https://www.almadenahnews.com/"]
    article_address = r"/article/\d+"
