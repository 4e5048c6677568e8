"""The text of script-built pages, out of the data that each framework writes into them."""

import html
import json

import pytest

from crawler.extraction import extract
from crawler.extraction.script_literals import NotLiteralError, read_function, read_literal

TITLE = "افتتاح خط السكة الحديدية الجديد بين المدينتين الساحليتين"
PARAGRAPHS = [
    "افتتح وزير النقل صباح الأحد الخط الجديد الذي يربط المدينتين الساحليتين، بعد أشغال دامت أربع سنوات وكلفت الخزينة مبلغا كبيرا.",
    "وقال الوزير في كلمة أمام الحضور إن القطارات ستسير كل ساعة في الأيام العادية، وكل نصف ساعة في مواسم الاصطياف والأعياد.",
    "وأوضحت الشركة أن سعر التذكرة لن يتغير خلال السنة الأولى، وأن المحطات الثلاث الوسطى ستفتح تباعا قبل نهاية العام.",
]  # fmt: skip
BODY = "\n\n".join(PARAGRAPHS)
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
OTHER = {
    "id": 77,
    "title": "نتائج الجولة الأخيرة من البطولة الوطنية لكرة اليد",
    "body": "".join(f"<p>{text}</p>" for text in [*PARAGRAPHS, "فاز الفريق المحلي على ضيفه بفارق ست نقاط."]).replace(
        "الوزير", "المدرب"
    ),
}
ARTICLE = {"id": 5218, "title": TITLE, "body": MARKUP, "summary": "افتتاح الخط الجديد بعد أربع سنوات من الأشغال."}


def page(script, head=""):
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE} | المرصد</title>'
        f'<meta property="og:title" content="{TITLE}">{head}</head>'
        f'<body><div id="app"><div class="loader">جاري التحميل</div></div>{script}</body></html>'
    )


def body_of(script, head=""):
    extraction = extract(page(script, head), "https://marsad.example/news/5218", explain=True)
    if extraction.article is None:
        return None
    assert any(entry.field == "body" and entry.where == "script state" for entry in extraction.evidence)
    assert extraction.article.title == TITLE
    return extraction.article.body


def dump(value):
    return json.dumps(value, ensure_ascii=False)


def script(source, attributes=""):
    return f"<script{attributes}>{source}</script>"


def flattened(value):
    """A value as Nuxt 3 (devalue) writes it: one list, in which inner values are numbers."""
    flat = []

    def put(one):
        place = len(flat)
        flat.append(None)
        if isinstance(one, dict):
            flat[place] = {name: put(inner) for name, inner in one.items()}
        elif isinstance(one, list):
            flat[place] = [put(inner) for inner in one]
        else:
            flat[place] = one
        return place

    put(value)
    return flat


def nuxt_3():
    flat = flattened({"data": {"news-5218": ARTICLE}, "prerenderedAt": 1})
    # as Nuxt does it: the root's value stands in a wrapper
    return script(
        dump([["ShallowReactive", 1], *[_moved(value) for value in flat]]),
        ' type="application/json" id="__NUXT_DATA__"',
    )


def _moved(value):
    if isinstance(value, dict):
        return {name: number + 1 for name, number in value.items()}
    return [number + 1 for number in value] if isinstance(value, list) else value


def app_router(split):
    text = f'1:"$Sreact.fragment"\n1a:T{len(MARKUP.encode()):x},{MARKUP}'
    text += f'2:["$","$L9",null,{dump({"article": ARTICLE | {"body": "$1a"}})}]\n'
    chunks = [text[place : place + split] for place in range(0, len(text), split)]
    pushes = [script(f"self.__next_f.push([1,{json.dumps(chunk)}])") for chunk in chunks]
    return script("(self.__next_f=self.__next_f||[]).push([0])") + "".join(pushes)


def nuxt_2():
    return script(
        'window.__NUXT__=(function(a,b,c,d){d.kept=true;return {layout:"default",data:[{article:{id:c,title:a,body:b,'
        "views:1e3,video:null,tags:[],at:new Date(1615716000000),empty:void 0,shown:!0}}],fetch:{},error:null,state:d}}"
        f"({dump(TITLE)},{json.dumps(MARKUP).replace('/', chr(92) + 'u002F')},5218,{{}}));"
    )


