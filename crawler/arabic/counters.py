"""Read counters: how often a page says that its article was read, in the many wordings of Arabic papers."""

import re
from dataclasses import dataclass

from crawler.arabic.digits import DIGITS, parse_count
from crawler.arabic.letters import fold

# An info bar holds a handful of facts; what is longer is text, and a number in a text is not the page's counter.
_LONGEST = 300
_LONGEST_COUNT = 6
"""Words in one count: "مئة وخمسة وعشرون ألفا وثلاثمائة" is five."""

# A gap or a bullet parts two facts as a bar does; fold would make a space of it.
_GAP = re.compile(r"\s{2,}|[\n\r\t•·▪●■◦]")
_TOKEN = re.compile(r"[0-9]+(?:[.,،٫٬'’/:\\-][0-9]+)*|[^\W\d_]+|[^\w\s]")

# All words are folded: no hamza, ه for ة, ي for ى, Latin letters in lower case without accents.


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLURALS = _set("القراءات المشاهدات الزيارات المطالعات النقرات views hits reads visits vues visites lectures pageviews")
"""Nouns that name a counter and hardly anything else."""
_READERS = _set("القراء قراء")
"""Readers: a counter only where nobody's comments or letters are theirs."""
_NOUNS = (
    _PLURALS
    | _READERS
    | _set(
        "قراءات قراءه القراءه قرايه القرايه للقراءه مشاهدات مشاهده المشاهده زيارات زياره الزياره مطالعات مطالعه"
        " المطالعه"
        " نقرات نقره النقره اطلاع الاطلاع الاطلاعات تصفح التصفح قاري مقروييه المقروييه العرض view hit visit vue visite"
        " lecture \U0001f441"
    )
)
_ONLY_COUNTED = _set("قاري العرض")
"""Not labels by themselves: a reader with a number is a commentator, a show is one; 458 قارئ, مرات العرض are."""
_HOW_MANY = _set("عدد مرات مجموع اجمالي total nombre number de of page")
"""Words between the label's beginning and its noun: عدد مرات القراءة."""
_SAYS_COUNT = _set("عدد مرات مجموع اجمالي total nombre number")
_OBJECTS = _set(
    "هذا هذه الخبر المقال المقاله الموضوع التقرير الماده الصفحه الفيديو للخبر للمقال للمقاله للموضوع للتقرير"
    " للماده للصفحه"
)
_VERBS = _set(
    "قري قريت قراه شوهد شوهدت شاهده زاره تصفحه مقروء قراءته قراءتها قراءه مشاهدته مشاهدتها مشاهده المشاهده القراءه"
    " الزياره عرضه عرضها عرض زيارته زيارتها زياره عليه عليها lu lue vu vue consulte read viewed visited"
)
_SEEN = _set("قري قريت قراه شوهد شوهدت شاهده تصفحه زاره")
"""Verbs that a colon makes a label of: شوهد: 44."""
_BEFORE_VERB = _set("تم تمت لقد قد جري الاطلاع اطلاع اطلع cet article a ete was been has this page")
_TIMES = _set("مره مرات شخص شخصا اشخاص قاري قاريا زاير زايرا fois times")
_ONCE = {"مره": 1, "مرتين": 2, "مرتان": 2}
_TWICE = _set("قراءتان قراءتين مشاهدتان مشاهدتين زيارتان زيارتين")
_HALVES = _set("ص م am pm")
"""They end a time."""
_AND, _AT_LEAST = frozenset("و"), frozenset("+")
_MARKS = frozenset(":=([-–—|/ـ»›>")
_BREAKS = frozenset("|-–—/،,؛;:.!()[]{}«»\"'")

