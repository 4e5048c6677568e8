"""The stories of the sample newspaper: what each is about and what it is there to test."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samples.prose import TOPICS, Topic, Writer

ZONE = ZoneInfo("Africa/Algiers")
LAYOUTS = 3


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph of a body, or what stands among them."""

    text: str
    kind: str = "p"
    """'p', 'h' (sub-heading), 'li', 'quote' or 'verse'."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article, apart from any page design."""

    number: int
    layout: int
    """1: Joomla K2; 2: WordPress; 3: JSON-LD and css modules."""
    section: str
    title: str
    blocks: tuple[Block, ...]
    published_at: datetime | None
    kicker: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    initials: str | None = None
    agency: str | None = None
    """As the page prints it: (واج)."""
    agency_name: str | None = None
    """Its usual short name: APS."""
    reads: int | None = None
    reads_text: str | None = None
    """The counter as the page prints it."""
    tags: tuple[str, ...] = ()
    case: str = ""
    """What the story is there to test."""
    encoding: str = "utf-8"

    @property
    def body(self) -> str:
        """The text as a record has it."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True)
class Case:
    """What is particular about one story."""

    name: str
    layout: int
    paragraphs: int = 4
    fields: dict[str, object] = field(default_factory=dict)
    extra: tuple[Block, ...] = ()


CASES = (
    Case("plain", 1, fields={"reads": 458, "reads_text": "458", "initials": "ق/ د"}),
    Case("counter in Arabic digits", 1, fields={"reads": 458, "reads_text": "٤٥٨", "initials": "ق/ د"}),
    Case("thousands with a space", 1, fields={"reads": 1458, "reads_text": "1 458", "initials": "م/ ب"}),
    Case("thousands with an Arabic separator", 1, fields={"reads": 1458, "reads_text": "١٬٤٥٨", "initials": "ي. س"}),
    Case("initials with points", 1, fields={"reads": 12, "reads_text": "12", "initials": "ق. و"}),
    Case("initials without a space", 1, fields={"reads": 7, "reads_text": "7", "initials": "م.س"}),
    Case("two sentences", 1, paragraphs=0, fields={"reads": 31, "reads_text": "31", "initials": "ق/ د"}),
    Case("no kicker", 1, fields={"kicker": None, "reads": 96, "reads_text": "96", "initials": "ن/ ع"}),
    Case("very long", 1, paragraphs=24, fields={"reads": 2204, "reads_text": "2204", "initials": "ر/ ك"}),
    Case(
        "declared in the wrong encoding",
        1,
        fields={"encoding": "cp1256", "reads": 5, "reads_text": "5", "initials": "ق/ د"},
    ),
    Case("printed under a second address", 1, fields={"reads": 640, "reads_text": "640", "initials": "ق/ د"}),
    Case("edited after printing", 1, fields={"reads": 88, "reads_text": "88", "initials": "ق/ د"}),
    Case("broken markup", 1, fields={"reads": 19, "reads_text": "19", "initials": "ق/ د"}),
    Case(
        "harakat and tatweel",
        1,
        fields={"reads": 3, "reads_text": "3", "initials": "ق/ د"},
        extra=(Block(text="وقال الشيخُ إنَّ العِلمَ نورٌ وإنَّ الصـــبرَ مفتاحُ كلِّ بابٍ مغلق."),),
    ),
    Case("named author", 2, fields={"authors": ("ليلى بن عمار",), "reads": 1458, "reads_text": "1٬458"}),
    Case("two authors", 2, fields={"authors": ("كريم الصافي", "نادية منصور"), "reads": 320, "reads_text": "320"}),
    Case("counter in thousands", 2, fields={"authors": ("سمير الحاج",), "reads": 1200, "reads_text": "1.2 ألف"}),
    Case("agency", 2, fields={"agency": "واج", "agency_name": "APS", "reads": 73, "reads_text": "٧٣"}),
    Case("foreign agency", 2, fields={"agency": "رويترز", "agency_name": "Reuters"}),
    Case(
        "sub-headings",
        2,
        fields={"authors": ("ليلى بن عمار",)},
        extra=(
            Block(text="مطالب السكان", kind="h"),
            Block(text="ويقول السكان إن أول ما يحتاجون إليه هو الماء والطريق."),
        ),
    ),
    Case(
        "a list",
        2,
        fields={"authors": ("كريم الصافي",)},
        extra=(
            Block(text="وتتضمن الخطة ثلاث نقاط:"),
            Block(text="تجديد شبكة المياه القديمة في وسط المدينة.", kind="li"),
            Block(text="فتح عيادة متعددة الخدمات في الحي الجديد.", kind="li"),
            Block(text="تخصيص فضاء مغطى للباعة الصغار.", kind="li"),
        ),
    ),
    Case(
        "a quotation",
        2,
        fields={"authors": ("سمير الحاج",)},
        extra=(
            Block(text="وأضاف المتحدث قائلا:"),
            Block(text="«لن نغادر هذا المكان قبل أن نرى الأشغال قد بدأت فعلا».", kind="quote"),
        ),
    ),
    Case(
        "a poem",
        2,
        fields={"authors": ("نادية منصور",)},
        extra=(
            Block(text="ومما جاء في القصيدة التي ألقيت:"),
            Block(text="يا بحر خذ من صوتنا ما تشتهي", kind="verse"),
            Block(text="واترك لنا في الرمل بعض غناء", kind="verse"),
        ),
    ),
    Case(
        "Latin words and mixed digits",
        2,
        extra=(Block(text="وتعمل المنصة الجديدة بنظام Open Data منذ ٢٠١٩ في 14 بلدية."),),
    ),
    Case("short", 2, paragraphs=1, fields={"authors": ("ليلى بن عمار",)}),
    Case("one author", 3, fields={"authors": ("هدى الكامل",)}),
    Case(
        "standfirst",
        3,
        fields={"authors": ("هدى الكامل",), "summary": "قصة حي صغير انتظر أهله طويلا حتى وصل إليهم الماء."},
    ),
    Case("tags", 3, fields={"authors": ("مراد ناصري",), "tags": ("مياه", "تنمية محلية")}),
    Case("agency dateline", 3, fields={"agency": "واج", "agency_name": "APS"}),
    Case("no date", 3, fields={"published_at": None, "authors": ("مراد ناصري",)}),
    Case("reached with a tracking parameter", 3, fields={"authors": ("هدى الكامل",)}),
    Case("moved", 3, fields={"authors": ("مراد ناصري",)}),
    Case("long", 3, paragraphs=12, fields={"authors": ("هدى الكامل",)}),
    Case("two sentences, modern", 3, paragraphs=0, fields={"authors": ("مراد ناصري",)}),
)

_FIRST = {
    1: datetime(2018, 2, 13, 22, 18, 40, tzinfo=ZONE),
    2: datetime(2019, 12, 30, 17, 5, tzinfo=ZONE),
    3: datetime(2021, 7, 28, 9, 30, tzinfo=ZONE),
}


def stories(seed: int = 1) -> tuple[Story, ...]:
    """The paper's stories; within a layout the first is the newest."""
    result = []
    printed = dict.fromkeys(_FIRST, 0)
    for number, case in enumerate(CASES, 1):
        published = _FIRST[case.layout] - timedelta(days=19 * printed[case.layout], minutes=7 * number)
        printed[case.layout] += 1
        result.append(tell(case, number, published, seed))
    return tuple(result)


