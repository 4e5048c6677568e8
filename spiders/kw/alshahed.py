"""Al Shahed."""

from spiders.jannah import Jannah


class AlShahed(Jannah):
    """Al Shahed (الشاهد), Kuwait City: private daily. WordPress, theme Jannah."""

    name = "alshahed"
    name_ar = "الشاهد"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alshahedkw.com"]
    sections = [
        "http://alshahedkw.com/section/local",
        "http://alshahedkw.com/section/parliament",
        "http://alshahedkw.com/section/issues",
    ]
