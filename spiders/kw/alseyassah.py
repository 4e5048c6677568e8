"""Al Seyassah."""

from spiders.publisher import Publisher


class AlSeyassah(Publisher):
    """Al Seyassah (السياسة), Kuwait City: private daily. WordPress, theme Publisher."""

    name = "alseyassah"
    name_ar = "السياسة"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["seyassah.com"]
    sections = [
        "http://www.seyassah.com/category/local/",
        "http://www.seyassah.com/category/economic/",
        "http://www.seyassah.com/category/allopinions/",
    ]
