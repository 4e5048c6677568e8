"""Syria Steps."""

from crawler.spider import NewsSpider


class SyriaSteps(NewsSpider):
    """Syria Steps (سيرياستيبس), Syria: business news site."""

    name = "syriasteps"
    name_ar = "سيرياستيبس"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["syriasteps.com"]
    feeds = ["https://syriasteps.com/feed/"]