CARRIED = {
    "Next, pages router": script(dump({"props": {"pageProps": {"article": ARTICLE}}}), ' id="__NEXT_DATA__" type="application/json"'),
    "Next, app router, in one piece": app_router(10**6),
    "Next, app router, in pieces": app_router(333),
    "Nuxt 2, a function": nuxt_2(),
    "Nuxt 3": nuxt_3(),
    "Redux": script(f"window.__INITIAL_STATE__={dump({'post': {'current': ARTICLE}})};(function(){{var s;}}());"),
    "second variable of a script": script(f"var config = {{a: 1}}; window.__PRELOADED_STATE__ = {dump({'post': ARTICLE})};"),
    "JSON in a string": script(f"window.__DATA__ = JSON.parse({json.dumps(dump({'post': ARTICLE}))});"),
    "JSON percent-encoded": script(
        "window.__STATE__ = JSON.parse(decodeURIComponent(\"%7B%22post%22%3A" + __import__("urllib.parse").parse.quote(dump(ARTICLE)) + "%7D\"));"
    ),
    "a literal": script(f"window.page = {{post: {{title: '{TITLE}', 'body': `{MARKUP}`, id: 5218,}} /* last */ }};"),
    "Angular": script(
        dump({"G.json": {"body": {"article": ARTICLE | {"body": "", "content": MARKUP}}}}), ' id="ng-state" type="application/json"'
    ),
    "Angular before 16": script(
        dump({"key": ARTICLE}).replace("&", "&a;").replace('"', "&q;").replace("<", "&l;").replace(">", "&g;"),
        ' id="serverApp-state" type="application/json"',
    ),
    "SvelteKit, JSON in JSON": script(
        dump({"status": 200, "body": dump({"post": ARTICLE})}), ' type="application/json" data-sveltekit-fetched'
    ),
    "Inertia": f'<div data-page="{html.escape(dump({"component": "News", "props": {"article": ARTICLE}}))}"></div>',
    "WordPress REST": script(
        dump({"source": {"post": {"5218": {"id": 5218, "title": {"rendered": TITLE}, "content": {"rendered": MARKUP}}}}}),
        ' type="application/json"',
    ),
    "Arc, blocks": script(
        "window.Fusion=window.Fusion||{};Fusion.arcSite='x';window.Fusion.globalContent="
        + dump(
            {
                "headlines": {"basic": TITLE},
                "content_elements": [
                    {"type": "text", "content": PARAGRAPHS[0]},
                    {"type": "interstitial_link", "content": "اقرأ أيضا: نتائج الجولة الأخيرة"},
                    *({"type": "text", "content": text} for text in PARAGRAPHS[1:]),
                ],
            }
        )
        + ";"
    ),
    "rich text": script(
        dump(
            {
                "title": TITLE,
                "body": {
                    "nodeType": "document",
                    "content": [
                        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text[:20]}, {"nodeType": "text", "value": text[20:]}]}
                        for text in PARAGRAPHS
                    ],
                },
            }
        ),
        ' type="application/json"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("carried", CARRIED)
def test_the_text_is_read_out_of_what_the_page_carries(carried):
    assert body_of(CARRIED[carried]) == BODY


def state(value):
    return script(dump(value), ' type="application/json"')


class TestOnlyThePagesOwnText:
    def test_another_article_that_is_longer_is_not_taken(self):
        assert body_of(state({"related_": [], "list": [OTHER], "article": ARTICLE, "more": [OTHER]})) == BODY

    def test_another_article_alone_gives_nothing(self):
        assert body_of(state({"props": {"list": [OTHER]}})) is None

    def test_a_text_without_a_title_is_taken_when_no_other_is_the_pages(self):
        assert body_of(state({"props": {"content": MARKUP, "list": [OTHER]}})) == BODY

    def test_an_object_is_known_by_its_address_where_its_title_differs(self):
        own = ARTICLE | {"title": "عنوان قصير للخط الجديد"}
        assert body_of(state({"one": OTHER, "two": own}), '<link rel="canonical" href="/news/5218">') == BODY
        assert body_of(state({"one": OTHER, "two": own | {"id": 9}})) is None

    def test_a_summary_is_no_body(self):
        assert body_of(state({"title": TITLE, "description": " ".join(PARAGRAPHS[:2])})) is None
        shown = f'<meta name="description" content="{" ".join(PARAGRAPHS[:2])}">'
        assert body_of(state({"title": TITLE, "text": " ".join(PARAGRAPHS[:2])}), shown) is None


class TestLiterals:
    def test_values(self):
        text = r"""{a: 1, 'b': -2.5e3, "c": [1,,"x",], d: !1, e: void 0, f: "\u0627\x27\n\/", g: `t`, h: {}, i: 0x1f}"""
        value, end = read_literal(text)
        assert value == {
            "a": 1, "b": -2500.0, "c": [1, None, "x"], "d": False, "e": None, "f": "ا'\n/", "g": "t", "h": {}, "i": 31,
        }  # fmt: skip
        assert end == len(text)

    def test_two_escapes_that_make_one_character(self):
        assert read_literal(r'"\ud83d\ude00 \u{1F600}"')[0] == "😀 😀"

    def test_a_function_with_assignments(self):
        text = '(function(a,b){a.x=b;a.list[0]={y:b};return {a:a,none:c}}({list:[]},"ب"))'
        assert read_function(text) == {"a": {"list": [{"y": "ب"}], "x": "ب"}, "none": None}

    @pytest.mark.parametrize(
        "text", ["", "{", "{a:", "[1", '{"a" 1}', "[" * 5000, "{a:" * 5000, "=>", '"' + "\\" * 9, "/*" * 50]
    )
    def test_what_is_none_is_told(self, text):
        with pytest.raises(NotLiteralError):
            read_literal(text)
        with pytest.raises(NotLiteralError):
            read_function(text)


def test_a_state_that_refers_to_itself_ends():
    rows = '1:{"self":"$1","other":"$2"}\n2:["$1","$2"]\n'
    assert body_of(script(f"self.__next_f.push([1,{json.dumps(rows * 50)}])")) is None


@pytest.mark.parametrize(
    "source", ["{" * 100_000, '{"a":' * 50_000, "window.a=" * 20_000, "window.a={b:" * 20_000, "[1," * 100_000]
)
def test_broken_states_are_survived(source):
    assert body_of(script(source)) is None
