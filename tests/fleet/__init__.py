"""A fleet of small newspapers on loopback, fleet00 to fleetNN, for whatever runs many crawls.

As SPIDER_MODULES=tests.fleet it holds one spider a newspaper: NABA_TEST_FLEET of them at the address NABA_TEST_SITE.
"""

import os

from crawler.spider import NewsSpider

BASE = os.environ.get("NABA_TEST_SITE", "http://127.0.0.1:1")


def _paper(name: str) -> type[NewsSpider]:
    declarations = {
        "__doc__": f"{name} (الأسطول), served by a test.",
        "__module__": __name__,
        "name": name,
        "name_ar": "الأسطول",
        "country": "ma",
        "timezone": "UTC",
        "domains": ["127.0.0.1"],
        "feeds": [f"{BASE}/{name}/feed"],
    }
    return type(name.title(), (NewsSpider,), declarations)


for _number in range(int(os.environ.get("NABA_TEST_FLEET", "3"))):
    globals()[f"Fleet{_number:02}"] = _paper(f"fleet{_number:02}")
