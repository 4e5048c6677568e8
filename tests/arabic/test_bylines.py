import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.arabic.agencies import agency_named
from crawler.arabic.bylines import agency_credit, parse_byline, parse_dateline

# text, own names, authors, initials, agency, place
REAL = [
    ("ق/ د", [], [], "ق/ د", None, None),
    ("لندن: رنيم حنوش", [], ["رنيم حنوش"], None, None, "لندن"),
    ("جنيف : (رويترز)", [], [], None, "Reuters", "جنيف"),
    ('"الاقتصادية" من الرياض', [], [], None, None, "الرياض"),
    ("واشنطن : (أ ف ب)", [], [], None, "AFP", "واشنطن"),
    ("د ب ا", [], [], None, "DPA", None),
    ("مكة المكرمة - واس", [], [], None, "SPA", "مكة المكرمة"),
    ("الجزيرة - وسيلة الحلبي:", ["الجزيرة"], ["وسيلة الحلبي"], None, None, None),
    ("عدن - أ ف ب:", [], [], None, "AFP", "عدن"),
    ("عمان - واس:", [], [], None, "SPA", "عمان"),
    ("عدن، صنعاء: محمد عبدالعظيم، الوكالات", [], ["محمد عبدالعظيم"], None, "وكالات", "عدن، صنعاء"),
    ("العواصم: الوكالات", [], [], None, "وكالات", None),
    ("الرياض - الوئام :", ["الوئام"], [], None, None, "الرياض"),
    ("الرياض - الوئام :", [], [], None, None, "الرياض"),
    ("الوئام - كونا", [], [], None, "KUNA", None),
    ("علي ضباح ـ الحد الجنوبي", [], ["علي ضباح"], None, None, "الحد الجنوبي"),
    ("اليوم - خاص", [], [], None, None, None),
    ("&nbsp;واس (جدة)", [], [], None, "SPA", "جدة"),
    ("خالد طاشكندي (جدة)", [], ["خالد طاشكندي"], None, None, "جدة"),
    ("بواسطة : عمرو عاطف", [], ["عمرو عاطف"], None, None, None),
    ("عوض الفهمي- سبق- أضم:", [], ["عوض الفهمي"], None, None, "أضم"),
    ("متابعة - الرياض الإلكتروني", [], [], None, None, None),
    ("متابعة - الرياض الإلكتروني", ["الرياض"], [], None, None, None),
    ("بوينس آيرس - رويترز", [], [], None, "Reuters", "بوينس آيرس"),
    ("نيويورك - الوئام- أ. ف. ب:", [], [], None, "AFP", "نيويورك"),
    ("بــقلـم : أسماء. ي", [], ["أسماء. ي"], None, None, None),
    ("ر أمين", [], ["ر أمين"], None, None, None),
    ("ح. أوراغ", [], ["ح. أوراغ"], None, None, None),
    ("بقلم - أمينة خيري", [], ["أمينة خيري"], None, None, None),
    ("بقلم/ مراد الغضبان ..", [], ["مراد الغضبان"], None, None, None),
    ("كتب:هاني حسبو.", [], ["هاني حسبو"], None, None, None),
    ("صدى الشعب – سليمان أبو خرمة", [], ["سليمان أبو خرمة"], None, None, None),
    ("جفرا نيوز - إعداد: محمود كريشان", [], ["محمود كريشان"], None, None, None),
    ("• الكاتب : شينوار ابراهيم .", [], ["شينوار ابراهيم"], None, None, None),
    ("مع الحدث: ذ لحبيب مسكر", [], ["لحبيب مسكر"], None, None, None),
    ("حاوره في صنعاء / عبد الملك الفهيدي -", [], ["عبد الملك الفهيدي"], None, None, "صنعاء"),
    ("الكاتب :د. طارق العفيفي", [], ["طارق العفيفي"], None, None, None),
    ("الكاتب : أ.د. محمود عبد العاطي", [], ["محمود عبد العاطي"], None, None, None),
    ("دبي، الإمارات العربية المتحدة (CNN) --", [], [], None, "CNN", "دبي، الإمارات العربية المتحدة"),
    ("دبي، الإمارات العربية المتحدة (CNN) --", ["CNN بالعربية"], [], None, None, "دبي، الإمارات العربية المتحدة"),
    ("ضياء الدين بلال يكتب:", [], ["ضياء الدين بلال"], None, None, None),
    ("الاولى نيوز / بغداد", [], [], None, None, "بغداد"),
    ("أ.د عبد الله الدايل", [], ["عبد الله الدايل"], None, None, None),
    ("أ. د.عثمان بن صالح العامر", [], ["عثمان بن صالح العامر"], None, None, None),
    ("كايلا إبستين وأنجليكا كاساس", [], ["كايلا إبستين", "أنجليكا كاساس"], None, None, None),
    ("حسام أبو العلا - القاهرة", [], ["حسام أبو العلا"], None, None, "القاهرة"),
    ("(أبوظبي - البيان)", ["البيان"], [], None, None, "أبوظبي"),
    ("LBCI", [], [], None, None, None),
    # The press of July 2015.
    ("القاهرة - واس، ا.ف. ب", [], [], None, "SPA, AFP", "القاهرة"),
    ("ف ب- بروكسل:", [], [], None, "AFP", "بروكسل"),
    ("لندن: «الشرق الأوسط أونلاين»", ["الشرق الأوسط"], [], None, None, "لندن"),
    ("القاهرة: «الشرق لأوسط»", ["الشرق الأوسط"], [], None, None, "القاهرة"),
    ("جدة: إبراهيم القرشي وعبد المجيد عبد الرؤوف", [], ["إبراهيم القرشي", "عبد المجيد عبد الرؤوف"], None, None, "جدة"),
    ("عدن: محمد علي محسن - الرياض: نايف الرشيد", [], ["محمد علي محسن", "نايف الرشيد"], None, None, "عدن، الرياض"),
    ("رام الله: كفاح زبون تل أبيب: «الشرق الأوسط»", [], ["كفاح زبون"], None, None, "رام الله، تل أبيب"),
    ("منير أبوبشيت من الدمام", [], ["منير أبوبشيت"], None, None, "الدمام"),
    ("لاس فيغاس: إد أوكيفي", [], ["إد أوكيفي"], None, None, "لاس فيغاس"),
    ("بودابست: أليسون غريغور", [], ["أليسون غريغور"], None, None, "بودابست"),
    ("علي السناني - أمريكا   تصوير - أسعد بوقس", [], ["علي السناني"], None, None, "أمريكا"),
    ("الرس - أحمد الحمياني / تصوير - صالح العقيل:", [], ["أحمد الحمياني"], None, None, "الرس"),
    ("عدسة - وائل الحكمي - فهد العبيد:", [], [], None, None, None),
    ("إعداد: أ. فلاح المنصور إشراف: قسم التثقيف الصحي", [], ["فلاح المنصور"], None, None, None),
    ("مندوب المدينة- لحج- صالح عسكول-عدن", ["المدينة"], ["صالح عسكول"], None, None, "لحج، عدن"),
    ("كتب - فرحان الجارالله:", [], ["فرحان الجارالله"], None, None, None),
    ("شِعر - بكر هذال", [], ["بكر هذال"], None, None, None),
    ("أجرى الحوار- صالح عسكول", [], ["صالح عسكول"], None, None, None),
    ("وفاء زايد", [], ["وفاء زايد"], None, None, None),
    ("أسماء وهبة", [], ["أسماء وهبة"], None, None, None),
    ("الرياض - واس", ["الرياض"], [], None, "SPA", "الرياض"),
    ("دوفر نيوهامبشير - رويترز", [], [], None, "Reuters", None),
    ("الرياض - مساحة زمنية", ["الرياض"], [], None, None, "الرياض"),
    (" sawsanali1 (زائر)", [], [], None, None, None),
    ("الجزيرة - المحليات:", ["الجزيرة"], [], None, None, None),
    ("(أ.ف.ب)", [], [], None, "AFP", None),
    ("الوكالة (أ. ف. ب)", [], [], None, "AFP", None),
    ("القاهرة - مكتب الجزيرة - طارق محيي:", ["الجزيرة"], ["طارق محيي"], None, None, "القاهرة"),
]

