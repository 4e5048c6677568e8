"""The reading room in a real headless Chromium, as `scrapy serve` serves it: reading, directions, narrow screens,
keyboards, accessibility, and that nothing of a hostile page runs or reaches another machine."""

import json
from importlib.resources import files
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from tests.room import seeding

LANGUAGES = ("ar", "en")
LABELS = {
    "ar": {"submit": "ابحث", "filters": "تصفية النتائج", "site": "المصدر", "home": "الرئيسية", "table": "الجدول"},
    "en": {"submit": "Search", "filters": "Filter the results", "site": "Source", "home": "Home", "table": "Table"},
}
DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 320, "height": 640}


class Watched:
    """A page whose every request, dialog and error is noted."""

    def __init__(self, browser, address, language="ar", **options):
        self.address, self.language = address, language
        self.context = browser.new_context(viewport=DESKTOP, **options)
        self.context.set_default_timeout(20_000)
        self.asked, self.troubles = [], []
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("console", self._console)

    def _route(self, route):
        self.asked.append(route.request.url)
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.troubles.append(f"asked for {route.request.url}")
            route.abort()

    def _dialog(self, dialog):
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message):
        # Chromium tells an answer of 400 or 404 as an error too; the pages' own are tested elsewhere.
        if message.type == "error" and "status of 4" not in message.text:
            self.troubles.append(message.text)

    def open(self, path, **parameters):
        if self.language != "ar":
            parameters["lang"] = self.language
        self.page.goto(self.address + path + (f"?{urlencode(parameters)}" if parameters else ""))
        return self.page

    def close(self):
        self.context.close()
        assert self.troubles == []
        assert {urlsplit(url).hostname for url in self.asked} == {"127.0.0.1"}


