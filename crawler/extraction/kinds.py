"""What a page is that gives no article."""

import re

from crawler.arabic.letters import fold
from crawler.extraction.blocks import Line
from crawler.extraction.head import Head
from crawler.extraction.jsonld import types_of
from crawler.extraction.outlet import parts_of
from crawler.extraction.outline import Outline

_ERRORS = re.compile(
    r"^\W*(?:error|خطا|erreur)?\W*(?:404|403|500|502|503|410)\W*(?:$|error|not found|خطا|forbidden|الصفحه|"
    r"page)|page not found|not found|forbidden|access denied|just a moment|attention required|bad gateway|"
    r"service unavailable"
    r"|(?:الصفحه|الصفحة|المقال|الخبر|المحتوي|الرابط|الموضوع|العنوان) (?:\S{1,15} ){0,4}(?:غير موجود|"
    r"غير موجوده|غير متاح|غير متاحه|غير متوفر|غير متوفره|لم يتم العثور|لا يوجد|لا توجد|محذوف|محذوفه|تم حذف)"
    r"|لم يتم العثور علي|عذرا.{0,30}(?:غير موجود|لم نتمكن|لا يمكن|الصفحه)|خطا في (?:الصفحه|الخادم|الاتصال)|"
    r"صفحه غير موجوده|الصفحه المطلوبه غير|ليس لديك صلاحيه|تم ايقاف الموقع|الموقع تحت الصيانه|"
    r"هذا الموقع قيد الصيانه|erreur 404|page introuvable"
)
_LONGEST_ERROR = 700
_LISTING_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})
_VIDEO_TYPES = frozenset({"VideoObject"})
_FEW = 12


def names_error(head: Head, title: str | None, lines: list[Line]) -> bool:
    """Whether the page says that there is nothing here: in its titles, or in its text when that is short."""
    if any(_ERRORS.search(fold(text)) for text in (head.title, title or "") if text and len(text) < 120):
        return True
    text = " ".join(line.text for line in lines[:_FEW])
    return len(text) < _LONGEST_ERROR and _ERRORS.search(fold(text)) is not None


def listing_signs(page: Outline, head: Head, url: str) -> str | None:
    """What says that the page is a list of articles: its address, its own statement; None when nothing does."""
    address = parts_of(url)
    article = any(t.endswith("Article") for node in head.nodes for t in types_of(node)) or "article" in head.metas.get(
        "og:type", ()
    )
    if article:
        return None
    stated = {t for node in head.nodes for t in types_of(node)}
    if stated & _LISTING_TYPES and "ItemList" not in stated:
        return f"it calls itself a {min(stated & _LISTING_TYPES)}"
    if address.path in {"", "/"} and not address.query and address.scheme.startswith("http"):
        return "it is the site's home page"
    if (
        not re.search(r"\d{5}[^/]*/?$", address.path)
        and re.search(r"/(?:category|tag|tags|author|section|archive|page)/[^/]+/?(?:page/\d+/?)?$", address.path)
        and "website" in head.metas.get("og:type", ["website"])
    ):
        articles = sum(1 for tag in page.tags if tag == "article")
        if articles != 1:
            return "its address is a list's"
    return None


def is_video(page: Outline, head: Head) -> bool:
    """Whether a page without text shows a video."""
    if any(types_of(node) & _VIDEO_TYPES for node in head.nodes) or any(
        value.startswith("video") for value in head.metas.get("og:type", ())
    ):
        return True
    root = page.elements[0]
    if next(root.iter("video"), None) is not None:
        return True
    return any(
        "youtube" in (frame.get("src") or "")
        or "dailymotion" in (frame.get("src") or "")
        or "player" in (frame.get("src") or "")
        for frame in root.iter("iframe")
    )