SYNTHETIC = [
    # Initials often quoted, seen on no recorded page.
    ("و. أ", [], [], "و. أ", None, None),
    ("ق.و", [], [], "ق.و", None, None),
    ("ق. و", [], [], "ق. و", None, None),
    ("م.س", [], [], "م.س", None, None),
    ("ق ـ م", [], [], "ق ـ م", None, None),
    ("م.س / واج", [], [], "م.س", "APS", None),
    ("المساء: ق/ د", ["المساء"], [], "ق/ د", None, None),
    ("الجزائر: ق. د", [], [], "ق. د", None, "الجزائر"),
    # One element a person.
    ("وفاء زايد\nعمرو عبدالرحمن", [], ["وفاء زايد", "عمرو عبدالرحمن"], None, None, None),
    ("كتبت/ سارة علي، منى حسن", [], ["سارة علي", "منى حسن"], None, None, None),
    ("محمد علي & سارة حسن", [], ["محمد علي", "سارة حسن"], None, None, None),
    ("محمد علي و سارة حسن", [], ["محمد علي", "سارة حسن"], None, None, None),
    ("محمد علي؛ سارة حسن", [], ["محمد علي", "سارة حسن"], None, None, None),
    ("محمد علي ووليد حسن", [], ["محمد علي", "وليد حسن"], None, None, None),
    ("أحمد وليد حسن", [], ["أحمد وليد حسن"], None, None, None),
    ("بقلم: محمد علي ترجمة: سامي حسن", [], ["محمد علي"], None, None, None),
    ("ترجمة: سامي حسن", [], ["سامي حسن"], None, None, None),
    ("إعداد وترجمة: سامي حسن", [], ["سامي حسن"], None, None, None),
    ("بقلم: أدونيس", [], ["أدونيس"], None, None, None),
    ("By John Smith", [], ["John Smith"], None, None, None),
    ("مراسل الجزيرة: أحمد علي", [], ["أحمد علي"], None, None, None),
    ("أحمد علي - كاتب وصحفي مصري", [], ["أحمد علي"], None, None, None),
    ("د/ محمد علي", [], ["محمد علي"], None, None, None),
    ("م. أحمد سعيد", [], ["أحمد سعيد"], None, None, None),
    ("د.م. عصام أمان", [], ["عصام أمان"], None, None, None),
    ("الأستاذ الدكتور محمد علي", [], ["محمد علي"], None, None, None),
    ("السيد سليمان", [], ["السيد سليمان"], None, None, None),
    ("صحيفة الشروق - محمد علي", ["الشروق"], ["محمد علي"], None, None, None),
    ("الجزائر (وأج)", [], [], None, "APS", "الجزائر"),
    ("وكالة الأنباء الجزائرية", [], [], None, "APS", None),
    ("أ ف ب - د ب أ - عواصم", [], [], None, "AFP, DPA", None),
    ("ن س ع / م ج ب", [], [], "ن س ع / م ج ب", None, None),
    ("نداء أبو علي من الرياض", [], ["نداء أبو علي"], None, None, "الرياض"),
    ("Posted by Ali Hassan", [], ["Ali Hassan"], None, None, None),
    ("لبنى الخميس", [], ["لبنى الخميس"], None, None, None),
    ("د. فهد محمد بن جمعة", [], ["فهد محمد بن جمعة"], None, None, None),
    ("جدة - ضيف الله المطوع", [], ["ضيف الله المطوع"], None, None, "جدة"),
    ("محمد رمضان", [], ["محمد رمضان"], None, None, None),
    ("جمعة الشوال", [], ["جمعة الشوال"], None, None, None),
    ("كتب: محمد السبت", [], ["محمد السبت"], None, None, None),
    ("كتب محمد علي الخميس 5 مايو 2020", [], ["محمد علي"], None, None, None),
    ("كتبت مي زيادة - الأربعاء 3 مارس", [], ["مي زيادة"], None, None, None),
    ("العلوي رشيد", [], ["العلوي رشيد"], None, None, None),
    ("العميد الركن زابن بن عمر المرزوقي", [], ["زابن بن عمر المرزوقي"], None, None, None),
    ("عبدالعزيزالمقهوي - الدمام", [], ["عبدالعزيزالمقهوي"], None, None, "الدمام"),
    ("عبدالرحمن عربي المغربي", [], ["عبدالرحمن عربي المغربي"], None, None, None),
    ("هسبريس من الرباط", ["هسبريس"], [], None, None, "الرباط"),
    ("هسبريس - و.م.ع", ["هسبريس"], [], None, "MAP", None),
    ("م. العربي / ق.د", [], ["م. العربي"], "ق.د", None, None),
    ("القسم الدولي/ الوكالات", [], [], None, "وكالات", None),
    ("مراسل الشروق من تبسة: ب. دريد", ["الشروق"], ["ب. دريد"], None, None, None),
    ("كتب - أحمد مسعد ومحمد أبو ليلة:", [], ["أحمد مسعد", "محمد أبو ليلة"], None, None, None),
    ("رئيس التحرير: أكرم القصاص", [], [], None, None, None),
    ("رئيس مجلس الإدارة: حسين زين", [], [], None, None, None),
    ("بقلم: توماس فريدمان - ترجمة: علي حسين", [], ["توماس فريدمان"], None, None, None),
    ("نيويورك تايمز", [], [], None, None, None),
    ('غزة - "القدس العربي" - أشرف الهور', ["القدس العربي"], ["أشرف الهور"], None, None, "غزة"),
    ("المنامة في 5 يناير / بنا /", [], [], None, "BNA", "المنامة"),
    ("الرياض 04 صفر 1442 هـ الموافق 21 سبتمبر 2020 م واس", [], [], None, "SPA", "الرياض"),
    ("فرانك غاردنر\nمراسل بي بي سي للشؤون الأمنية", ["BBC News عربي"], ["فرانك غاردنر"], None, None, None),
    ("محمد علي (@mohamedali)", [], ["محمد علي"], None, None, None),
    ("خدمة العصر", [], [], None, None, None),
    ("The Associated Press", [], [], None, "AP", None),
    ("Agence France-Presse", [], [], None, "AFP", None),
    ("رويترز العربية", [], [], None, "Reuters", None),
    ("سبوتنيك عربي", [], [], None, "Sputnik", None),
    ("بكين 5 مارس 2020 (شينخوا)", [], [], None, "Xinhua", "بكين"),
    ("صورة: رويترز", [], [], None, None, None),
    ("كاريكاتير: عماد حجاج", [], [], None, None, None),
    ("بعدسة: محمد علي", [], [], None, None, None),
    ("Getty Images", [], [], None, None, None),
    ("صورة محمد علي", [], [], None, None, None),
    ("بواسطة محمد علي في 5 مارس 2020", [], ["محمد علي"], None, None, None),
    ("محمد علي | 5 مارس 2020 - 10:00", [], ["محمد علي"], None, None, None),
    ("محمد علي كاتب وباحث فلسطيني", [], ["محمد علي"], None, None, None),
    ("الأب رفعت بدر", [], ["رفعت بدر"], None, None, None),
    ("ص.ب 123", [], [], None, None, None),
    ("د.بندر بن عبد الله بن تركي آل سعود", [], ["بندر بن عبد الله بن تركي آل سعود"], None, None, None),
    ("بيرتراند بادريه", [], ["بيرتراند بادريه"], None, None, None),
    ("عبد الرحمن الحربي سعيد المعبدي - جدة", [], ["عبد الرحمن الحربي", "سعيد المعبدي"], None, None, "جدة"),
    (
        "مايلز جونسون، ولوسي هورنبي، وسينثيا أومورتشو من هونج كونج",
        [],
        ["مايلز جونسون", "لوسي هورنبي", "سينثيا أومورتشو"],
        None,
        None,
        "هونج كونج",
    ),
]


