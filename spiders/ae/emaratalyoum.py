"""Emarat Al Youm."""

from crawler.spider import NewsSpider


class EmaratAlYoum(NewsSpider):
    """Emarat Al Youm (الإمارات اليوم), Dubai: state daily."""

    name = "emaratalyoum"
    name_ar = "الإمارات اليوم"
    country = "ae"
    timezone = "Asia/Dubai"
    domains = ["emaratalyoum.com"]
    sections = ["https://www.emaratalyoum.com/"]
    article_address = r"/\d{4}-\d{2}-\d{2}-1\.\d+$"
    feeds = ["https://www.emaratalyoum.com/1.533091?ot=ot.AjaxPageLayout"]
