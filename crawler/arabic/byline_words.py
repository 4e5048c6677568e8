"""The words of bylines that are no names: roles, titles, desks, occupations. All folded."""

from crawler.arabic.letters import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_WRITERS = _folded(
    "بقلم كتب كتبت كتبه كتبها يكتب تكتب إعداد أعد أعدت أعده أعدها تقرير بواسطة حاوره حاورها حاورته حاورتها حاور"
    " حوار الحوار أجرى أجرت أجراه تحقيق استطلاع روبورتاج"
    " ربورتاج رصد رصدها رصده تغطية متابعة قراءة تحليل شعر قصة نقله الكاتب الكاتبة كاتب المؤلف الصحفي الصحفية"
    " الصحافي الناشر المحرر مراسل مراسلة مراسلنا مراسلتنا موفدنا"
    " موفدتنا مبعوثنا مبعوثتنا by par author auteur written"
)
_HELPERS = _folded("ترجمة ترجمها ترجمته تعريب نقلها تحرير حررها حرره translated edited")
_OTHERS = _folded(
    "تصوير عدسة بعدسة صور الصور صورة الصورة فيديو الفيديو مونتاج إخراج إشراف مراجعة تدقيق رسم رسوم ريشة بريشة كاريكاتير"
    " كاريكاتور كرتون إنفوغرافيك إنفوجراف غرافيك جرافيك تصميم photo photos video credit"
)

WRITER, HELPER, OTHER = "writer", "helper", "other"
ROLES = dict.fromkeys(_WRITERS, WRITER) | dict.fromkeys(_HELPERS, HELPER) | dict.fromkeys(_OTHERS, OTHER)
"""What the people named after a word did: wrote; translated or edited; something that makes nobody an author."""

ROLES_ANYWHERE = _folded("by بقلم كتب كتبت كتبه كتبها إعداد تصوير عدسة ترجمة إشراف مونتاج حاوره حاورها بواسطة")
"""Roles that begin a new piece without a mark before them: ... - أمريكا تصوير - أسعد بوقس."""

ROLES_WITH_MARK = _folded(
    "متابعة رصد تغطية قراءة تحليل شعر قصة الكاتب الكاتبة كاتب الصحفي الصحفية الصحافي مراسل مراسلة صور الصور الصورة رسم"
    " رسوم فيديو الفيديو كرتون تصميم المحرر الناشر حوار الحوار تحقيق استطلاع"
)
"""Words that are a role only before a mark: كاتب alone begins a description, متابعة is a desk, رسم may be anything."""

ROLE_TAILS = _folded(
    "وتصوير وتقديم وترجمة وتحرير وإعداد وحوار وكتابة وتحقيق وصور وترجمه الخبر المقال المقالة التقرير الحوار"
    " الموضوع خاص خاصة إخباري إخبارية صحفي صحفية صحافي صحافية مصور مصورة ميداني حصري مشترك"
)
"""Words that go on with a role: إعداد وتصوير, حوار خاص."""

AFTER_NAME = _folded("يكتب تكتب")
"""Words after the writer's name: فلان يكتب."""

DESKS = _folded(
    "متابعة متابعات خاص خاصة التحرير تحرير المحرر محرر محررو المحررون admin administrator editor editors editorial"
    " staff desk webdesk newsroom عواصم العواصم المحليات محليات"
    " الرياضة رياضة الاقتصاد اقتصاد الثقافة ثقافة منوعات سياسة السياسة دولي دولية الدولي الدولية عربي عربية عالمي"
    " مقالات المقالات رأي الرأي الأخبار أخبار نيوز news press برس ميديا media tv online"
    " أونلاين الإلكتروني الإلكترونية الإلكترونى وكالة صحيفة جريدة موقع قناة شبكة مركز قسم فريق هيئة إدارة الإدارة"
    " مكتب بوابة مجلة إذاعة تلفزيون تلفزيونية مؤسسة"
    " جمعية وزارة جامعة حزب لجنة نادي منتدى أسرة طاقم زائر ضيف مدير المدير مشرف كلمة افتتاحية user root webmaster"
    " guest unknown anonymous مجهول مصدر المصدر مصادر ترجمات"
    " تقارير التقارير القسم الملف الموفد الترجمة المناطق ملخص فيديو اليوم نيوزروم غرفة خدمة خدمات صفحة ملحق دار"
    " الشؤون محررون مراسلون مراسلو تايمز بوست getty"
    " images times post today daily tribune gazette journal magazine agency network channel radio team website"
)
"""Words that no person's name holds: desks, sections, institutions, accounts."""

NAMES_BEFORE = {"ضيف": "الله"}
"""Desk's words that a name holds before another: ضيف الله."""

DESKS_TOO = _folded("عربي العربي ضيف")
"""Desk's words that are family names as well: عبدالرحمن عربي."""

INSTITUTIONS = _folded(
    "صحيفة جريدة موقع قناة شبكة بوابة مجلة وكالة إذاعة مكتب أونلاين الإلكتروني الإلكترونية الإلكترونى نيوز نت"
    " أخبار برس خاص بـ ب لـ عربي بالعربية العربية العربي news press online arabic tv"
)
"""Words that a newspaper's name may have beside it and be the same: صحيفة الشرق, الاقتصادية الإلكترونية."""

