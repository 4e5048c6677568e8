"""News agencies: the many ways in which Arabic papers credit them, and the usual short name of each."""

import re

from crawler.arabic.letters import fold

AGENCIES_TOGETHER = "وكالات"
"""What "the agencies" without a name (الوكالات, وكالات الأنباء) is called."""

_NAMES = {
    "APS": "واج، و أ ج، وكالة الأنباء الجزائرية",
    "AFP": "أ ف ب، ف ب، فرانس برس، فرانسبرس، فرانس بريس، وكالة الصحافة الفرنسية، الفرنسية، وكالة الأنباء الفرنسية،"
    " afp، agence france presse",
    "Reuters": "رويترز، رويتر، reuters",
    "DPA": "د ب أ، الألمانية، وكالة الأنباء الألمانية، dpa",
    "AP": "أ ب، أسوشيتد برس، أسوشييتد برس، الأسوشيتد برس، أسوشيتدبرس، الأسوشييتد برس، ap، associated press",
    "EPA": "إ ب أ، epa",
    "EFE": "إفي، إ ف إ، efe",
    "UPI": "يو بي آي، يو بي أي، يو بي اي، upi",
    "SPA": "واس، و أ س، وكالة الأنباء السعودية، spa",
    "WAM": "وام، و أ م، وكالة أنباء الإمارات، wam",
    "KUNA": "كونا، وكالة الأنباء الكويتية، kuna",
    "QNA": "قنا، ق ن ا، وكالة الأنباء القطرية، qna",
    "BNA": "بنا، ب ن ا، وكالة أنباء البحرين، bna",
    "ONA": "العمانية، وكالة الأنباء العمانية، ona",
    "Petra": "بترا، وكالة الأنباء الأردنية، petra",
    "SANA": "سانا، وكالة الأنباء السورية، sana",
    "WAFA": "وفا، وكالة الأنباء الفلسطينية، وكالة الأنباء والمعلومات الفلسطينية، wafa",
    "NNA": "وطنية، الوطنية للإعلام، الوكالة الوطنية للإعلام، الوكالة الوطنية، الوطنية للاعلام، nna",
    "INA": "واع، و ا ع، وكالة الأنباء العراقية، ina",
    "NINA": "نينا، الوكالة الوطنية العراقية للأنباء، nina",
    "MENA": "أ ش أ، وكالة أنباء الشرق الأوسط، mena",
    "SUNA": "سونا، وكالة السودان للأنباء، suna",
    "LANA": "وال، و ا ل، وكالة الأنباء الليبية، lana",
    "TAP": "وات، و ا ت، وكالة تونس إفريقيا للأنباء، وكالة تونس أفريقيا للأنباء، tap",
    "MAP": "و م ع، ومع، وكالة المغرب العربي للأنباء، المغرب العربي للأنباء، map",
    "AMI": "و م أ، وما، الوكالة الموريتانية للأنباء، ami",
    "Saba": "سبأ، سبأنت، سبأ نت، وكالة الأنباء اليمنية، saba",
    "SONNA": "صونا، وكالة الأنباء الصومالية، sonna",
    "Anadolu": "الأناضول، الاناضول، anadolu",
    "Xinhua": "شينخوا، xinhua",
    "Sputnik": "سبوتنيك، سبوتنك، sputnik",
    "TASS": "تاس، إيتار تاس، tass",
    "Novosti": "نوفوستي، ريا نوفوستي",
    "IRNA": "إرنا، irna",
    "ANSA": "أنسا، ansa",
    "Kyodo": "كيودو، kyodo",
    "Bloomberg": "بلومبرغ، بلومبيرغ، بلومبرج، bloomberg",
    "CNN": "سي إن إن، سي ان ان، cnn",
    AGENCIES_TOGETHER: "وكالات، الوكالات، وكالات الأنباء، وكالات أنباء، وكالات عالمية، الوكالات العالمية،"
    " وكالات إخبارية، وكالات دولية، الوكالات الدولية، agencies",
}

_DOTS = re.compile(r"[\s.\-/]+")
# A word that leads to the agency's name and is not it.
_BEFORE_NAME = frozenset(fold("وكالة عن نقلا المصدر وكالات أنباء الأنباء the source").split())
# The service of an agency in Arabic is the agency: رويترز العربية.
_AFTER_NAME = frozenset(fold("عربي عربية العربية العربي بالعربية arabic").split())
# Run together these are words: father, and what, and with.
_NEEDS_DOTS = frozenset(fold("أب وما ومع أبا").split())


def _key(name: str) -> str:
    """A folded name: initials run together, words with one space between."""
    parts = [part for part in _DOTS.split(fold(name)) if part]
    return "".join(parts) if parts and all(len(part) <= 2 for part in parts) else " ".join(parts)


_SHORT_NAMES = {_key(form): short for short, forms in _NAMES.items() for form in forms.split("،")}


def agency_named(text: str) -> str | None:
    """The usual short name of the agency that a text names and nothing besides, as أ.ف.ب, وكالة رويترز or د ب ا do.

    Returns:
        AFP, Reuters, SPA ...; "وكالات" for the agencies without a name; None for anything else.
    """
    key = _key(text)
    if key in _NEEDS_DOTS and _DOTS.search(text.strip()) is None:
        return None
    short = _SHORT_NAMES.get(key)
    words = key.split()
    while short is None and len(words) > 1:
        if words[-1] in _AFTER_NAME:
            words = words[:-1]
        elif words[0] in _BEFORE_NAME:
            words = words[1:]
        else:
            break
        short = None if words[0] in _NEEDS_DOTS else _SHORT_NAMES.get(" ".join(words))
    return short
