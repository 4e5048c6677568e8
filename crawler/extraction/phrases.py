"""What furniture says: the labels, prompts and notices that Arabic papers print in and around their articles.

Every expression is matched against folded text (`crawler.arabic.letters.fold`): no harakat, ا for every alef, ه for ة,
ي for ى. Expressions without nested repetition, so that matching is linear. Most were seen on pages; see the tests.
"""

import re

from crawler.arabic.letters import fold

_EDGE = " \t:：.…-–—_|»«›‹<>[](){}*•●■▪◄►▶◀▼▲→←↓↑\"'“”/\\!؟?،,+#~=\u200f\u200e"
_READ = (
    r"(?:اقرا|اقراي|اقرءوا|اقراوا|اقرءي|طالع|طالعوا|تابع|شاهد|شاهدي|شاهدوا|انظر|راجع|اطلع علي|للمزيد|قد يهمك|"
    r"قد يعجبك|قد يهمكم|ربما يهمك|يهمك)"
)
_ALSO = r"(?:ايضا|ايضاا|كذلك|المزيد|اكثر|في المصري اليوم|ايضا على|ايضا علي|هنا)"

_BOX_LABELS = re.compile(
    rf"(?:{_READ} {_ALSO}(?: (?:في|علي|من|عن|ب)\b.{{0,30}})?"
    r"|(?:اخبار|مواضيع|موضوعات|مقالات|تقارير|قصص|مواد|ملفات|عناوين|روابط|محتويات|محتوي|منشورات|فيديوهات|"
    r"صور) (?:ذات صله|ذات علاقه|ذات الصله|متعلقه|متعلق|مرتبطه|مشابهه|مقترحه|مختاره|اخري|قد تهمك|قد تعجبك|تهمك|"
    r"ذات صله بالموضوع|سابقه|مماثله|مميزه|حديثه)"
    r"|(?:الاخبار|المواضيع|الموضوعات|المقالات|القصص|الروابط) (?:ذات الصله|ذات صله|المتعلقه|المرتبطه|المشابهه|"
    r"المقترحه|المختاره|الرييسيه|ذات العلاقه|ذات علاقه|السابقه|الاكثر .{1,20})"
    r"|(?:الاكثر|اكثر) (?:قراءه|قرايه|مشاهده|تداولا|تعليقا|تفاعلا|شيوعا|زياره|تصفحا|ارسالا|متابعه|شعبيه|"
    r"رواجا)(?: .{0,25})?"
    r"|قصص مقترحه(?: نهايه)?|المزيد حول هذه القصه|اخترنا لك|اخترنا لكم|اخترنا لكم ايضا|مختارات|قد يعجبك ايضا|"
    r"قد يهمك ايضا|قد يهمك|قد يعجبك|ربما تهمك|ربما يهمك|مواضيع قد تهمك|اخبار قد تهمك|مقالات قد تهمك"
    r"|شريط الاخبار|اخر الاخبار|احدث الاخبار|اخر المستجدات|عاجل|الخبر التالي|الخبر السابق|المقال التالي|"
    r"المقال السابق|المقاله التاليه|المقاله السابقه|التالي|السابق|الموضوع السابق|الموضوع التالي"
    r"|(?:المزيد|مزيد|للمزيد) (?:من|في|عن) .{1,30}|المزيد|اقرا المزيد|اقرا اكثر|اكمل القراءه|تابع القراءه|"
    r"لقراءه المزيد|عرض المزيد|تحميل المزيد|شاهد المزيد"
    r"|related (?:posts|news|articles|stories|topics|content)|read (?:also|more)|see also|"
    r"you may (?:also )?like|more (?:news|stories|articles)|recommended(?: for you)?|most (?:read|popular|"
    r"viewed)|latest(?: news)?|a lire aussi|lire aussi|articles? (?:similaires|lies)"
    r"|رابط دايم|رابط مختصر|اقسام اخري|من نفس القسم|في نفس السياق|من القسم|من نفس الكاتب|مقالات اخري للكاتب|"
    r"للكاتب ايضا|كلمات دلاليه|الكلمات الدلاليه|كلمات مفتاحيه|الكلمات المفتاحيه|الوسوم|وسوم|سمات|تاغات|تاجز|"
    r"هاشتاغ|tags|keywords|المواضيع|مواضيع المقال"
    r"|شارك(?: .{0,25})?|شاركها|شارك برايك|مشاركه(?: .{0,20})?|انشر(?: .{0,15})?|ارسل(?: .{0,15})?|اطبع|طباعه|"
    r"نسخ الرابط|تم نسخ الرابط|share(?: .{0,20})?|تابعنا(?: .{0,40})?|تابعونا(?: .{0,40})?|تعليقات|"
    r"التعليقات(?: \(?\d+\)?)?|\d+ تعليقات?|اضف تعليق\S{0,3}|اترك تعليق\S{0,3}|اكتب تعليق\S{0,3}|"
    r"شاركنا .{0,20}|تعليقات القراء|اترك ردا?|اكتب تعليقا?|comments?|leave a (?:reply|comment))"
)
_INLINE_RELATED = re.compile(
    rf"(?:{_READ} ?{_ALSO}\b|(?:اقرا|للمزيد|طالع|شاهد|المزيد) ?[-–—:>»|]|اقرا المزيد|شاهد الفيديو|شاهد بالفيديو|"
    r"لمشاهده الفيديو|قد يهمك|قد يعجبك|مواضيع ذات صله|اخبار متعلقه|اخبار ذات صله|مقالات ذات صله|"
    r"موضوعات متعلقه|ذات صله ?:|موضوع متعلق|خبر ذو صله"
    r"|لمزيد من (?:الاخبار|التفاصيل|المعلومات)|لقراءه (?:المزيد|الخبر|المقال|التفاصيل)|لمتابعه (?:المزيد|"
    r"الخبر|اخر)|لمطالعه|تفاصيل اكثر|للاطلاع علي|للتفاصيل|read (?:also|more)|also read|see also|lire aussi)"
)
_READS_AS_TEXT = re.compile(r"(?:المزيد|مزيد) (?:من|في|عن) |(?:شارك|انشر|ارسل) (?!هذ|ال(?:خبر|مقال|موضوع|صفحه))\w")
_CLOSING_LABELS = re.compile(
    r"(?:\d+ |جميع |كل |عرض |احدث |اخر )?(?:ال)?تعليق(?:ات)?"
    r"(?: (?:المنشوره|القراء|الزوار|الفيسبوك|فيسبوك|الاعضاء|المشاركين))?(?: ?[(\[]? ?\d+ ?[)\]]?)?"
    r"|(?:اراء|ردود|مشاركات) (?:القراء|الزوار)|(?:عدد )?(?:الردود|التعليقات) ?:? ?\d{0,5}"
    r"|(?:اضف|اترك|اكتب|ضع|اضافه|ارسل|كتابه) (?:ردا?|رد|تعليق\S{0,3})(?: .{0,25})?"
    r"|(?:\d+ )?(?:comments?|responses?)(?: ?\(\d+\))?|leave a (?:reply|comment)|(?:post|add) a comment"
    r"|(?:\d+ )?(?:commentaires?)|laisser un commentaire"
    r"|من نحن|(?:عن|حول) (?:الموقع|الصحيفه|الجريده|الوكاله|البوابه|القناه|الشبكه)|اتصل بنا|اتصلوا بنا|تواصل معنا|"
    r"تواصلوا معنا|هييه التحرير|اسره التحرير|اعلن معنا|about us|contact us"
)
_PLATFORM = (
    r"(?:غوغل|جوجل|قوقل|google|تلغرام|تليغرام|تيليغرام|تلجرام|تيليجرام|telegram|واتساب|واتس اب|الواتساب|whatsapp|"
    r"فيسبوك|فيس بوك|الفيسبوك|facebook|تويتر|تويتير|twitter|منصه (?:x|اكس)|انستغرام|انستجرام|انستقرام|instagram|"
    r"اثير|يوتيوب|youtube|سناب ?شات|snapchat|تيك ?توك|tiktok|نبض|nabd|تطبيق|التطبيق|قناه|قناتنا|قنواتنا|صفحتنا|صفحاتنا|"
    r"حسابنا|حساباتنا|نشرتنا|النشره (?:البريديه|الاخباريه)|مواقع التواصل|التواصل الاجتماعي)"
)
_PROMPTS = re.compile(
    r"(?:تابعونا|تابعنا|تابعي|يمكنكم متابعه|يمكنك متابعه|يمكنكم الان|لمتابعه|للمتابعه|"
    r"انضمي|اشتركي|للاشتراك|للانضمام|قم بتحميل|لتحميل|ابق علي اطلاع|كن اول من|"
    r"احصل علي|شاركنا|شاركونا|اضغط|انقر|لتصلك|لتلقي|لمتابعه اخر|قراؤنا|قرايينا|قراينا|قارئنا|"
    rf"قاريينا)\b.{{0,160}}{_PLATFORM}.{{0,160}}"
    rf"|(?:يمكنكم|يمكنك|بامكانكم|بامكانك|للحصول علي|لتلقي|لاستقبال|لتصلكم|فعل|فعلوا) .{{0,60}}"
    rf"(?:اشعارات|الاشعارات|تنبيهات|التنبيهات).{{0,160}}"
    r"|(?:اضغط|انقر|انقروا|اضغطوا) (?:هنا|علي الرابط|للاشتراك).{0,80}|(?:من هنا|هنا)"
    r"|(?:انضم|انضموا|شارك|شاركوا) (?:الي|في) (?:المناقشه|النقاش|الحوار|التعليقات).{0,60}|(?:ادعمنا|ادعمونا|ادعموا|"
    r"تبرع|تبرعوا|ساهم|ساهموا) (?:الان|لدعم|في دعم|صحافه|الصحافه|موقع).{0,120}|"
    r".{0,120}(?:دعم قرايها|دعم قرايه|دعم قراينا|دعمكم لنا|بدعمكم).{0,120}"
    r"|تابعنا .{0,60}|تابعونا .{0,60}|(?:اشترك|اشتركوا) (?:الان|معنا|مجانا).{0,80}|(?:حمل|حملوا) (?:تطبيق|"
    r"التطبيق).{0,120}|.{0,80}(?:google news|جوجل نيوز|غوغل نيوز|قوقل نيوز|اخبار غوغل|اخبار جوجل)\s?"
)
_INVITES = re.compile(
    rf"(?:تابعوا|تابع|انضموا|انضم|اشتركوا|اشترك|حملوا|حمل|نزلوا|نزل|شاركوا|شارك)\b.{{0,160}}{_PLATFORM}.{{0,160}}"
)
"""Verbs that report as well ("شارك ناشطون المقطع على فيسبوك."): they invite when the line says whose, or is short."""
_OURS = re.compile(
    r"قناتنا|قنواتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|نشرتنا|اخبارنا|موقعنا|تطبيقنا|معنا|لدينا|الخاص بنا|اخر الاخبار|"
    r"احدث الاخبار|لتصلك|ليصلك|من هنا|مجانا|\bالان\b|عبر الرابط|لحظه بلحظه|"
    r"^(?:تابعوا|تابع) (?:اخبار|اخر|احدث|كل جديد|المزيد)|تطبيق .{1,20} علي هاتف"
)
_LONGEST_INVITATION = 70
_NOTICES = re.compile(
    r"(?:(?:جميع|كافه|كل) ?(?:الحقوق|حقوق)|حقوق (?:النشر|الطبع|الملكيه)|rights).{0,60}(?:محفوظه|محفوظ|reserved|©|"
    r"الطبع|النشر|[12]\d\d\d).{0,120}|(?:©|\(c\)|copyright).{0,160}|all rights reserved.{0,80}"
    r"|(?=.{0,300}(?:نستخدم|نستعمل|يستخدم (?:هذا )?(?:الموقع|موقعنا)|توافق|موافق|اوافق|قبول|بمتابعه|باستخدامك|باشتراكك|"
    r"بتسجيلك|اطلع علي|we use|accept)).{0,160}(?:ملفات تعريف الارتباط|ملفات الارتباط|سياسه الخصوصيه|سياسه الكوكيز|"
    r"شروط الاستخدام|cookies?).{0,200}"
    r"|.{0,60}(?:لن يتم نشر (?:عنوان )?بريدك|لن ينشر (?:عنوان )?بريدك|الحقول الالزاميه|خدمه اكيسميت|"
    r"يجب (?:عليك )?تسجيل الدخول|سجل دخولك|هييه التحرير غير مسؤوله).{0,160}"
    r"|.{0,80}(?:الاراء|التعليقات|المقالات|الردود|المواد|كل ما ينشر) (?:\S{1,20} ){0,6}(?:لا تعبر|لا تمثل|"
    r"لا يعبر|تعبر عن|تعبر فقط|تمثل راي|تعكس|لا تعكس).{0,200}|.{0,40}(?:لا تعبر|"
    r"لا يعبر) (?:\S{1,20} ){0,4}عن (?:راي|وجهه نظر).{0,160}"
    r"|.{0,40}(?:ترحب|يرحب) (?:\S{1,20} ){0,5}(?:بتعليقاتكم|بتعليقات|بالنقاش|بمشاركاتكم|بارايكم).{0,2000}|"
    r".{0,60}(?:شروط (?:الاستخدام|التعليق|النشر|المشاركه)|(?:قواعد|ضوابط|سياسه) (?:التعليق|النشر|المشاركه)).{0,60}|"
    r"(?=.{0,1000}(?:تعليقات|التعليق|تعليقك|اداب الحوار|الاساءه الي|المشاركات)).{0,100}"
    r"\b(?:(?:شروط|قواعد|ضوابط) التعليق|يرجي|نرجو|الرجاء|نعتذر|نحتفظ|تحتفظ|لن (?:يتم|ننشر|تنشر)|نشر التعليق|"
    r"التعليق علي الموضوع).{0,1000}"
    r"|.{0,300}(?:الاشتراك لدي الوكاله|نظام تدفق الاخبار|للاشتراك في خدمه الوكاله).{0,200}"
    r"|this (?:post|article) (?:first )?appeared.{0,120}|the post .{0,300}appeared first on.{0,100}|"
    r".{0,20}see more at.{0,200}|home blog page.{0,20}|search close this.{0,40}"
)
_WORDS_ALONE = re.compile(
    r"(?:معجب بهذه|اعجاب|تحميل|مرتبط|like this|like loading|related|"
    r"(?:تم|تمت) (?:طباعه|النشر|نشر|اضافه|الاضافه|ارسال).{0,30} ?: .{2,80}|"
    r"اعلان|اعلانات|ماده اعلانيه|مساحه اعلانيه|الاعلانات|اعلان ممول|محتوي ممول|ممول|advertisement|ads?|"
    r"sponsored|publicite|- ?اعلان ?-|مواد اعلانيه|لاعلاناتكم|يتبع الاعلان|الرجاء الانتظار.{0,20}|"
    r"جاري التحميل.{0,20}|loading.{0,6}"
    r"|طباعه|اطبع|ارسال|ارسل|مشاركه|شارك|نشر|حفظ|نسخ|تكبير(?: الخط)?|تصغير(?: الخط)?|حجم الخط.{0,20}|الخط|خط|"
    r"استمع|استمع (?:للمقال|للخبر|الي المقال|الي الخبر)|اضف الي المفضله|المفضله|ابلاغ|ابلغ عن خطا|تعليق|"
    r"تعليقات|لا تعليقات|لا توجد تعليقات|اكتب تعليقك.{0,20}|print|email|share|tweet|a ?[-+]|\+a|-a|pdf|rss|"
    r"facebook|twitter|whatsapp|telegram|linkedin|pinterest|messenger|viber|فيسبوك|فيس بوك|تويتر|واتساب|"
    r"واتس اب|تلغرام|تيليجرام|تلجرام|لينكدان|لينكد ان|بينتريست|ماسنجر|مسنجر|انستغرام|البريد الالكتروني|"
    r"بريد الكتروني|ايميل|الرابط المختصر.{0,60}|رابط مختصر.{0,60}|رابط الخبر.{0,200}|الصفحه الرييسيه|الرييسيه|"
    r"اعلي الصفحه|رجوع|عوده|العوده .{0,20}|القايمه|بحث"
    r"|صوره ارشيفيه|ارشيفيه|صوره تعبيريه|صوره من الارشيف|ارشيف|الصوره من الارشيف|(?:مصدر|صدر|"
    r"حقوق) الصوره.{0,80}|التعليق علي الصوره.{0,200}|تعليق الصوره.{0,200}|صوره ?:.{0,80}|تصوير ?[:/-].{0,60}|"
    r"عدسه ?[:/-].{0,60}|الصوره ?[:/-].{0,80}|photo ?:.{0,80}"
    r"|(?:مده|وقت|زمن|المده المقدره ل) ?(?:القراءه|قراءه|القرايه).{0,30}|\d+ (?:دقيقه|دقايق|دقيقتان|ثانيه|"
    r"ثواني|د|min|mins|minutes?)(?: (?:للقراءه|قراءه|من القراءه|read))?|(?:اقل من )?دقيقه واحده|"
    r"قراءه \d+ (?:دقيقه|دقايق)|[\d٬,.]+"
    r"|.{0,60}(?:please|enable|requires?|فعل|تفعيل|يرجي|الرجاء|لتشغيل|لمشاهده|يحتاج|تحتاج|لابد من) .{0,80}"
    r"(?:javascript|java script|جافا ?سكريبت|جافا سكربت|html5|flash ?player|فلاش بلاير|adobe flash).{0,160}"
    r"|.{0,60}(?:متصفحك|المتصفح|your browser) .{0,40}(?:لا يدعم|غير مدعوم|does not support|is not supported).{0,120}"
    r"|(?:نهايه|انتهي|تخطي) .{1,40}(?:نهايه|وواصل القراءه)|(?:قصص|مواضيع|الاكثر|بودكاست|اعلان) .{0,30} ?نهايه|"
    r"تخطي (?:الي )?(?:المحتوي|الاعلان|القايمه|البحث|المضمون|الجزء).{0,40}|tt|undefined|null|none|"
    r"nan|object object)"
)
_TAG_LINE = re.compile(
    r"(?:الكلمات (?:الدلاليه|المفتاحيه)|كلمات (?:دلاليه|مفتاحيه|البحث)|الوسوم|وسوم|سمات|التاغات|تاغات|تاجات|"
    r"هاشتاغ|tags?|keywords?|mots-cles|المواضيع|مواضيع|الاقسام|تصنيفات|التصنيفات|تصنيف|القسم|اقسام|الاوسمه|"
    r"اوسمه)\s?[:：/|-].{0,400}"
)
_SOURCE_LINE = re.compile(r"(?:المصدر|مصدر الخبر|المصادر|نقلا عن|source|المرجع|المراجع)\s?[:：/=-]\s?.{0,80}")
_EMAIL_ONLY = re.compile(
    r"(?:البريد الالكتروني|ايميل|بريد|e-?mail|للتواصل(?: مع الكاتب)?|twitter|تويتر|فيسبوك|facebook|انستغرام|"
    r"حساب الكاتب)?\s?[:：/]?\s?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)*|@\w{2,30}|\w{2,30}@|(?:https?://|www\.)\S+)",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"(?:ال)?(?:ترجمه|تحرير|اعداد|كتابه|تصوير|صور|عدسه|مونتاج|اخراج|تنفيذ|تصميم|تدقيق|مراجعه|متابعه|رصد|محرر|محرره|مترجم|"
    r"مترجمه|بقلم|كتب|كتبت|تقرير|تغطيه|حوار|حاوره|حاورها|اجري الحوار)(?: و ?(?:ال)?\w{3,9}){0,2}\s?[:：/|–-]\s?.{2,60}"
)
_ROLE_LINE = re.compile(
    r"(?:ال)?(?:كاتب|كاتبه|صحافي|صحافيه|صحفي|صحفيه|اعلامي|اعلاميه|باحث|باحثه|اكاديمي|اكاديميه|ناقد|ناقده|روايي|روائي|روائيه|"
    r"شاعر|شاعره|محلل|محلله|مدون|مدونه|استاذ|استاذه|سفير|وزير|نايب|دبلوماسي|مستشار|محام|محامي|محاميه|طبيب|خبير|خبيره|"
    r"رييس تحرير|مدير تحرير|عضو)(?: \S{1,18}){1,9}"
)
_HASHTAGS = re.compile(r"(?:#\w+\s?(?:[،,|]\s?)?)+")
_EITHER = re.compile(r"/(?:ي|وا|ه|ين|ات|ن)(?=\s|$|:)")
"""Both genders at once: "اقرأ/ي أيضا", "انضم/ي"."""
_LONGEST_LINE = 2_500
_NO_LETTERS = re.compile(r"[\W\d_]*")


