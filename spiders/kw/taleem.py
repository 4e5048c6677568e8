"""Taleem."""

from spiders.publisher import Publisher


class Taleem(Publisher):
    """Taleem (تعليم), Kuwait City: news site of education. WordPress, theme Publisher."""

    name = "taleem"
    name_ar = "تعليم"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["taleem.com.kw"]
    sections = [
        "https://taleem.com.kw/category/التربية/",
        "https://taleem.com.kw/category/جامعة-الكويت/",
        "https://taleem.com.kw/category/التعليم-العالي/",
    ]