@pytest.mark.parametrize(("text", "own", "authors", "initials", "agency", "place"), REAL)
def test_reads_the_bylines_that_papers_print(*, text, own, authors, initials, agency, place):
    byline = parse_byline(text, own_names=own)
    assert [list(byline.authors), byline.initials, byline.agency, byline.place] == [authors, initials, agency, place]


@pytest.mark.parametrize(("text", "own", "authors", "initials", "agency", "place"), SYNTHETIC)
def test_reads_ordinary_bylines_that_nobody_recorded(*, text, own, authors, initials, agency, place):
    byline = parse_byline(text, own_names=own)
    assert [list(byline.authors), byline.initials, byline.agency, byline.place] == [authors, initials, agency, place]


NOBODY = [
    "",
    " ",
    "admin",
    "Admin",
    "المحرر",
    "محرر",
    "هيئة التحرير",
    "أسرة التحرير",
    "خاص",
    "متابعة",
    "متابعات",
    "وكالات",
    "التحرير",
    "m.althaidy@asharqalawsat.com",
    "محمد علي@twitter",
    "https://example.com/author/ali",
    "www.example.com",
    "example.com",
    "photo_2020.jpg",
    "صورة محمد علي.jpg",
    "IMG-1234.png",
    "محمد علي 2020",
    "12345",
    "BBC News عربي",
    "Sky News Arabia",
    "العربية نت",
    "القاهرة",
    "الثلاثاء 19 أيار",
    "اقرأ المزيد",
    "صدر العدد الجديد من المجلة",
    "كاتب وصحفي مصري",
    "أ.د",
    "رياضة",
    "مقالات الرأي",
    "webmaster",
    "الكاتب: غير معروف",
    "وحدة التحقيقات",
    "تقرير إخباري",
    "بيان صحفي",
    "حديث الصباح",
    "إعلام العدو",
    "مواقع التواصل",
    "كتب المحرر الاقتصادي",
    "Getty Images",
    "News Desk",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_person_is_no_author(text):
    byline = parse_byline(text)
    assert byline.authors == ()
    assert byline.initials is None


@pytest.mark.parametrize("own", ["الشرق", "صحيفة الشرق", "الشرق الإلكترونية", "جريدة الشَّرق"])
@pytest.mark.parametrize("text", ["الشرق", "صحيفة الشرق", "بقلم: الشرق", "الدوحة - الشرق", "الشرق أونلاين"])
def test_the_papers_own_name_is_no_author(text, own):
    assert parse_byline(text, own_names=[own]).authors == ()


GIVEN = ["محمد", "أحمد", "فاطمة", "عبد الله", "سارة", "نور الدين", "وليد", "وفاء", "إبراهيم"]
FAMILY = ["العتيبي", "حنوش", "القحطاني", "بن علي", "أبو زيد", "الحلبي"]
PLACES = ["القاهرة", "الرياض", "مكة المكرمة", "لندن", "تونس"]
names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@given(
    st.lists(names, min_size=1, max_size=4, unique=True),
    st.sampled_from(["، ", ",", " و", " و ", " - ", " / ", "\n", "؛ "]),
    st.sampled_from(
        ["{}", "بقلم: {}", "كتب/ {}", "إعداد: {}", "{} - القاهرة", "القاهرة: {}", "{} (القاهرة)", "• {} ."]
    ),
)
def test_several_people_are_read_back(people, between, form):
    byline = parse_byline(form.format(between.join(people)))
    assert list(byline.authors) == people
    assert byline.place == ("القاهرة" if "القاهرة" in form else None)


AGENCIES = [
    ("رويترز", "Reuters"),
    ("أ ف ب", "AFP"),
    ("أ.ف.ب", "AFP"),
    ("ا. ف. ب", "AFP"),
    ("د ب أ", "DPA"),
    ("واج", "APS"),
    ("بترا", "Petra"),
    ("الأناضول", "Anadolu"),
]


@given(
    st.sampled_from(AGENCIES),
    st.sampled_from(PLACES),
    st.sampled_from(
        [
            "{p} - {a}",
            "{p} – {a}:",
            "{p}: {a}",
            "{p} : ({a})",
            "{p} ({a})",
            "{p} ـ {a}:",
            "{p} {a}:",
            "{a} - {p}:",
            "{p} / {a} /",
        ]
    ),
)
def test_a_place_and_an_agency_are_read_back(agency, place, form):
    printed, short = agency
    text = form.format(p=place, a=printed)
    byline = parse_byline(text)
    assert (byline.authors, byline.initials, byline.agency, byline.place) == ((), None, short, place)
    dateline = parse_dateline(text)
    assert dateline is not None
    assert (dateline.agency, dateline.place, dateline.author) == (short, place, None)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("أفب", "AFP"),
        ("أ. ف. ب.", "AFP"),
        ("فرانس برس", "AFP"),
        ("دبأ", "DPA"),
        ("أ.ب", "AP"),
        ("أ ب", "AP"),
        ("أسوشيتد برس", "AP"),
        ("إ.ب.أ", "EPA"),
        ("واس", "SPA"),
        ("وام", "WAM"),
        ("وال", "LANA"),
        ("وات", "TAP"),
        ("كونا", "KUNA"),
        ("قنا", "QNA"),
        ("بنا", "BNA"),
        ("سانا", "SANA"),
        ("وفا", "WAFA"),
        ("واع", "INA"),
        ("نينا", "NINA"),
        ("وطنية", "NNA"),
        ("شينخوا", "Xinhua"),
        ("سبوتنيك", "Sputnik"),
        ("CNN", "CNN"),
        ("وكالة رويترز", "Reuters"),
        ("الوكالات", "وكالات"),
        ("و م ع", "MAP"),
        ("أ ش أ", "MENA"),
        ("سونا", "SUNA"),
        ("سبأ", "Saba"),
        ("يو بي آي", "UPI"),
        ("أب", None),
        ("ومع", None),
        ("محمد", None),
        ("", None),
    ],
)
def test_agencies_have_their_usual_short_names(text, short):
    assert agency_named(text) == short