_NOT_OF_READING = _set(
    "الاكثر اكثر الاعلي اعلي الاقل وقت مده زمن معدل متوسط نسبه تعليقات تعليق اراء رسايل بريد تقييم مشاركات most"
    " top min minute"
    " minutes reading time temps"
)
"""Before a noun of reading: another fact than how often (most read, reading time, readers' comments)."""
_TIME_UNITS = _set(
    "دقيقه دقايق دقيقتين دقيقتان ثانيه ثواني ساعه ساعات د ث يوم ايام min mins minute minutes sec seconds % ٪"
)
_OTHER_UNITS = _TIME_UNITS | _set(
    "ك صوره صور تعليق تعليقات تعليقا اعجاب اعجابات مشاركه مشاركات متابع متابعا صوت اصوات كتاب كتب خبر اخبار comments"
    " comment shares likes"
)
_PROSE = _set(
    "الي التي الذي الذين ان انه انها حيث كما لكن قال قالت واضاف اضاف خلال بعد قبل عند مع حقق حققت حصد حصدت بلغ"
    " بلغت وصل وصلت"
    " تجاوز تجاوزت تخطي تخطت فاق فاقت ارتفع ارتفعت ارتفاع زياده تراجع انخفاض سجل سجلت نال نالت حاز حازت جمع اكثر"
    " الاكثر نحو"
    " حوالي قرابه بينما الفيديو المقطع الكليب and the with has have"
)
"""Words of a sentence; an info bar has none of them."""
_PROSE_AFTER_AND = frozenset(word for word in _PROSE if len(word) > 2)
"""What may stand after a و or ف that is joined to it: وبلغ."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The words, numbers and marks of one line, and what stands at a place of it."""

    tokens: list[str]

    def at(self, place: int) -> str:
        """The token at a place; a bar beyond either end, where the fact ends too."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else "|"

    def parts_facts(self, place: int) -> bool:
        """Whether a fact may end before, or begin after, this place: a mark, a number, or the line's end."""
        token = self.at(place)
        return token in _BREAKS or token[0] in DIGITS or (token in _AND and self.at(place + 1)[0] in DIGITS)

    def count_from(self, start: int) -> tuple[int, int] | None:
        """The longest count that begins at `start`, and the place after it."""
        if not _may_count(self.at(start)):
            return None
        for end in range(min(start + _LONGEST_COUNT, len(self.tokens)), start, -1):
            value = parse_count(" ".join(self.tokens[start:end]))
            if value is not None:
                return value, end
        return None

    def count_until(self, end: int) -> tuple[int, int] | None:
        """The longest count that ends before `end`, and the place of its first word."""
        for start in range(max(end - _LONGEST_COUNT, 0), end):
            value = parse_count(" ".join(self.tokens[start:end])) if _may_count(self.at(start)) else None
            if value is not None:
                return value, start
        return None

    def has_prose(self, place: int) -> bool:
        """Whether the stretch between two bars around a place has words of a sentence."""
        first, last = place, place
        while first > 0 and self.tokens[first - 1] != "|":
            first -= 1
        while last < len(self.tokens) and self.tokens[last] != "|":
            last += 1
        return any(_is_prose(token) for token in self.tokens[first:last])


def _may_count(token: str) -> bool:
    return token[0] in DIGITS or token in _AT_LEAST or token.isalpha()


def _is_prose(token: str) -> bool:
    return token in _PROSE or token[1:] in _PROSE_AFTER_AND


def _of_other_unit(line: _Line, place: int) -> bool:
    """Whether the word at a place says that the number before it counts something else; a label of its own does not."""
    labels = line.at(place + 1) == ":" or line.at(place + 1)[0] in DIGITS
    return line.at(place) in _TIME_UNITS or (line.at(place) in _OTHER_UNITS and not labels)


def _labelled(line: _Line, place: int) -> int | None:
    """The number after the noun at a place: القراءات: 458, عدد مرات القراءة 458."""
    noun = line.at(place)
    first = place
    while line.at(first - 1) in _HOW_MANY:
        first -= 1
    says_count = not _SAYS_COUNT.isdisjoint(line.tokens[first:place])
    start = place + 1
    while line.at(start) in _OBJECTS:
        start += 1
    marks = start
    while marks < len(line.tokens) and line.at(marks) in _MARKS and marks < start + 3:
        marks += 1
    marked = marks > start
    before = line.at(first - 1)
    counted = line.count_from(marks)
    counts_before = before in _OTHER_UNITS and line.at(first - 2)[0] in DIGITS  # 0 تعليق القراءات: 458
    if counted is None or _is_prose(before) or _of_other_unit(line, counted[1]):
        return None
    if before in _NOT_OF_READING and not counts_before:
        return None
    if not (says_count or _is_label(line, noun, (first, start, counted[1]), marked=marked)):
        return None
    return counted[0] if says_count or not line.has_prose(place) else None


