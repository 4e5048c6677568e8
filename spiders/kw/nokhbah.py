"""Al Nokhbah."""

from spiders.publisher import Publisher


class Nokhbah(Publisher):
    """Al Nokhbah (النخبة), Kuwait City: news site. WordPress, theme Publisher."""

    name = "nokhbah"
    name_ar = "النخبة"
    country = "kw"
    timezone = "Asia/Kuwait"
    domains = ["nokhbahnews.com"]
    sections = [
        "https://www.nokhbahnews.com/?cat=13",
        "https://www.nokhbahnews.com/?cat=112",
        "https://www.nokhbahnews.com/?cat=43",
    ]
    next_page = "&paged={page}"