def tell(case: Case, number: int, published: datetime, seed: int) -> Story:
    """Write the story of one case."""
    writer = Writer(seed * 100_000 + number)
    topic: Topic = TOPICS[number % len(TOPICS)]
    blocks = [Block(text=text) for text in writer.body(topic, case.paragraphs)]
    if case.paragraphs == 0:  # an item of two sentences
        blocks = [Block(text=f"{blocks[0].text} {writer.pick(topic.sentences)}")]
    middle = (len(blocks) + 1) // 2
    blocks[middle:middle] = case.extra
    story = Story(
        number=number,
        layout=case.layout,
        section=topic.section,
        title=writer.pick(topic.headlines),
        kicker=writer.pick(topic.kickers) if case.layout == 1 else None,
        blocks=tuple(blocks),
        published_at=published,
        case=case.name,
    )
    return replace(story, **case.fields)  # type: ignore[arg-type]  # the cases name the story's own fields


def edited(story: Story) -> Story:
    """The story as it was first printed: before its headline and last paragraph were changed."""
    last = replace(story.blocks[-1], text="ولم تتوفر تفاصيل أخرى عن العملية إلى حد الساعة.")
    return replace(
        story,
        title=f"{story.title} قريبا",
        blocks=(*story.blocks[:-1], last),
        reads=story.reads and story.reads // 2,
        reads_text="44",
    )