def _is_label(line: _Line, noun: str, places: tuple[int, int, int], *, marked: bool) -> bool:
    """Whether a noun labels the number after it, where no "number of" says so.

    Args:
        line: the line.
        noun: the noun.
        places: where the label begins, what follows the noun, and what follows the number.
        marked: whether a colon or its like stands between.
    """
    first, start, after = places
    before = line.at(first - 1)
    if noun in _ONLY_COUNTED or (not marked and before[0] in DIGITS and not noun.startswith("ال")):
        return False  # 458 مشاهدة 14: its number is the one before
    alone = line.parts_facts(first - 1) or before in _HALVES
    ended = line.parts_facts(after) or line.at(after) in _TIMES | _NOUNS | _OTHER_UNITS
    if noun in _READERS:
        return alone and marked
    if noun == "قراءات" and line.at(start) in "([":
        return False  # a section's name and how many items it has
    return (marked and noun in _PLURALS) or (alone and ended)


def _times(line: _Line, place: int) -> int | None:
    """The number after the verb at a place: قرئ 458 مرة, تمت قراءة الخبر 458 مرة."""
    first = place
    while line.at(first - 1) in _BEFORE_VERB:
        first -= 1
    start = place + 1
    while line.at(start) in _OBJECTS or line.at(start) == ":":
        start += 1
    if not line.parts_facts(first - 1):
        return None
    if line.at(start) in _ONCE:
        return _ONCE[line.at(start)]
    counted = line.count_from(start)
    if counted is None:
        return None
    labelled = line.at(place) in _SEEN and line.at(place + 1) == ":" and line.parts_facts(counted[1])
    return counted[0] if labelled or line.at(counted[1]) in _TIMES else None


def _with_unit(line: _Line, place: int) -> int | None:
    """The number before the noun at a place: 458 قراءة, 1.2 ألف مشاهدة, or in it: مشاهدتان."""
    if line.at(place) in _TWICE:
        return 2 if len(line.tokens) == 1 else None
    counted = line.count_until(place)
    if counted is None or not line.parts_facts(place + 1) or line.has_prose(place):
        return None
    ahead = line.count_from(place + 1)
    if ahead is not None and line.at(ahead[1]) in _TIME_UNITS:
        return None  # 14 قراءة 3 دقائق: a time of reading, after another number
    before = counted[1] - 1
    if line.at(before) == ":" and line.at(before - 1).isalpha() and line.at(before - 1) not in _NOUNS:
        return None  # التعليقات: 4 قراءة: the number is the label's before it
    after_fact = line.at(before) in _HALVES or (
        line.at(before) in _OTHER_UNITS | _NOUNS and line.parts_facts(before - 1)
    )
    return counted[0] if after_fact or line.parts_facts(before) else None


def parse_read_count(text: str) -> int | None:
    """How often an article was read, from the label that says it or the info bar that holds the label.

    Read are a label and its number (القراءات: 458, عدد مرات المشاهدة 1,2 ألف, Views: 1,234), a number and its unit
    (458 قراءة, مليون مشاهدة, 458 vues) and a verb (قرئ 458 مرة, Lu 458 fois), in any digits, beside other facts or
    alone. A lower bound (+50 ألف مشاهدة) is its number. The first counter of the line is taken.

    A number without a label is not read: what it counts only its place on the page can tell. Nor is another fact: the
    most read (الأكثر قراءة), the time of reading (3 دقائق قراءة), comments, likes, the issue's number, the site's
    visitors. Nor is a sentence, for a counter is a label and not prose: a number with its unit must stand between
    marks, numbers or the ends of the line; only a label that says "number of" or ends in a colon may have words beside
    it; and a line with words that only sentences have (بلغ, التي, أكثر ...) or of more than 300 characters gives
    nothing.

    Args:
        text: a short text: the counter's element, or the line that it stands in.

    Returns:
        The count, or None.
    """
    if len(text) > _LONGEST:
        return None
    line = _Line(_TOKEN.findall(fold(_GAP.sub(" | ", text.strip()))))
    for place, token in enumerate(line.tokens):
        for known, reading in ((_NOUNS, _labelled), (_VERBS, _times), (_NOUNS | _TWICE, _with_unit)):
            if token in known and (count := reading(line, place)) is not None:
                return count
    return None
