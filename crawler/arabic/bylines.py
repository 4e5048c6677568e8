"""Who wrote it: bylines, datelines and sign-offs of Arabic papers."""

import html
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from crawler.arabic.agencies import AGENCIES_TOGETHER, agency_named
from crawler.arabic.letters import clean, fold, words
from crawler.arabic.names import GIVEN_NAMES, NAME_BEGINNINGS, WITH_WAW
from crawler.arabic.places import LONGEST as LONGEST_PLACE
from crawler.arabic.places import PLACES


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...]
    """People's names as printed, without titles, in order."""
    initials: str | None
    """Initials as printed, white space normalised: "ق/ د"."""
    agency: str | None
    """The agency's usual short name (AFP, APS, Reuters); of several all, joined by ", "; "وكالات" for agencies unnamed."""
    place: str | None
    """As printed; of several all."""
    raw: str
    """The byline as `clean` leaves it."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a first paragraph says before the story begins."""

    place: str | None
    agency: str | None
    author: str | None
    raw: str
    """The head itself, with the mark that ends it."""


_LONGEST = 250
"""Letters in a byline; what is longer is text."""
_LONGEST_NAME = 6
"""Words in a name: الحسين بن الحاج نصر is four."""


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Words before a name, by what their bearer did. Who wrote is the author; who translated or edited is where nobody wrote.
_WRITERS = _folded(
    "بقلم كتب كتبت كتبه كتبها يكتب تكتب إعداد اعداد أعد أعدت أعده تقرير الكاتب الكاتبة كاتب المؤلف بواسطة حاوره حاورها حاورته حاورتها"
    " حوار الحوار أجرى أجرت حاور تحقيق استطلاع روبورتاج ربورتاج رصد رصدها رصده تغطية متابعة قراءة تحليل شعر قصة نقله مراسلنا مراسلتنا موفدنا موفدتنا مبعوثنا مبعوثتنا"
    " مراسل مراسلة الصحفي الصحفية الصحافي by par author auteur written"
)
_HELPERS = _folded("ترجمة ترجمها ترجمته تعريب نقلها تحرير حررها حرره translated edited")
_OTHERS = _folded("تصوير عدسة صور الصور مونتاج إخراج إشراف مراجعة تدقيق رسم رسوم غرافيك جرافيك photo photos photographer")
_ROLES = _WRITERS | _HELPERS | _OTHERS
_ROLE_TAILS = _folded("وتصوير وتقديم وترجمة وتحرير وإعداد وحوار وكتابة وتحقيق وصور الخبر المقال المقالة التقرير الحوار عام خاص خاصة اليوم")
"""Words that a role may have after it: إعداد وتصوير, حوار خاص."""
_ALSO_DESKS = _folded("متابعة رصد تغطية تحرير قراءة تحليل")
"""Roles that stand for the desk itself where no name follows a colon: متابعة - الرياض الإلكتروني."""
_AFTER_NAME = _folded("يكتب تكتب كتب كتبت يكتبون")