class Saying:
    """One line, folded once, and what it says."""

    __slots__ = ("bare", "folded", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text[:_LONGEST_LINE]).strip()
        self.bare = (_EITHER.sub("", self.folded) if "/" in self.folded else self.folded).strip(_EDGE)

    @property
    def empty(self) -> bool:
        """No letter and no digit in it."""
        return not self.bare

    def box_label(self) -> bool:
        """Whether it heads a box of other articles, of tags, of share buttons or of comments."""
        if _BOX_LABELS.fullmatch(self.bare) is None:
            return False
        return not (self.text.rstrip().endswith((".", "،", "؟")) and self.may_be_heading())

    def may_be_heading(self) -> bool:
        """Whether a label of a box would do as a sub-heading or a short sentence too: "مزيد من العقوبات"."""
        return _READS_AS_TEXT.match(self.bare) is not None

    def closing_label(self) -> bool:
        """Whether it heads what readers wrote, or what the paper says of itself: nothing after it is the text."""
        return len(self.bare) <= 60 and _CLOSING_LABELS.fullmatch(self.bare) is not None

    def pointer(self) -> bool:
        """Whether it begins as a pointer to another article does: "اقرأ أيضا: ..."."""
        return _INLINE_RELATED.match(self.bare) is not None

    def prompt(self) -> bool:
        """Whether it asks the reader to follow, subscribe, install or click."""
        if _PROMPTS.fullmatch(self.bare) is not None:
            return True
        return _INVITES.fullmatch(self.bare) is not None and (
            _OURS.search(self.bare) is not None
            or (len(self.bare) <= _LONGEST_INVITATION and not self.text.rstrip().endswith("."))
        )

    def notice(self) -> bool:
        """Whether it is a legal notice, a cookie notice or a rule for comments."""
        return _NOTICES.fullmatch(self.bare) is not None

    def button(self) -> bool:
        """Whether it is nothing but a button, an advert's label, a photo credit, a reading time, or has no letter."""
        return (
            not self.bare
            or _WORDS_ALONE.fullmatch(self.bare) is not None
            or _NO_LETTERS.fullmatch(self.bare) is not None
        )

    def tag_line(self) -> bool:
        """Whether it lists the article's tags or section behind a label."""
        return _TAG_LINE.fullmatch(self.folded) is not None or _HASHTAGS.fullmatch(self.folded) is not None

    def source_line(self) -> bool:
        """Whether it names the source behind a label."""
        return _SOURCE_LINE.fullmatch(self.bare) is not None

    def credit_line(self) -> bool:
        """Whether it names who translated, edited, photographed, or says what the author is: "كاتب وباحث سوري"."""
        if len(self.bare) > 90 or self.text.rstrip().endswith((".", "؟", "!", "،")):
            return False
        return _CREDIT_LINE.fullmatch(self.bare) is not None or _ROLE_LINE.fullmatch(self.bare) is not None

    def contact(self) -> bool:
        """Whether it is an e-mail address, an account or an address alone."""
        return _EMAIL_ONLY.fullmatch(self.folded.strip(_EDGE)) is not None


def is_box_label(text: str) -> bool:
    """Whether a short text heads a box of other articles, of tags, of share buttons or of comments."""
    return Saying(text).box_label()


_SKIP = re.compile(r"(?:تخط|تخطي|تجاوز|تجاهل|انتقل|اذهب|skip|jump|passer|aller)\b")


def is_skip_link(text: str) -> bool:
    """Whether a link offers to skip what follows it."""
    return len(text) <= 120 and _SKIP.match(fold(text)) is not None
