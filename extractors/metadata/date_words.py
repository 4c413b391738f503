"""Words beside a date that say of what it is: of the publication, or of a change. In the languages of news pages."""

from __future__ import annotations

import re

# Parts of words, because languages bend them. English, German, French, Spanish, Portuguese, Italian, Dutch, Turkish,
# Russian, Ukrainian, Bulgarian, Finnish, Swedish, Norwegian, Danish, Croatian, Slovene, Hungarian, Indonesian, Greek,
# Armenian, Georgian, Arabic, Persian, Hebrew, Hindi, Bengali, Vietnamese, Chinese, Japanese, Korean.
_CHANGED = re.compile(
    r"updat|modif|revised|reviewed|edited|aktuali|geändert|überarbeitet|editiert|mis à jour|maj\b|actuali|atuali|aggiorn"
    r"|bijgewerkt|gewijzigd|güncel|обновл|измен[её]н|оновл|актуализир|päivitetty|muokattu|uppdater|ändrad|oppdater|endret"
    r"|opdater|ændret|ažuriran|posodobljeno|frissít|diperbarui|ενημερ|թարմաց|განახლ|تحديث|روزرسانی|עודכן|अपडेट|अद्यतन"
    r"|আপডেট|cập nhật|更新|수정",
    re.I,
)
_PUBLISHED = (
    r"(?:(?:first |originally )?(?:published|posted|created)|publication date|date of publication|date published"
    r"|post time|posting date|veröffentlicht|veröffentlichungsdatum|publiziert"
    r"|erstellt|online seit|publi[ée]e?|mise? en ligne|date de publication|publicad[oa]|fecha de publicación"
    r"|data d[ea] publicação|pubblicat[oa]|data di pubblicazione|gepubliceerd|geplaatst|publicera[dt]|publisert|udgivet"
    r"|offentliggjort|julkaistu|opublikowan[oey]|data publikacji|dodano|publikováno|zveřejněno|uverejnené|publikované"
    r"|közzétéve|publicat|data publicării|objavljeno|yayınlanma(?: tarihi)?|yayın tarihi|опубликован[оа]?"
    r"|дата публикации|опубліковано|дата публікації|публикуван[оа]|објављено|δημοσιεύ(?:τηκε|θηκε)|δημοσίευση|diterbitkan"
    r"|dipublikasikan|פורסם|نشرت?|تاريخ النشر|تاریخ انتشار|հրապարակվել(?: է)?|გამოქვეყნდა|ngày đăng)"
)
_PUBLISHED_EAST = (
    r"(?:發佈|发布|發表|发表|公開|掲載|投稿|配信|입력|등록|게시)[日时時间間]*"  # no spaces between words
)
_DATE = r"(?:released|erschienen|date|datum|fecha|data|дата|tarih|tanggal|päivämäärä|dátum|dato)"
_AT_START = re.compile(rf"^\W*(?:(?:{_PUBLISHED}|{_DATE})\b|{_PUBLISHED_EAST})", re.I)
_AT_END = re.compile(
    rf"(?:\b{_PUBLISHED}\b|{_PUBLISHED_EAST})"
    r"(?:\s+(?:on|at|am|den|le|el|em|il|in data|op|dne|dnia|w dniu|la|в|fra))?\s*[:：|]?\s*$",
    re.I,
)


def is_changed(text: str) -> bool:
    """Whether a text speaks of a change, not of the publication."""
    return bool(_CHANGED.search(text))


def opens_with_label(text: str) -> bool:
    """Whether a text begins with "Published" or "Date" or their like."""
    return bool(_AT_START.match(text))


def ends_with_label(text: str) -> bool:
    """Whether a text ends with "Published on:" or its like: what follows is the day of publication."""
    return bool(_AT_END.search(text))
