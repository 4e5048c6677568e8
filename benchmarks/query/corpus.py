"""Generated Arabic articles: words in the proportions of real news, in their forms; the same for the same seed.

A vocabulary of function words, of the nouns in `crawler.arabic.plurals`, and of words that roots and patterns of the
grammar make, is drawn from by Zipf's law; each noun in one of its forms. Nothing of it means anything.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice, product
from multiprocessing import get_context

import numpy as np
from bson.binary import Binary
from pymongo import MongoClient

from crawler.arabic.plurals import PLURALS
from crawler.identity import identify
from crawler.items import Article
from crawler.store.documents import Document, to_document

_FUNCTION = """
في من على إن إلى التي عن مع ما الذي أو لا هذا هذه خلال بعد بين كل أنه ذلك كما كان حيث قبل لم هو عام حتى أي وقال قد أكثر
عدد كانت تم غير بعض له منذ فيها هناك وذلك عند نحو أن لن ثم إذا بل لكن حول ضد دون عدة بها إنه أنها أمس اليوم أيضا فقط مثل
"""
_ROOTS = "بتجحخدرزسشصضطعغفقكلمنه"
_SHAPES = (
    "{0}ا{1}{2}",
    "م{0}{1}و{2}",
    "{0}{1}ي{2}",
    "ت{0}{1}ي{2}",
    "است{0}{1}ا{2}",
    "م{0}{1}{2}ة",
    "{0}{1}ا{2}ة",
    "ان{0}{1}ا{2}",
)
_FORMS = ("{}", "ال{}", "ال{}", "و{}", "وال{}", "بال{}", "لل{}", "{}ها", "{}ه", "{}هم", "{}ات", "ال{}ين")
_SITES = (
    ("elmassa", "dz"),
    ("echorouk", "dz"),
    ("elkhabar", "dz"),
    ("youm7", "eg"),
    ("almasryalyoum", "eg"),
    ("okaz", "sa"),
)
_SECTIONS = ("الوطن", "رياضة", "ثقافة", "اقتصاد", "العالم", "مجتمع", "الحدث", "محليات")
_FIRST = (
    "أحمد",
    "سمير",
    "ليلى",
    "هدى",
    "كريم",
    "نادية",
    "مراد",
    "فاطمة",
    "يوسف",
    "سعاد",
    "عمر",
    "أمينة",
    "رضا",
    "زينب",
)
_LAST = ("بن عمار", "الحاج", "منصور", "الصافي", "ناصري", "الكامل", "بوزيد", "حداد", "شريف", "العربي", "قاسم", "مزيان")
_AGENCIES = (None, None, None, None, "APS", "AFP", "Reuters")
_START = datetime(2023, 1, 1, tzinfo=UTC)
_DAYS = 1_000
_ZONE = timezone(timedelta(hours=1))


class Vocabulary:
    """Words in their forms, and how often each is drawn.

    Args:
        size: different words, before their forms.
        seed: of the roots that are chosen.
    """

    def __init__(self, size: int = 20_000, seed: int = 7) -> None:
        random = np.random.default_rng(seed)
        nouns = sorted(word for word in {*PLURALS.values()} if len(word) > 2)
        random.shuffle(nouns)
        roots = ["".join(letters) for letters in product(_ROOTS, repeat=3) if len({*letters}) == 3]
        random.shuffle(roots)
        made = (shape.format(*root) for root, shape in product(roots, _SHAPES))
        self.words = [*nouns, *islice(dict.fromkeys(made), size - len(nouns))]
        self.forms = np.array([[form.format(word) for form in _FORMS] for word in self.words], dtype=object)
        self.function = np.array(_FUNCTION.split(), dtype=object)
        self._noun_weights = _cumulated(len(self.words), 0.95)
        self._function_weights = _cumulated(len(self.function), 0.8)

    def text(self, random: np.random.Generator, count: int, *, function: float = 0.35) -> list[str]:
        """So many words as printed, of which about a share of `function` are function words."""
        nouns = np.searchsorted(self._noun_weights, random.random(count))
        words = self.forms[nouns, random.integers(0, len(_FORMS), count)]
        particles = self.function[np.searchsorted(self._function_weights, random.random(count))]
        return list(np.where(random.random(count) < function, particles, words))


def _cumulated(size: int, exponent: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    weights = 1.0 / np.arange(3, size + 3) ** exponent
    cumulated: np.ndarray[tuple[int], np.dtype[np.float64]] = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.0
    return cumulated


def articles(count: int, seed: int = 7, *, first: int = 0, step: int = 1) -> Iterator[Article]:
    """Generated articles of six papers over a thousand days from 2023 on; one in a hundred has no date.

    Args:
        count: they have the numbers up to this.
        seed: other articles for another.
        first: number of the first.
        step: between numbers.
    """
    vocabulary = Vocabulary()
    for number in range(first, count, step):
        yield _article(number, np.random.default_rng((seed, number)), vocabulary)


def _article(number: int, random: np.random.Generator, vocabulary: Vocabulary) -> Article:
    site, country = _SITES[min(int(random.exponential(1.6)), len(_SITES) - 1)]
    published = _START + timedelta(days=_DAYS * float(random.random()))
    authors = [f"{random.choice(_FIRST)} {random.choice(_LAST)}"] if random.random() < 0.5 else []
    words = vocabulary.text(random, int(np.clip(random.lognormal(5.3, 0.55), 30, 1_500)))
    return Article(
        url=f"https://www.{site}.example/{country}/{number}",
        site=site,
        country=country,
        language="ar",
        title=" ".join(vocabulary.text(random, int(random.integers(5, 11)), function=0.2)),
        kicker=" ".join(vocabulary.text(random, 4, function=0.1)) if random.random() < 0.3 else None,
        summary=" ".join(vocabulary.text(random, 20)) if random.random() < 0.4 else None,
        body=_prose(words, random),
        published_at=published.astimezone(_ZONE).replace(microsecond=0) if random.random() < 0.99 else None,
        authors=authors,
        author_initials=None if authors or random.random() < 0.7 else "ق/ د",
        agency=_AGENCIES[random.integers(len(_AGENCIES))],
        read_count=int(random.pareto(1.2) * 50) if random.random() < 0.5 else None,
        section=_SECTIONS[random.integers(len(_SECTIONS))],
        fetched_at=published + timedelta(hours=1),
    )


def _prose(words: list[str], random: np.random.Generator) -> str:
    """Words as sentences, sentences as paragraphs."""
    sentences, place = [], 0
    while place < len(words):
        length = int(random.integers(9, 30))
        sentences.append(" ".join(words[place : place + length]) + ".")
        place += length
    return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


def documents(count: int, seed: int = 7, *, first: int = 0, step: int = 1) -> Iterator[Document]:
    """The same as the store keeps them."""
    for article in articles(count, seed, first=first, step=step):
        identity = identify(article)
        seen = article.fetched_at
        bookkeeping = {"_id": Binary(identity.key), "number": 1, "first_seen": seen, "last_seen": seen, "aliases": []}
        yield to_document(article, identity) | {"crawl": None} | bookkeeping


def fill(uri: str, name: str, count: int, *, processes: int = 2, batch: int = 250) -> None:
    """Store generated articles in a database, quickest before `schema.prepare` makes the indexes."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_fill_part, [(uri, name, count, first, processes, batch) for first in range(processes)]))


def _fill_part(part: tuple[str, str, int, int, int, int]) -> None:
    uri, name, count, first, step, batch = part
    with MongoClient[Document](uri) as client:
        rest = documents(count, first=first, step=step)
        while some := list(islice(rest, batch)):
            client[name]["articles"].insert_many(some, ordered=False)
            if first == 0:
                stored = client[name]["articles"].estimated_document_count()
                print(f"\r{stored} articles", end="", file=sys.stderr, flush=True)
