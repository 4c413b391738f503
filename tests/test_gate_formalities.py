"""Terms, privacy policies, imprints and shops' pages are no articles; news about them are."""

import json

import pytest

from extractors.records import Article, Reason, Rejection
from tests.test_gate_errors import bare, judged

CLAUSES = {
    "en": "These rules apply to all who read this site or write to it. Nobody may copy more than a page without asking us"
    " first, and whoever does will hear from us.\nWe keep the letters that we receive for two years. After that they are"
    " burnt, unless a court has asked for them. You may ask us at any time what we hold about you.",
    "de": "Diese Regeln gelten für alle, die unsere Seiten lesen oder uns schreiben. Niemand darf mehr als eine Seite abdrucken,"
    " ohne uns vorher zu fragen.\nBriefe bewahren wir zwei Jahre lang auf. Danach werden sie vernichtet, sofern kein Gericht"
    " sie verlangt hat. Sie können jederzeit fragen, was wir über Sie gespeichert haben.",
    "ru": "Эти правила действуют для всех, кто читает наш сайт или пишет нам. Никто не может перепечатывать больше страницы,"
    " не спросив нас заранее.\nПисьма мы храним два года. Затем они уничтожаются, если их не затребовал суд. Вы можете"
    " в любое время спросить, что мы о вас храним и зачем.",
    "ja": "この規則は、当サイトを読むすべての人、また当サイトに投稿するすべての人に適用されます。許可なく一ページを超えて転載することはできません。\n"
    "いただいた手紙は二年間保管し、その後は裁判所の求めがないかぎり廃棄します。保管している内容については、いつでもお問い合わせいただけます。",
    "ar": "تسري هذه القواعد على كل من يقرأ موقعنا أو يكتب إلينا. لا يجوز لأحد أن ينسخ أكثر من صفحة واحدة دون أن يسألنا أولا.\n"
    "نحتفظ بالرسائل التي تصلنا مدة عامين، ثم نتلفها ما لم تطلبها محكمة. يمكنكم أن تسألونا في أي وقت عما نحتفظ به عنكم.",
}
TITLES = [
    ("en", "Terms and Conditions"),
    ("en", "Privacy Policy"),
    ("de", "Datenschutzerklärung"),
    ("de", "Allgemeine Geschäftsbedingungen"),
    ("ru", "Политика конфиденциальности"),
    ("ru", "Пользовательское соглашение"),
    ("ja", "プライバシーポリシー"),
    ("ja", "利用規約"),
    ("ar", "سياسة الخصوصية"),
    ("ar", "الشروط والأحكام"),
]


@pytest.mark.parametrize("site", ["", " | Valley Post", " - Valley Post"])
@pytest.mark.parametrize(("language", "title"), TITLES)
def test_a_page_titled_as_a_formality_is_no_article(language, title, site):
    verdict = judged(bare(language, title + site, title, CLAUSES[language]), "/page/17")
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.NOT_ARTICLE


@pytest.mark.parametrize(
    "path",
    [
        "/terms",
        "/legal/terms-of-use/",
        "/privacy-policy",
        "/info/privacy.html",
        "/cookies",
        "/agb",
        "/impressum",
        "/datenschutz",
        "/mentions-legales",
        "/politica-de-privacidad",
        "/aviso-legal/",
        "/polityka-prywatnosci",
        "/gizlilik-politikasi",
    ],
)
def test_an_address_that_ends_in_a_formality_leads_to_no_article(path):
    verdict = judged(bare("en", "What you should know", "What you should know", CLAUSES["en"]), path)
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.NOT_ARTICLE


def test_a_type_that_a_site_sets_on_every_page_makes_no_article_of_its_terms():
    head = '<meta property="og:type" content="article">'
    verdict = judged(bare("en", "Terms of use", "Terms of use", CLAUSES["en"], head=head), "/terms-of-use")
    assert isinstance(verdict, Rejection)


NEWS = {
    "a new policy": ("New privacy policy at the library", "/privacy/2026/new-policy-at-the-library"),
    "a law": ("Privacy law passes its second reading", "/politics/privacy-law"),
    "a truce": ("Terms and conditions of a truce", "/world/terms-and-conditions-of-a-truce"),
    "cookies": ("Cookies", "/baking/the-best-cookies"),
    "contact": ("Contact", "/film/contact-at-twenty"),
    "a section": ("Readers ask what is kept about them", "/privacy/readers-ask"),
}


@pytest.mark.parametrize("name", NEWS)
def test_news_about_a_formality_is_an_article(name):
    title, path = NEWS[name]
    assert isinstance(judged(bare("en", title, title, CLAUSES["en"]), path), Article)


def test_a_signed_article_is_kept_whatever_its_title():
    head = '<meta name="author" content="Imogen Farrelly">'
    verdict = judged(bare("en", "Privacy policy", "Privacy policy", CLAUSES["en"], head=head), "/columns/17")
    assert isinstance(verdict, Article)


def offer(kind, **more):
    node = {"@context": "https://schema.org", "@type": kind, "name": "Kettle"} | more
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


SALE = {"@type": "Offer", "price": "19.90", "priceCurrency": "EUR"}


def test_a_product_for_sale_that_is_described_at_length_is_told_as_such():
    text = "\n".join(CLAUSES["en"].replace("site", thing) for thing in ("kettle", "lid", "handle"))
    verdict = judged(bare("en", "Kettle", "Kettle", text, head=offer("Product", offers=SALE)), "/shop/kettle")
    assert isinstance(verdict, Article)
    assert "for-sale" in verdict.flags


def test_a_test_of_a_product_is_an_article_where_it_says_so():
    head = offer("Product", offers=SALE) + offer("NewsArticle", headline="The kettle that sings")
    verdict = judged(bare("en", "The kettle that sings", "The kettle that sings", CLAUSES["en"], head=head))
    assert isinstance(verdict, Article)
    assert "for-sale" not in verdict.flags