TEXT = " قال مسؤول كبير إن السفارة في كندا عثرت على الرجل، وأضاف أن محمد علي - رئيس اللجنة - سيصل غدا."
# head, place, agency, author; the story goes on after it.
DATELINES = [
    ("عدن - أ ف ب:", "عدن", "AFP", None),
    ("عمان - واس:", "عمان", "SPA", None),
    ("جنيف : (رويترز)", "جنيف", "Reuters", None),
    ("برلين ـ د. ب. أ:", "برلين", "DPA", None),
    ("كوالالمبور - د. ب. أ", "كوالالمبور", "DPA", None),
    ("ليون ـ أ. ف. ب", "ليون", "AFP", None),
    ("نيويورك - الوئام- أ. ف. ب:", "نيويورك", "AFP", None),
    ("العواصم: الوكالات", None, "وكالات", None),
    ("وطنية - المتن -", "المتن", "NNA", None),
    ("الحرة – واشنطن.....", "واشنطن", None, None),
    ("دبي، الإمارات العربية المتحدة (CNN) --", "دبي، الإمارات العربية المتحدة", "CNN", None),
    ("دمشق، سوريا (CNN) --", "دمشق، سوريا", "CNN", None),
    ("لندن ـ :", "لندن", None, None),
    ("عوض الفهمي- سبق- أضم:", "أضم", None, "عوض الفهمي"),
    ("الجزائر (واج) -", "الجزائر", "APS", None),
    ("القاهرة - محمد علي:", "القاهرة", None, "محمد علي"),
]


