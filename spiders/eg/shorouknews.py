"""Al Shorouk."""

from crawler.spider import NewsSpider


class ShoroukNews(NewsSpider):
    """Al Shorouk (الشروق), Cairo: private daily."""

    name = "shorouknews"
    name_ar = "الشروق"
    country = "eg"
    timezone = "Africa/Cairo"
    domains = ["shorouknews.com"]
    feeds = [
        "https://www.shorouknews.com/local/rss",
        "https://www.shorouknews.com/Politics/arab/rss",
        "https://www.shorouknews.com/Politics/world/rss",
        "https://www.shorouknews.com/sports/local-sports/rss",
        "https://www.shorouknews.com/sports/international/rss",
        "https://www.shorouknews.com/art/rss",
        "https://www.shorouknews.com/Economy/business/rss",
        "https://www.shorouknews.com/accidents/rss",
        "https://www.shorouknews.com/variety/sciences/rss",
        "https://www.shorouknews.com/universities/rss",
        "https://www.shorouknews.com/auto/rss",
    ]
