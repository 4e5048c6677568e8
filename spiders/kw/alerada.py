"""Al Erada."""

from spiders.jannah import Jannah


class AlErada(Jannah):
    """Al Erada (الإرادة), Kuwait City: news site. WordPress, theme Jannah."""

    name = "alerada"
    name_ar = "الإرادة"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["alerada.net"]
    sections = [
        "https://alerada.net/category/kuwait",
        "https://alerada.net/category/oma",
        "https://alerada.net/category/economy",
    ]