@pytest.mark.parametrize(("head", "place", "agency", "author"), DATELINES)
def test_reads_the_dateline_that_a_story_goes_on_after(head, place, agency, author):
    own = ["سبق", "الوئام"]
    dateline = parse_dateline(head + TEXT, own_names=own)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.author, dateline.raw) == (place, agency, author, head)


LINES = [
    ("مكة المكرمة - واس", "مكة المكرمة", "SPA", None),
    ("أ. ف. ب. إسطنبول", "إسطنبول", "AFP", None),
    ("القاهرة - واس، ا.ف. ب", "القاهرة", "SPA, AFP", None),
    ("جدة واس - الوئام:", "جدة", "SPA", None),
    ("الرباط – الاثنين 25 غشت 2025", "الرباط", None, None),
    ("أبوظبي - سكاي نيوز عربية", "أبوظبي", None, None),
    ("الدوحة - الشرق", "الدوحة", None, None),
    ("الاولى نيوز / بغداد", "بغداد", None, None),
    ("* الرياض عوض مانع القحطاني", "الرياض", None, "عوض مانع القحطاني"),
    ("الديار: حسين درويش-", None, None, "حسين درويش"),
    ("عبدالكريم الحمد - الرياض", "الرياض", None, "عبدالكريم الحمد"),
]


