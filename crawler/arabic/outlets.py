"""Newspapers, broadcasters and portals that other papers name in bylines, where a page cannot tell that they are none.

Only well-known names; a page's own paper is known from the page itself (`crawler.extraction.outlet`). All folded, points
away. What is here is never a person. Names that are places or given names too (الرياض, البيان) are not here: they are a
paper only on its own pages.
"""

from crawler.arabic.letters import fold

_NAMES = """
بي بي سي، بي بي سي عربي، بي بي سي نيوز، بي بي سي نيوز عربي، هيئة الإذاعة البريطانية، bbc، bbc news، bbc arabic،
bbc news عربي، بي بي سي العربية، سكاي نيوز، سكاي نيوز عربية، sky news، sky news arabia، العربية نت، العربية.نت،
قناة العربية، alarabiya، alarabiya net، الجزيرة نت، الجزيرة.نت، الجزيرة مباشر، الجزيرة الإنجليزية، aljazeera،
aljazeera net، al jazeera، روسيا اليوم، آر تي، آر تي عربي، rt، rt arabic، rt عربي، دويتشه فيله، دويتشه فيلة، dw، dw عربية،
فرانس 24، فرانس24، france 24، france24، مونت كارلو الدولية، مونت كارلو، صوت أمريكا، صوت أميركا، voa، إذاعة سوا،
راديو سوا، قناة الحرة، سي إن بي سي عربية، cnbc عربية، cnbc، يورونيوز، euronews، إرم نيوز، الشرق الأوسط،
القدس العربي، العربي الجديد، عربي 21، عربي21، إندبندنت عربية، إندبندنت، الإندبندنت، اندبندنت عربية،
نون بوست، ساسة بوست، هافينغتون بوست، هاف بوست، هاف بوست عربي، رصيف22، رصيف 22، مدى مصر، عنب بلدي،
زمان الوصل، أورينت نت، شبكة شام، العين الإخبارية، اليوم السابع، المصري اليوم، صدى البلد، مصراوي، فيتو،
البوابة نيوز، القاهرة 24، الأهرام، بوابة الأهرام، أخبار اليوم، بوابة أخبار اليوم، هسبريس، هبة بريس، شوف تيفي،
اليوم 24، العمق المغربي، الشروق أونلاين، النهار أونلاين، تونس أفريكا، موزاييك، موزاييك إف إم، الصباح نيوز،
بوابة الوسط، ليبيا المستقبل، ليبيا الأحرار، الصحراء نت، سودان تربيون، باج نيوز، المشهد السوداني، يمن مونيتور،
المصدر أونلاين، عدن الغد، مأرب برس، خبر للأنباء، شفق نيوز، السومرية نيوز، رووداو، بغداد اليوم، موازين نيوز،
المدى برس، ناس نيوز، لبنان 24، لبنان24، ليبانون ديبايت، ليبانون فايلز، 
خبرني، جفرا نيوز، رؤيا الإخباري، وكالة دنيا الوطن، سما الإخبارية، 
الخليج أونلاين، الخليج الجديد، إيلاف، ميدل إيست آي، ميدل ايست اونلاين، ميدل إيست أونلاين، 
نيويورك تايمز، واشنطن بوست، واشنطون بوست، وول ستريت جورنال، فايننشال تايمز، فايننشيال تايمز، فاينانشيال تايمز،
الغارديان، الجارديان، غارديان، ذا غارديان، التايمز، ديلي ميل، ديلي تلغراف، التلغراف، لوموند، لو موند، لوفيغارو،
لو فيغارو، ليبراسيون، دير شبيغل، فورين بوليسي، فورين أفيرز، إيكونوميست، الإيكونوميست، نيوزويك، فوربس، بوليتيكو،
هآرتس، يديعوت أحرونوت، معاريف، جيروزاليم بوست، تايمز أوف إسرائيل، حرييت، ديلي صباح، يني شفق، ترك برس،
the new york times، new york times، washington post، the guardian، financial times، wall street journal،
getty، getty images، غيتي، غيتي إيميجز، جيتي إيميجز، جيتي، shutterstock، شاترستوك
"""

OUTLETS: frozenset[str] = frozenset(
    " ".join(fold(name).replace(".", " ").split()) for name in _NAMES.replace("\n", " ").split("،") if name.strip()
)
"""Folded names, words parted by one space."""

LONGEST = max(len(name.split()) for name in OUTLETS)
"""Words in the longest name."""