_DESKS = _folded(
    "متابعة متابعات خاص خاصة التحرير المحرر محرر admin administrator editor editors staff desk webdesk newsroom عواصم العواصم المحليات محليات رياضة الرياضة"
    " اقتصاد ثقافة منوعات سياسة دولي دولية عربي عالمي مقالات رأي الرأي الأخبار أخبار اخبار نيوز news press برس ميديا media tv online أونلاين اونلاين الإلكتروني"
    " الإلكترونية الالكترونية الإلكترونى وكالة صحيفة جريدة موقع قناة شبكة مركز قسم فريق هيئة إدارة الإدارة مكتب بوابة مجلة إذاعة تلفزيون مؤسسة جمعية وزارة جامعة حزب لجنة اتحاد"
    " نادي منتدى أسرة طاقم زائر ضيف مدير المدير رئيس مشرف كلمة افتتاحية user root webmaster guest unknown anonymous مجهول غير"
    " مصدر المصدر مصادر ترجمات تقارير ملخص فيديو"
)
"""Words that a person's name does not hold: desks, sections, institutions, accounts."""
_OCCUPATIONS = _folded(
    "مراسل مراسلة مندوب مندوبة كاتب كاتبة صحفي صحفية صحافي صحافية باحث باحثة أكاديمي أكاديمية خبير خبيرة محلل محام محامية رئيس مدير أستاذ إعلامي إعلامية ناشط ناشطة روائي"
    " شاعر ناقد مستشار عضو نائب طبيب مهندس بي"
)
"""Words that begin a piece about a person named elsewhere in the byline: كاتب وصحفي مصري."""
_NOT_IN_NAMES = _folded(
    "في من إلى على عن مع هذا هذه التي الذي كل بعد قبل ان هو هي هل ما لا لم لن قد كان كانت قال قالت بين حول عبر منذ تم ثم أو يقول تقول نشر نشرت تاريخ بتاريخ صباحا مساء الساعة"
    " آخر تحديث يوم عدد تعليق تعليقات شارك مشاركة قراءة القراءات مشاهدة المشاهدات اقرأ المزيد the of and for in on at min read"
)

_ADDRESS = re.compile(r"\S*@\S*|(?:https?://|www\.)\S*|\S+\.(?:com|net|org|info|ma|dz|eg|ly|jo|ae|sa)\b\S*", re.IGNORECASE)
_IMAGE = re.compile(r"[^\s,،|]+\.(?:jpe?g|png|gif|webp|svg|bmp|avif)\b", re.IGNORECASE)
_TATWEEL = re.compile(r"(?<=[\u0621-\u064a])\u0640+(?=[\u0621-\u064a])")
_TATWEEL_DASH = re.compile(r"\u0640+")
_TITLE_LETTERS = r"(?:[أا] ?\. ?م ?\. ?د|[أا] ?\. ?د|م ?\. ?د|د|م|[أا]|ذ|dr|mr|mrs|prof)"
# د. or د/ or د : before a name; د and ذ also without a mark, for no name is shortened to them.
_TITLE_MARK = re.compile(rf"(?<![^\s:/|(،,\-–]){_TITLE_LETTERS} ?[./:] ?(?=[^\W\d_]{{2}})|(?<![^\s:/|(،,\-–])[دذ] (?=[^\W\d_]{{2}})", re.IGNORECASE)
_TITLES = _folded(
    "الدكتور الدكتورة دكتور دكتورة الأستاذ الأستاذة أستاذ أستاذة المهندس المهندسة مهندس الصحفي الصحفية الصحافي الصحافية الزميل الزميلة الكاتب الكاتبة المحامي المحامية اللواء العميد"
    " العقيد الخبير الخبيرة الإعلامي الإعلامية السفير السفيرة البروفيسور بروفيسور البروفسور بروفسور الباحث الباحثة الأديب الأديبة الشاعر الشاعرة الناقد الروائي الروائية الزميلان الدبلوماسي"
    " السيدة السيد الشيخ الأب القس المطران الحاج المستشار المستشارة الوزير القاضي الفنان"
)
_TITLES_THAT_ARE_NAMES = _folded("السيد الشيخ الحاج القاضي الوزير")
_LETTER = r"[\u0621-\u064aA-Z](?:ـ(?![\u0621-\u064a]))?"
_INITIALS = re.compile(rf"{_LETTER}(?: ?[./\\\-–ـ] ?{_LETTER}| {_LETTER}){{1,4}}\.?")
_TITLE_INITIALS = frozenset({"اد", "امد"})
_PIECE_BREAK = re.compile(r"[|:؛;()\[\]{}/\\\n•·*]|\.{2,}|(?<![A-Za-z])[-–—]|[-–—](?![A-Za-z])|[-–—]{2,}")
_LIST_BREAK = re.compile(r"[،,&]| (?:and|et) | و (?=\S)")
_QUOTED = re.compile(r"[«\"“”{][^»\"“”}]*[»\"“”}]")
_FROM = re.compile(r" (?:من|في|لـ|ل) ")
