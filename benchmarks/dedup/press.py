"""An invented press: events, the stories that papers print of them, and what reprinting makes of a story.

All of it follows from a seed. Words are Arabic in form, drawn by Zipf's law, and stand in the phrases that news is
written in, so that strangers have in common what strangers have: titles, names, turns of phrase.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
_FORMS = (
    *("{0}{1}{2}", "{0}ا{1}{2}", "م{0}{1}و{2}", "ت{0}{1}ي{2}"),
    *("ا{0}ت{1}ا{2}", "{0}{1}ا{2}ة", "م{0}ا{1}{2}ة", "أ{0}{1}ا{2}"),
)
_ENDS = ("", "", "", "ية", "ات", "ين", "ها", "هم")
_LINKS = ("في", "من", "على", "إلى", "التي", "الذي", "مع", "عن", "بعد", "قبل", "خلال", "بين", "هذا", "هذه", "كما", "وقد")
_POSTS = (
    *("وزير الداخلية", "رئيس الحكومة", "والي الولاية", "مدير المؤسسة"),
    *("المتحدث باسم الجيش", "رئيس اللجنة", "سفير الاتحاد الأوروبي"),
)
_SAID = (
    "أكد {who} أن {a} {b}، {c}.",
    "وأوضح {who} في تصريح للصحافة أن {a} {b}.",
    "وأضاف المصدر نفسه أن {a}، مشيرا إلى أن {b}.",
    "من جهته، شدد {who} على {a} {place}، {b}.",
    "وتابع المتحدث أن {a} بلغ {number} {b} منذ بداية العام.",
    "يذكر أن {place} شهدت {a} {b} {c}.",
    "واستقبل {who} أمس ب{place} {a}، حيث {b}.",
    "وبحسب {who} فإن {a} {b} {c}، في حين {a2}.",
)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: what all who report it have in common."""

    people: Sequence[str]
    places: Sequence[str]
    words: Sequence[str]
    numbers: Sequence[str]


@cache
def _language() -> tuple[Sequence[str], Sequence[float]]:
    """Its words, the most common first, and their cumulative weights: the same for all seeds."""
    chance = random.Random("language")  # noqa: S311
    roots = ["".join(chance.sample(_LETTERS, 3)) for _ in range(900)]
    formed = (form.format(*root) + end for root in roots for form in _FORMS for end in chance.sample(_ENDS, 2))
    words = list(dict.fromkeys(formed))
    chance.shuffle(words)
    return words, list(accumulate(1 / (rank + 8) for rank in range(len(words))))


class Press:
    """A seeded source of events and stories."""

    def __init__(self, seed: int | str) -> None:
        self.random = random.Random(f"press {seed}")  # noqa: S311 - a seed, no secret
        self.words, self.cumulative = _language()

    def some_words(self, count: int) -> list[str]:
        """Words of the language, the common ones more often."""
        return self.random.choices(self.words, cum_weights=self.cumulative, k=count)

    def event(self) -> Event:
        """Something that happened."""
        return Event(
            people=[f"{self.random.choice(_POSTS)} {' '.join(self.random.sample(self.words, 2))}" for _ in range(3)],
            places=self.random.sample(self.words, 3),
            words=self.random.sample(self.words, 40),
            numbers=[str(self.random.randint(2, 9000)) for _ in range(6)],
        )

    def phrase(self, event: Event) -> str:
        """A run of words, a third of them the event's own."""
        count = self.random.randint(3, 8)
        words = [
            self.random.choice(event.words) if self.random.random() < 1 / 3 else word for word in self.some_words(count)
        ]
        for place in range(1, count, 3):
            words.insert(place, self.random.choice(_LINKS))
        return " ".join(f"ال{word}" if self.random.random() < 0.3 else word for word in words)

    def sentence(self, event: Event) -> str:
        """A sentence on an event."""
        return self.random.choice(_SAID).format(
            who=self.random.choice(event.people),
            place=self.random.choice(event.places),
            number=self.random.choice(event.numbers),
            **{name: self.phrase(event) for name in ("a", "b", "c", "a2")},
        )

    def paragraph(self, event: Event | None = None) -> str:
        """One to three sentences."""
        event = event or self.event()
        return " ".join(self.sentence(event) for _ in range(self.random.randint(1, 3)))

    def story(self, event: Event | None = None, paragraphs: int | None = None) -> list[str]:
        """What one newsroom writes of an event: five to fourteen paragraphs, unless their number is given."""
        event = event or self.event()
        return [self.paragraph(event) for _ in range(paragraphs or self.random.randint(5, 14))]

    # --- what a paper makes of a wire story

    def reprint(self, kind: str, story: Sequence[str]) -> list[str]:
        """A copy of the kind that is named in `KINDS`."""
        return KINDS[kind](self, story)

    def edited(self, story: Sequence[str], share: float = 0.03) -> list[str]:
        """The story with this share of its words replaced, left out or joined by others, here and there."""
        return [" ".join(filter(None, (self._edited_word(word, share) for word in p.split(" ")))) for p in story]

    def _edited_word(self, word: str, share: float) -> str:
        if self.random.random() >= share:
            return word
        other = self.some_words(1)[0]
        return self.random.choice((other, other, "", f"{word} {other}"))

    def _another_lead(self, story: Sequence[str]) -> list[str]:
        return [self.paragraph(), *story[1:]]

    def _half(self, story: Sequence[str]) -> list[str]:
        words, kept = sum(len(p.split()) for p in story) / 2, []
        for paragraph in story:
            kept.append(paragraph)
            if sum(len(p.split()) for p in kept) >= words:
                break
        return kept

    def _two_added(self, story: Sequence[str]) -> list[str]:
        added = self.event()
        place = self.random.randint(1, len(story))
        return [*story[:place], self.paragraph(added), *story[place:], self.paragraph(added)]

    def _one_left_out(self, story: Sequence[str]) -> list[str]:
        place = self.random.randrange(1, len(story))
        return [*story[:place], *story[place + 1 :]]

    def _in_its_own_spelling(self, story: Sequence[str]) -> list[str]:
        """Other hamzas, a tatweel, paragraphs run together, and the agency's name in front."""
        text = " ".join(story).replace("أ", "ا").replace("ة ", "ه ").replace("الم", "المـ")
        return [f"(وكالات) - {text}"]


KINDS: dict[str, Callable[[Press, Sequence[str]], list[str]]] = {
    "whole": lambda press, story: list(story),  # noqa: ARG005
    "own spelling": Press._in_its_own_spelling,  # noqa: SLF001
    "another lead": Press._another_lead,  # noqa: SLF001
    "a paragraph less": Press._one_left_out,  # noqa: SLF001
    "two paragraphs added": Press._two_added,  # noqa: SLF001
    "cut to half": Press._half,  # noqa: SLF001
    "1 % of words edited": lambda press, story: press.edited(story, 0.01),
    "3 % of words edited": lambda press, story: press.edited(story, 0.03),
    "5 % of words edited": lambda press, story: press.edited(story, 0.05),
    "8 % of words edited": lambda press, story: press.edited(story, 0.08),
    "lead and 2 % of words": lambda press, story: press.edited(press.reprint("another lead", story), 0.02),
}
