"""Datelines of many languages are read from their shape, and ordinary openings are none."""

import pytest

from extractors.content.datelines import is_only_dateline, read_dateline

OPENINGS = [
    ("BRENHOLM, Nov. 2 (Valley Wire) — Ice has closed the harbour.", "BRENHOLM, Nov. 2 (Valley Wire)"),
    ("LOWER ASTER, Vale — Nine swans crossed the bridge.", "LOWER ASTER, Vale"),
    ("ASTER, V.D. – The ferry is late.", "ASTER, V.D."),
    ("Hochtal (tpa) - Der Bürgermeister kommt zu Fuß.", "Hochtal (tpa)"),
    ("ТАЛЬСК, 12 травня (Річка) – Пором не ходить.", "ТАЛЬСК, 12 травня (Річка)"),
    ("АЙМАН, 5 мая. /РЕКА/. Часы снова идут.", "АЙМАН, 5 мая. /РЕКА/"),
    ("Talsk 12. května (ŘTK) - Vláda jednala o mostu.", "Talsk 12. května (ŘTK)"),
    ("DONJE SELO, 5. maja (Most) - Skela ne radi.", "DONJE SELO, 5. maja (Most)"),
    ("Puerto Viejo, 5 may (EPV).- El barco llega tarde.", "Puerto Viejo, 5 may (EPV)"),
    ("PORTO NOVO, 5 de maio (Lusitana) - A ponte abriu.", "PORTO NOVO, 5 de maio (Lusitana)"),
    ("Port-au-Lac, le 5 mai (API) - Le bac ne part plus.", "Port-au-Lac, le 5 mai (API)"),
    ("(ANVI) - VALLEBIANCA, 05 MAG - Il ponte riapre.", "(ANVI) - VALLEBIANCA, 05 MAG"),
    ("Παλιό Λιμάνι, 5 Μαΐου (ΑΠΛ) – Το πλοίο άργησε.", "Παλιό Λιμάνι, 5 Μαΐου (ΑΠΛ)"),
    ("Нижний Айман, 12 мая — Паром не ходит.", "Нижний Айман, 12 мая"),
    ("GÖLKENT, 5 Mayıs (GA) — Vapur gelmedi.", "GÖLKENT, 5 Mayıs (GA)"),
    ("ԱՅԳԵՁՈՐ, 5 ՄԱՅԻՍԻ, ԳԵՏԼՈՒՐ։ Կամուրջը բաց է։", "ԱՅԳԵՁՈՐ, 5 ՄԱՅԻՍԻ, ԳԵՏԼՈՒՐ"),
    ("الزهراء (وكالة النهر) - افتتح المجلس السوق.", "الزهراء (وكالة النهر)"),
    ("الزهراء، 5 مايو (النهر) - افتتح المجلس السوق.", "الزهراء، 5 مايو (النهر)"),
    ("नदीपुर, 5 मई (नदीवार्ता) पुल आज खुल गया।", "नदीपुर, 5 मई (नदीवार्ता)"),
    ("江河社青浜4月24日电 灯塔将开放。", "江河社青浜4月24日电"),
    ("（江河社記者林小明青浜5日電）燈塔將開放。", "江河社記者林小明青浜5日電"),
    ("【青浜＝山田花子】灯台が公開される。", "青浜＝山田花子"),
    ("［青浜 ５日 ロイター］ - 灯台が公開される。", "青浜 ５日 ロイター"),
    ("(청빈=강물뉴스) 김하늘 기자 = 등대가 열린다.", "청빈=강물뉴스"),
]
ORDINARY = [
    "The town council – all nine of it – met on Monday.",
    "Search by sonar (SBS) – the practice of looking with sound – is old.",
    "Doch leider – denn so ist es - kam niemand.",
    "LIVE – the vote on the bridge, minute by minute.",
    "ФОТО – часы на башне.",
    "Nächstes Jahr - so der Plan - wird gebaut.",
    "ABC-Schützen gehen heute zur Schule.",
    "The new 16-inch mirror is here.",
    "Lower Aster 38 - 17 Upper Aster: nobody was hurt.",
    "Today (Nov. 18), the harbour opened.",
    "【写真】灯台の中から見た海",
    "市は24日、灯台を公開すると発表した。",
    "",
]


@pytest.mark.parametrize(("text", "dateline"), OPENINGS)
def test_a_dateline_that_opens_a_paragraph_is_read(text, dateline):
    assert read_dateline(text) == dateline


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_opening_is_none(text):
    assert read_dateline(text) == ""


@pytest.mark.parametrize(
    "text", ["BRENHOLM, Nov. 2 (Valley Wire) —", "АЙМАН, 5 мая —", "الزهراء، 5 مايو (النهر) -"]
)
def test_a_line_that_is_only_a_dateline_is_one(text):
    assert is_only_dateline(text, is_named=False)


def test_a_line_without_a_dash_is_one_only_where_the_markup_says_so():
    assert is_only_dateline("BRENHOLM, Nov. 2", is_named=True)
    assert not is_only_dateline("BRENHOLM, Nov. 2", is_named=False)


def test_hostile_openings_are_read_in_an_instant():
    for text in ("A" * 10_000, "A, " * 5_000, "(" * 9_000, "AB 1 " * 4_000, "日" * 5_000, "【" + "=" * 5_000):
        read_dateline(text)
