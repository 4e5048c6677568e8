"""The sample newspaper."""

from crawler.extraction.rules import PageRules
from crawler.spider import NewsSpider


class Sample(NewsSpider):
    """Al-Mizan (الميزان): a fictional daily that Naba ships as recorded pages. Three page designs."""

    name = "sample"
    name_ar = "الميزان"
    country = "dz"
    timezone = "Africa/Algiers"
    domains = ["sample.example"]
    verified = "samples/sample.warc.gz, 2026-11"
    sections = [
        "https://www.sample.example/dz/الأخيرة",
        "https://www.sample.example/أخبار/",
        "https://www.sample.example/latest",
    ]
    article_rows = ".item-list-row, li.post-item, .card_Root__x1"
    article_links = "h3.item-title a, h2.post-title a, a.card_Link__x2"
    article_dates = ".item-date time, .date"
    next_page = "a.next"
    page = [
        PageRules(
            when=".itemView",
            kicker=".item-uptitle",
            title="h3.item-title",
            body=".itemIntroText, .itemFullText",
            author_initials=".item-author .name",
            published_at=".item-date time",
            read_count=".item-info li",
        ),
        PageRules(
            when="#the-post",
            title="h1.entry-title",
            body=".entry-content",
            byline=".meta-author, .meta-source",
            published_at=".post-meta .date",
            read_count=".meta-views",
            section=".post-cat",
            remove=".inline-related, .telegram-box, .post-bottom-meta",
        ),
        PageRules(summary="p[class^=head_Standfirst]"),
    ]
