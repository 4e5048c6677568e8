"""Assarih."""

from spiders.jannah import Jannah


class Assarih(Jannah):
    """Assarih (الصريح), Tunis: private daily. WordPress, theme Jannah."""

    name = "assarih"
    name_ar = "الصريح"
    country = "tn"
    timezone = "Africa/Tunis"
    domains = ["assarih.com"]
    sections = [
        "https://www.assarih.com/category/وطنية",
        "https://www.assarih.com/category/سياسة",
        "https://www.assarih.com/category/عالمية",
    ]
