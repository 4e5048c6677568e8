"""Al Tagheer."""

from crawler.spider import NewsSpider


class AlTagheer(NewsSpider):
    """Al Tagheer (التغيير نت), Yemen: news site."""

    name = "altagheer"
    name_ar = "التغيير نت"
    country = "ye"
    timezone = "Asia/Aden"
    domains = ["al-tagheer.com"]
    feeds = ["https://www.al-tagheer.com/rss.php"]
