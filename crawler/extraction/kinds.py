"""What a page is that gives no article."""

import re

from crawler.arabic.letters import fold
from crawler.extraction.blocks import Line
from crawler.extraction.head import Head
from crawler.extraction.jsonld import types_of
from crawler.extraction.outline import Outline

_ERRORS = re.compile(
    r"^\W*(?:error|خطا|erreur)?\W*(?:404|403|500|502|503|410)\W*(?:$|error|not found|خطا|forbidden|الصفحه|"
    r"page)|page not found|not found|forbidden|access denied|just a moment|attention required|bad gateway|"
    r"service unavailable"
    r"|(?:الصفحه|الصفحة|المقال|الخبر|المحتوي|الرابط|الموضوع|العنوان) (?:\S{1,15} ){0,4}(?:غير موجود|"
    r"غير موجوده|غير متاح|غير متاحه|غير متوفر|غير متوفره|لم يتم العثور|لا يوجد|لا توجد|محذوف|محذوفه|تم حذف)"
    r"|لم يتم العثور علي|عذرا.{0,30}(?:غير موجود|لم نتمكن|لا يمكن|الصفحه)|خطا في (?:الصفحه|الخادم|الاتصال)|"
    r"صفحه غير موجوده|الصفحه المطلوبه غير|ليس لديك صلاحيه|تم ايقاف الموقع|الموقع تحت الصيانه|"
    r"هذا الموقع قيد الصيانه|erreur 404|page introuvable|حدث خطا (?:ما|اثناء|في|غير متوقع)"
    r"|(?:لا يمكن|لم نتمكن من|يتعذر|تعذر) العثور علي"
    r"|(?:هذا|هذه) (?:الخبر|المقال|الصفحه|الموضوع) غير (?:متاح|موجود|متوفر)"
)
_LONGEST_ERROR = 700
_VIDEO_TYPES = frozenset({"VideoObject"})
_PLAYERS = ("youtube", "dailymotion", "vimeo", "player", "facebook.com/plugins/video")
_DOOR = re.compile(r"(?:تسجيل الدخول|سجل الدخول|دخول الاعضاء|الاشتراك|اشترك|log ?in|sign ?in|subscribe)\W*$")
_DOOR_NOTICE = re.compile(
    r"(?:يرجي|الرجاء|يجب|عليك) (?:عليك )?تسجيل الدخول "
    r"(?:\S{1,15} ){0,4}(?:لمتابعه|لقراءه|للقراءه|لتصفح|لمشاهده|للاطلاع)"
    r"|(?:المحتوي|المقال|الخبر) (?:\S{1,15} )?(?:متاح|مخصص|حصري) (?:فقط )?لل?(?:مشتركين|اعضاء)"
)
_FEW = 12


def names_error(head: Head, title: str | None, lines: list[Line]) -> bool:
    """Whether the page says that there is nothing here: in its titles, or in its text when that is short."""
    if any(_ERRORS.search(fold(text)) for text in (head.title, title or "") if text and len(text) < 120):
        return True
    text = " ".join(line.text for line in lines[:_FEW])
    return len(text) < _LONGEST_ERROR and _ERRORS.search(fold(text)) is not None


def names_video(head: Head) -> bool:
    """Whether the page says that it is a video and no article."""
    if any(value.startswith("video") for value in head.metas.get("og:type", ())):
        return True
    return not head.article and any(types_of(node) & _VIDEO_TYPES for node in head.nodes)


def shows_video(page: Outline) -> bool:
    """Whether a page without text shows a video."""
    root = page.elements[0]
    if next(root.iter("video"), None) is not None:
        return True
    addresses = [frame.get("src") or frame.get("data-src") or "" for frame in root.iter("iframe")]
    return any(player in address for address in addresses for player in _PLAYERS)


def asks_to_sign_in(title: str | None, lines: list[Line]) -> bool:
    """Whether a page with hardly a text is the door to one: sign in, subscribe."""
    text = fold(" ".join(line.text for line in lines[:_FEW]))
    return len(text) < _LONGEST_ERROR and (
        _DOOR.match(fold(title or "")) is not None or _DOOR_NOTICE.search(text) is not None
    )
