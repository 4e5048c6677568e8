"""Al Ikhbariah."""

from crawler.spider import NewsSpider


class AlIkhbariah(NewsSpider):
    """Al Ikhbariah (الإخبارية السورية), Damascus: state news television. WordPress."""

    name = "alikhbariah"
    name_ar = "الإخبارية السورية"
    country = "sy"
    timezone = "Asia/Damascus"
    domains = ["alikhbariah.com"]
    feeds = ["https://alikhbariah.com/feed/"]