@pytest.fixture
def watch(browser, address):
    """Open watched pages; in the end, none had a trouble."""
    opened = []

    def begin(language="ar", **options):
        opened.append(Watched(browser, address, language, **options))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def paths(address):
    """Every kind of page of the served room."""

    def id_of(url):
        return httpx.get(f"{address}/api/article", params={"address": url}).json()["id"]

    runs = httpx.get(f"{address}/api/crawls").json()
    return {
        "home": ("/", {}),
        "search": ("/search", {"q": "الطريق", "site": "elmassa", "since": "2026-01"}),
        "mistake": ("/search", {"q": '"مجلس'}),
        "edited": (f"/articles/{id_of(seeding.EDITED)}", {}),
        "copied": (f"/articles/{id_of(seeding.COPIED)}", {}),
        "against": (f"/articles/{id_of('https://www.okaz.com.sa/local/wire')}/against/{id_of(seeding.COPIED)}", {}),
        "hostile": (f"/articles/{id_of(seeding.HOSTILE)}", {}),
        "sites": ("/sites", {}),
        "site": ("/sites/elmassa", {}),
        "crawls": ("/crawls", {}),
        "crawl": (f"/crawls/{runs[1]['id']}", {}),
        "api": ("/api/docs", {}),
        "nowhere": ("/nowhere", {}),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_searches_filters_opens_and_looks_at_versions_and_dashboard(watch, language):
    labels, watched = LABELS[language], watch(language)
    page = watched.open("/")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")

    page.locator("input[type=search]").fill("بلدية الصفصاف")
    page.get_by_role("button", name=labels["submit"], exact=True).click()
    assert "lang=en" in page.url or language == "ar"
    before = page.locator(".results .item").count()
    assert before > 0
    assert page.locator(".results mark").first.inner_text()

    page.get_by_text(labels["filters"], exact=True).click()
    page.get_by_label(labels["site"], exact=True).select_option("elmassa")
    page.get_by_label("منذ" if language == "ar" else "Since", exact=True).fill("٢٠٢٦-٠٢-١٩")
    page.get_by_role("button", name=labels["submit"], exact=True).click()
    assert "site=elmassa" in page.url
    assert "agency" not in page.url  # what was left empty is not asked for
    names = set(page.locator(".results .facts .site").all_inner_texts())
    assert names == {"المساء" if language == "ar" else "El Massa"}

    page.get_by_role("link", name="عين الصفصاف: أشغال التهيئة تنطلق في 17 شارعا").click()
    assert page.locator("h1").inner_text() == "عين الصفصاف: أشغال التهيئة تنطلق في 17 شارعا"
    page.locator(".contents").get_by_role("link").nth(2).click()
    assert page.url.endswith("#versions")
    earlier = page.locator("details.version").nth(1)
    assert not earlier.locator("del").first.is_visible()
    earlier.locator("summary").click()
    assert earlier.locator("del").first.is_visible()
    assert "12" in earlier.locator("del").first.inner_text()

    page.get_by_role("link", name=labels["home"], exact=True).click()
    assert page.locator("svg[role=img] rect").count() > 20
    table = page.locator("figure details")
    table.locator("summary").click()
    assert table.locator("tbody tr").count() == 30
    assert table.locator("table").is_visible()


def test_the_language_is_switched_where_one_is(watch):
    watched = watch()
    page = watched.open("/search", q="الطريق", site="elmassa")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("input[type=search]").input_value() == "الطريق"
    page.get_by_role("link", name="Sources").click()
    assert page.locator("h1").inner_text() == "Sources"
    page.get_by_role("link", name="العربية", exact=True).click()
    assert page.locator("h1").inner_text() == "المصادر"
    assert watched.context.cookies() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_arabic_stands_right_to_left_in_either_language(watch, paths, language):
    page = watch(language).open(*paths["edited"][:1])
    for place in ("h1", ".body p", ".difference p"):
        found = page.locator(place).first
        assert found.evaluate("one => getComputedStyle(one).direction") == "rtl"
        # The first letter of the line stands at its right edge.
        edges = found.evaluate(
            """one => {
                const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
                let text = walker.nextNode();
                while (text.parentElement.closest(".unseen") || !text.data.trim()) text = walker.nextNode();
                const range = document.createRange();
                range.setStart(text, text.data.search(/\\S/));
                range.setEnd(text, text.data.search(/\\S/) + 1);
                return [range.getBoundingClientRect().right, one.getBoundingClientRect().right];
            }"""
        )
        assert abs(edges[0] - edges[1]) < 4, place
    brand, switch = (page.locator(one).bounding_box()["x"] for one in (".brand", ".switch"))
    assert (brand > switch) == (language == "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_narrow_phone(watch, paths, language):
    watched = watch(language)
    watched.page.set_viewport_size(PHONE)
    for name, (path, parameters) in paths.items():
        page = watched.open(path, **parameters)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], (name, width)
        clipped = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, .headline, button, label, summary, dd, p")]
                .filter(one => !one.closest(".unseen, .scroll") && one.offsetParent !== null)
                .filter(one => { const box = one.getBoundingClientRect();
                                 return box.width > 2 && (box.left < -1 || box.right > innerWidth + 1); })
                .map(one => one.textContent.trim().slice(0, 60))"""
        )
        assert clipped == [], name
        # A name that is to be typed stays whole: its table is scrolled instead.
        broken = page.evaluate(
            """() => [...document.querySelectorAll("th code")].filter(one => one.getClientRects().length > 1)
                .map(one => one.textContent)"""
        )
        assert broken == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_state_of_the_crawls_is_whole_on_a_wide_screen(watch, language):
    page = watch(language).open("/")
    hidden = page.locator("[aria-labelledby=health] .scroll").evaluate("one => one.scrollWidth - one.clientWidth")
    assert hidden == 0  # how much failed stands in the last column


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_titles_are_read_and_do_nothing(watch, paths, language):
    watched = watch(language)
    for name in ("hostile", "home", "crawl"):
        path, parameters = paths[name]
        page = watched.open(path, **parameters)
        page.wait_for_load_state("networkidle")
    page = watched.open(paths["hostile"][0])
    assert page.locator("h1").inner_text() == seeding.HOSTILE_TITLE.replace("\u202e", "")
    page.locator("h1").hover()
    page = watched.open("/search", q="خطر")
    shown = page.locator(".results .headline a").first
    assert "<script>" in shown.inner_text()
    shown.hover()
    shown.click()
    for link in page.locator("a").all():
        assert not (link.get_attribute("href") or "").startswith("javascript:")


def test_a_script_that_slipped_through_would_not_run(watch):
    watched = watch()
    page = watched.open("/")
    page.evaluate(
        """() => {
            const inline = document.createElement("script");
            inline.textContent = "window.ran = true";
            document.body.append(inline);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
            document.body.insertAdjacentHTML("beforeend", "<p id=styled style='color: rgb(1, 2, 3)'>x</p>");
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.locator("#styled").evaluate("one => getComputedStyle(one).color") != "rgb(1, 2, 3)"
    refused = [one for one in watched.troubles if "Content Security Policy" in one]
    assert len(refused) >= 3
    watched.troubles.clear()


def focused(page):
    return page.evaluate(
        """() => { const one = document.activeElement;
                   return [one.tagName, one.id || one.className || "", one.textContent.trim().slice(0, 80)]; }"""
    )


def tab_to(page, wanted, most=60):
    """Press Tab until an element that `wanted` accepts has the focus; each stop on the way shows where it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", focused(page)
        if wanted(*focused(page)):
            return
    raise AssertionError("it cannot be reached by keyboard")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_with_a_keyboard_alone_gets_everywhere(watch, language):
    page = watch(language).open("/")
    page.keyboard.press("Tab")
    assert focused(page)[1] == "skip"
    page.keyboard.press("Enter")
    tab_to(page, lambda tag, name, _: (tag, name) == ("INPUT", "q"), 1)  # the content begins with the search box
    page.keyboard.type("الصفصاف شارعا")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    tab_to(page, lambda tag, _, text: tag == "SUMMARY" and text == LABELS[language]["filters"])
    page.keyboard.press("Enter")
    tab_to(page, lambda _, name, __: name == "site")
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda _, name, __: name == "unique")
    page.keyboard.press("Space")
    assert page.locator("#unique").is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**unique=1**")
    page.go_back()
    tab_to(page, lambda tag, _, text: tag == "A" and text.startswith("عين الصفصاف: أشغال"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    tab_to(page, lambda tag, _, text: tag == "SUMMARY" and "1" in text and "2" in text and "3" not in text[:25])
    page.keyboard.press("Enter")
    assert page.locator("details.version").nth(1).get_attribute("open") is not None
    page.keyboard.press("/")
    page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.tagName") in {
        "SUMMARY",
        "INPUT",
    }  # a page without a box has no shortcut
    page.go_back()
    page.keyboard.press("/")
    assert focused(page)[1] == "q"


@pytest.fixture(scope="module")
def axe():
    """The axe-core of axe-playwright-python."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page, options):
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [
        (one["id"], one["impact"], node["target"], node.get("failureSummary"))
        for one in found["violations"]
        for node in one["nodes"]
    ]


RULES = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
CONTRAST = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_in_light_and_dark(watch, paths, axe, language):
    watched = watch(language, color_scheme="light", reduced_motion="reduce")
    for name, (path, parameters) in paths.items():
        page = watched.open(path, **parameters)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate(axe)
        # The reference is a hundred tables alike: its first calls and its first models stand for all.
        page.evaluate("[...document.querySelectorAll('.reference section')].slice(4, -2).forEach(one => one.remove())")
        assert violations(page, RULES) == [], name
        if language == "ar":  # the colours are the same in both
            page.emulate_media(color_scheme="dark")
            assert violations(page, CONTRAST) == [], name
            page.emulate_media(color_scheme="light")


def test_a_page_works_without_its_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("input[type=search]").fill("الإعمار")
    page.locator("button").first.click()
    assert page.locator(".results .item").count() > 0
    context.close()
