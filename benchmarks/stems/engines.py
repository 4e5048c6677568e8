"""The stemmers: each a function from a word as printed to its key.

Every rival gets the word in the spelling that it was made for, and its answer is folded: no one loses by أ or ى.
"""

from collections.abc import Callable

from crawler.arabic.letters import fold
from crawler.arabic.stems import stems

Stemmer = Callable[[str], str]


def naba(word: str) -> str:
    """Ours."""
    return " ".join(stems(word))


def light10(word: str) -> str:
    """Light10, from its description (Larkey, Ballesteros and Connell, Light Stemming for Arabic, 2007)."""
    word = fold(word)
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in ("ال", "وال", "بال", "كال", "فال", "لل"):
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for suffix in ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word


def available() -> tuple[dict[str, Stemmer], list[str]]:
    """The stemmers that are installed, and what is missing."""
    engines: dict[str, Stemmer] = {"naba": naba, "spelling alone": fold, "light10": light10}
    missing = []
    for name, make in {"Snowball": _snowball, "ISRI": _isri, "Tashaphyne": _tashaphyne}.items():
        try:
            engines[name] = make()
        except ImportError as error:
            missing.append(f"{name} ({error.name})")
    return engines, missing


def _snowball() -> Stemmer:
    import Stemmer as Snowball

    stem: Callable[[str], str] = Snowball.Stemmer("arabic", 0).stemWord  # no cache: as slow as it is
    return lambda word: fold(stem(word))


def _isri() -> Stemmer:
    from nltk.stem.isri import ISRIStemmer

    stem = ISRIStemmer().stem
    return lambda word: fold(stem(word))


def _tashaphyne() -> Stemmer:
    from tashaphyne.stemming import ArabicLightStemmer

    stemmer = ArabicLightStemmer()

    def stem(word: str) -> str:
        stemmer.light_stem(word)
        return fold(stemmer.get_stem())

    return stem