OCCUPATIONS = _folded(
    "مراسل مراسلة مراسلو مندوب مندوبة كاتب كاتبة صحفي صحفية صحافي صحافية باحث باحثة أكاديمي أكاديمية خبير خبيرة"
    " محلل محللة محام محامي محامية رئيس رئيسة مدير مديرة إعلامي إعلامية ناشط"
    " ناشطة روائي روائية شاعر شاعرة ناقد ناقدة مستشار مستشارة عضو نائب سفير وزير مدون مدونة اختصاصي أخصائي استشاري"
    " writer reporter correspondent journalist"
)
"""Words that begin a description of somebody: كاتب وصحفي مصري."""

NOT_IN_NAMES = _folded(
    "في من إلى على عن مع هذا هذه التي الذي كل بعد قبل إن أن هو هي هل ما لا لم لن قد كان كانت قال قالت بين حول عبر"
    " منذ تم ثم أو يقول تقول نشر نشرت تاريخ بتاريخ صباحا مساء الساعة آخر تحديث"
    " يوم عدد تعليق تعليقات شارك مشاركة القراءات مشاهدة المشاهدات اقرأ المزيد سعادة معالي المحترم أين متى"
    " كيف لماذا كنت جنوب شمال شرق غرب وسط ولاية مقاطعة جزيرة مدينة محافظة بلدة قرية منطقة مقالة مقال"
    " جميع عرض المواد كافة لدى ضد أمام خلال the of and"
    " for in on at min read posted updated"
) - _folded("علي")
"""Words of sentences and labels."""

TITLES = _folded(
    "الدكتور الدكتورة دكتور دكتورة الأستاذ الأستاذة أستاذ أستاذة المهندس المهندسة مهندس مهندسة الصحفي الصحفية"
    " الصحافي الصحافية الزميل الزميلة الكاتب الكاتبة المحامي المحامية اللواء العميد"
    " العقيد الخبير الخبيرة الإعلامي الإعلامية السفير السفيرة البروفيسور بروفيسور البروفسور بروفسور الباحث الباحثة"
    " الأديب الأديبة الشاعر الشاعرة الناقد الروائي الروائية السيدة المستشار المستشارة"
    " الفريق المقدم الرائد الركن الفنان الفنانة القاص القاصة المفكر المؤرخ المترجم المترجمة المخرج المخرجة"
    " الأكاديمي الأكاديمية المحلل المدون المدونة الناشط الناشطة المصور المصورة"
    " الأب القس الأنبا البابا البطريرك الحاج الحاجة النائب النائبة الوزير الوزيرة القاضي المطران السيد الشيخ"
)
"""Words before a name that are not of it. السيد is one of two: see `NAMES_TOO`."""

NAMES_TOO = _folded("السيد الشيخ")
"""Titles that are given names as well: before two names they are a title."""

DESCRIBING = (OCCUPATIONS | _folded("محرر محررة المحرر مسؤول أستاذ أستاذة صورة")) - _folded("ناشط ناقد عضو writer")
"""Words that begin what a person is, after the name with no mark between: فلان كاتب وباحث."""

SURNAMES_TOO = _folded("كاتب وزير سفير خبير شاعر محامي مستشار عضو أستاذ الكاتب")
"""Occupations that are family names as well where nothing follows: سعود كاتب."""

MASTHEAD = _folded("رئيس رئيسة مدير مديرة المدير المشرف مؤسس نائب سكرتير مستشار")
"""Words that begin a line of the paper's own staff: رئيس التحرير: فلان. Whom it names wrote nothing."""

DAYS_TOO = _folded("الخميس الجمعة السبت خميس جمعة الأحد")
"""Weekdays that are family names as well."""

THINGS = _folded(
    "وحدة إعلام وسائل مواقع بيان حديث أحاديث نداء رصد مساهم مساهمات نافذة زاوية عمود منبر قلم أقلام حروف حرف كلمات نبض"
    " أوراق دفتر دفاتر يوميات محطات محطة همسات همسة خواطر إضاءات إضاءة تحليلات دراسات دراسة بحوث أبحاث كتاب ضيوف قراء"
    " بريد رسائل رسالة صفحات ملفات صوت أصوات صدى مرآة مدار مدارات أضواء ضوء وجهة وجهات آراء تأملات حكاية"
    " حكايات قصص أخبار"
    " خبر نشرة حملة برنامج حلقة مبادرة اتحاد نقابة مجموعة شركة معهد كلية مدرسة بلدية مجلس ديوان حكومة سفارة غير كل"
    " حصاد موجز عناوين جولة مقابلة لقاء ندوة ورشة تدوينة تدوينات مدونة مشاركة مشاركات مواطن مواطنون ناشطون شهود"
)
"""First words of columns, desks and institutions: حديث الصباح, وحدة التحقيقات. No name begins with them."""

BLESSINGS = _folded("رحمه رحمها حفظه حفظها سلمه رعاه وفقه أيده")
"""Words that make a blessing with الله after a name, not a name."""