@pytest.mark.parametrize(("line", "place", "agency", "author"), LINES)
def test_reads_a_dateline_on_a_line_of_its_own(line, place, agency, author):
    dateline = parse_dateline(line + "\n" + TEXT)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.author, dateline.raw) == (place, agency, author, line)


@pytest.mark.parametrize(
    "text",
    [
        "شفا –",
        "أحداث اليوم -",
        "المدينة نيوز :-",
        "",
        "محمد صلاح يسجل هدفين",
        "القاهرة تستضيف القمة العربية",
        "قال محمد علي: إن الأمر انتهى",
        "محمد علي: لن أعود إلى المنصب",
        "عبدالله بن علي بن صقيه -رحمه الله-",
        "وأكد وزراء خارجية دول التحالف الدولي ضد ما يسمى بتنظيم داعش",
        TEXT,
    ],
)
def test_what_is_no_dateline_is_none(text):
    assert parse_dateline(text) is None


CREDITS = [
    ("انتهى الخبر.\n--(بترا)", "Petra"),
    ("انتهى الخبر. (أ.ف.ب)", "AFP"),
    ("الوكالة (أ. ف. ب)", "AFP"),
    ("انتهى الخبر (واج)", "APS"),
    ("انتهى الخبر / واج /", "APS"),
    ("انتهى الخبر.\nالمصدر: رويترز", "Reuters"),
    ("انتهى الخبر.\nالمصدر : وكالات", "وكالات"),
    ("انتهى الخبر.\nرويترز", "Reuters"),
    ("انتهى الخبر (القاهرة - أ ف ب)", "AFP"),
    ("انتهى الخبر (رويترز، أ ف ب)", "Reuters, AFP"),
    ("انتهى الخبر (مصر)", None),
    ("انتهى الخبر (أبوظبي - البيان)", None),
    ("قال ذلك لوكالة رويترز", None),
    ("بحسب ما أكد مصدر مقرب منه لوكالة «فرانس برس».", None),
    ("محمد علي", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_reads_the_agency_that_the_end_credits(text, agency):
    assert agency_credit(text) == agency


WORDS = [
    "محمد",
    "علي",
    "القاهرة",
    "الرياض",
    "رويترز",
    "أ",
    "ف",
    "ب",
    ".",
    "-",
    "–",
    "ـ",
    ":",
    "/",
    "(",
    ")",
    "،",
    "و",
    "وأحمد",
    "بقلم",
    "تصوير",
    "د.",
    "م.",
    "«الشرق»",
    "12",
    "a@b.c",
    "x.jpg",
    "2020",
    "\n",
    "من",
    "في",
]


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_gives_a_byline_a_dateline_and_a_credit_without_junk(text):
    byline = parse_byline(text, own_names=["الشرق"])
    for author in byline.authors:
        assert not set(author) & set("@0123456789/:«»|\n")
        assert author.strip() == author
        assert len(author) > 1
    dateline = parse_dateline(text, own_names=["الشرق"])
    assert dateline is None or dateline.place or dateline.agency or dateline.author
    assert agency_credit(text) != ""
