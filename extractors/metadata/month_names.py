"""Names of the months in the languages of news pages."""

from __future__ import annotations

# Beginnings of the months' names, folded, month by month: of the languages of Europe, and of news elsewhere that
# writes Gregorian months by name. The longest match wins; what two languages use for different months is left
# out, or kept for the one of more papers ("listopad" is Poland's November and Croatia's October). What came
# last stands with more letters than it needs, because any word of a page is looked up here.
_MONTHS = (
    "jan janv ene gen sty led oca янв січ ιαν ian tammi siječ јан yanv sausio қаңтар հունվ იანვ ינואר يناير ژانویه जनवरी জানুয়ারি",
    "feb febr févr fev fév lut únor şub фев лют φεβ helmi veljač фебр shkurt vasario ақпан փետր თებ פברואר فبراير شباط فوریه फरवरी फ़रवरी ফেব্রু",
    "mar mär mars märz maart mrt břez мар берез μαρ maalis ožuj machi kovo наурыз մարտ მარტ מרץ مارس آذار मार्च মার্চ",
    "apr abr avr kwi dub nis апр квіт απρ huhti travnja travanj prill balandž сәуір ապր აპრ אפריל أبريل ابريل نيسان آوریل अप्रैल এপ্রিল",
    "may mai maj mei mag maggio květ máj май мая трав μαϊ μαΐ touko maig svibnj svibanj мај maí gegužė мамыр մայ მაის מאי مايو أيار मई মে",
    "jun juin giu czer červn haz июн черв ιουν iun kesä jún juun lipnja lipanj јун iyun qershor birželi маусым հունի ივნ יוני يونيو حزيران ژوئن जून জুন",
    "jul juil lug lip července tem июл лип ιουλ iul heinä júl juul srpnja srpanj јул iyul korrik liepos шілде հուլի ივლ יולי يوليو تموز ژوئیه जुलाई জুলাই",
    "aug ago aoû sie srp ağu авг серп αυγ elo avgust avq kolovoz ágúst gusht rugpjū тамыз օգոս აგვ אוגוסט أغسطس اغسطس اوت अगस्त আগস্ট",
    "sep sept set wrz září eyl сен верес σεπ syys sent ruj септ shtator rugsėj қыркүйек սեպտ სექ ספטמבר سبتمبر أيلول سپتامبر सितंबर सितम्बर সেপ্টেম্বর",
    "oct okt out ott paź říj eki окт жовт οκτ loka tetor spalio қазан հոկտ ოქტ אוקטובר أكتوبر اكتوبر اکتبر अक्टूबर অক্টোবর",
    "nov lis kas ноя лист νοε noi marras noy ное studen nëntor lapkri қараша նոյեմ ნოემ נובמבר نوفمبر نوامبر नवंबर नवम्बर নভেম্বর",
    "dec dez déc dic des gru pros ara дек груд δεκ joulu дец dek dhjetor gruodž желтоқсан դեկտ დეკ דצמבר ديسمبر دسامبر दिसंबर दिसम्बर ডিসেম্বর",
)
_MONTH_OF = {start: number for number, line in enumerate(_MONTHS, 1) for start in line.split()}


def month_of(word: str) -> int:
    """The month, 1 to 12, that a word of a date names, whatever its case and ending; 0 if none."""
    folded = word.casefold()
    return next((_MONTH_OF[folded[:n]] for n in range(len(folded), 1, -1) if folded[:n] in _MONTH_OF), 0)
