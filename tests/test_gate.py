"""The gate by itself: pages of our own writing, their paragraphs taken as the chosen text."""

import json

import pytest

from extractors.content.blocks import segment
from extractors.findings import Content, Line, Measurements
from extractors.gate import examine, examine_dump, find_refusal
from extractors.metadata import read_metadata
from extractors.plain_text import read_plain_text
from extractors.prose import ends_sentence
from extractors.records import Reason, Rules
from extractors.tree import letters, parse

URL = "https://hill-post.example/2026/10/story"
STORY = [
    "The people of Teshen have voted for a new market hall by the narrowest of margins: forty-one votes in six thousand.",
    "The result was read out on the steps of the town hall at midnight, in the rain, to a crowd that had brought trumpets.",
    "The hall is to stand where the bus garage stands now. Work will begin in May, unless the losing side counts again.",
    "Nobody went home happy, said the returning officer, and that is how one knows that a market hall has been decided.",
]
SHORT = "The people of Teshen have voted for a new market hall by the narrowest of margins, the town said on Monday; work on it will begin in the first week of May, weather permitting."
TITLE = "Market hall wins by forty-one votes"


def page(body, *, title=TITLE, head="", lang="en"):
    return f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def declared(kind, **more):
    node = {"@context": "https://schema.org", "@type": kind, "headline": TITLE} | more
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def paragraphs(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def read(markup, url=URL, probability=0.0):
    """What the gate is given, with all paragraphs and list entries of the page as the chosen text."""
    tree = parse(markup)
    blocks = segment(tree)
    kept = [block for block in blocks if block.node.tag in ("p", "li", "h2", "h3", "a", "b")]
    measurements = Measurements(
        letters_page=sum(block.letters for block in blocks),
        letters_kept=sum(block.letters for block in kept),
        letters_linked=sum(min(block.linked, block.letters) for block in blocks),
        letters_kept_linked=sum(min(block.linked, block.letters) for block in kept),
        blocks_page=len(blocks),
        blocks_kept=len(kept),
        sentences_kept=sum(ends_sentence(block.text) for block in kept),
        mean_probability=probability,
        headlines_linked=len(tree.xpath("//h2[a]|//h3[a]")),
    )
    content = Content(lines=tuple(Line(text=block.text) for block in kept), measurements=measurements)
    return tree, read_metadata(tree, url), content, url


def refusal(markup, url=URL, live_blogs="keep", **more):
    return find_refusal(*read(markup, url, **more), live_blogs=live_blogs)


def flags(markup):
    return examine(*read(markup)).flags


def test_an_article_passes_without_a_word_about_itself():
    assert refusal(page(f"<h1>{TITLE}</h1>{paragraphs(STORY)}")) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", SHORT),
        ("ru", "Карсунский перевал закрыт для всех видов транспорта до особого распоряжения, сообщила во вторник дорожная служба. За ночь там выпало почти полметра снега, чего в ноябре не случалось тридцать лет."),
        ("hy", "Լորավայի ջուլհակության դպրոցն այս շաբաթ ընդունեց իր հարյուրերորդ սանին, հայտնեց դպրոցի տնօրենը։ Դասերն անվճար են, իսկ բուրդը նվիրում են շրջակա գյուղերի հովիվները, որոնք այս տարի շատ ունեն։"),
        ("ka", "სოფელ თეშენის სკოლაში ბიბლიოთეკა ოთხი წლის წინ წყალდიდობამ გაანადგურა, ახლა კი ქალაქის სამმა გამომცემლობამ სკოლას ათი ათასი წიგნი აჩუქა. პირველი ყუთები უკვე გზაშია, თქვა დირექტორმა."),
        ("ar", "أعيد فتح الجسر الحجري الذي يربط شطري بلدة لورافا أمام المشاة يوم الجمعة، بعد أربع سنوات من فيضان جرف قوسه الأوسط وترك البلدة تعتمد على عبارة واحدة في كل تنقلاتها اليومية بين الضفتين."),
        ("he", "גשר האבן המחבר בין שני חלקי העיירה לורבה נפתח מחדש ביום שישי, ארבע שנים לאחר ששיטפון סחף את קשתו האמצעית. מאות תושבים המתינו בקור עד שראש העיר גזר סרט צמר אדום שטוו תלמידי בית הספר."),
        ("hi", "लोरावा के दोनों हिस्सों को जोड़ने वाला पत्थर का पुल शुक्रवार को फिर से खोल दिया गया। चार साल पहले आई बाढ़ में इसका बीच का मेहराब बह गया था और तब से लोग एक ही नाव पर निर्भर थे, नगरपालिका ने बताया।"),
        ("ja", "山あいの町の廃校で二十日、閉校以来およそ五十年ぶりにピアノの演奏会が開かれた。集まった卒業生ら百二十人は、冷えた教室で毛布にくるまりながら耳を傾けた。"),
        ("zh", "连接洛拉瓦两岸的老石桥星期五重新开放，行人和马车可以再次通行。四年前的一场洪水冲毁了桥的中拱，居民只能依靠一条渡船往来。修复费用几乎是预算的两倍。"),
        ("ko", "폭우로 문을 닫았던 산골 우체국이 석 달 만에 다시 문을 열었다. 주민들은 그동안 편지 한 통을 부치려고 두 시간을 걸어야 했다. 우체국장은 젖은 소포를 모두 말려 주인에게 돌려보냈다고 말했다."),
        ("th", "ห้องสมุดลอยน้ำของอำเภอบ้านท่ากลับมาให้บริการอีกครั้งหลังจากหยุดไปสองปี เรือไม้ลำเก่าบรรทุกหนังสือกว่าพันเล่มออกจากท่าเมื่อเช้าวันเสาร์ที่ผ่านมา เด็กๆมายืนรอที่ท่าน้ำตั้งแต่ก่อนฟ้าสาง"),
        ("el", "Η παλιά πέτρινη γέφυρα που ενώνει τα δύο μέρη της Λοράβα άνοιξε ξανά την Παρασκευή, τέσσερα χρόνια μετά την πλημμύρα που παρέσυρε τη μεσαία της καμάρα, ανακοίνωσε ο δήμος της πόλης."),
    ],
)  # fmt: skip
def test_short_news_passes_in_any_script_where_the_page_declares_an_article(lang, text):
    frame = "".join(
        f'<li><a href="/{number}">Another story of the valley and its people</a></li>' for number in range(12)
    )
    markup = page(
        f"<h1>{text[:30]}</h1><p>{text}</p><ul>{frame}</ul>",
        title=text[:30],
        head=declared("NewsArticle", headline=text[:30]),
        lang=lang,
    )
    assert refusal(markup) is None


def test_a_long_article_passes_among_many_teasers():
    teasers = "".join(f'<h3><a href="/{number}">Another story of the valley</a></h3>' for number in range(40))
    assert refusal(page(f"<h1>{TITLE}</h1>{paragraphs(STORY * 4)}{teasers}")) is None


def test_an_article_about_cookies_passes():
    story = [text.replace("market hall", "rule on cookies") for text in STORY]
    body = f'<h1>Town votes for a rule on cookies</h1>{paragraphs(story)}<div class="cookie-banner"><p>We use cookies.</p></div>'
    assert refusal(page(body, title="Town votes for a rule on cookies")) is None


def test_an_article_in_a_wrapper_named_after_its_cookie_banner_passes():
    body = f'<div class="site cookies-not-set"><nav><a href="/">Home</a></nav><h1>{TITLE}</h1>{paragraphs(STORY)}</div>'
    assert refusal(page(body)) is None


def test_short_declared_news_passes_under_a_title_in_other_words():
    links = "".join(
        f'<div><a href="/{n}">Story number {n} of the whole wide valley</a></div>' for n in range(30)
    )
    markup = page(
        f"<h1>Ballot goes through</h1><p>{SHORT}</p>{links}",
        title="Ballot goes through",
        head=declared("NewsArticle", headline="Ballot goes through"),
    )
    assert refusal(markup) is None


def test_an_article_about_the_number_404_passes():
    body = f"<h1>Bus line 404 to run at night</h1>{paragraphs(STORY)}"
    assert refusal(page(body, title="Bus line 404 to run at night", head=declared("NewsArticle"))) is None


def test_an_article_with_a_player_passes():
    assert refusal(page(f'<h1>{TITLE}</h1><video src="v.mp4"></video>{paragraphs(STORY)}')) is None


@pytest.mark.parametrize("kind", ["VideoObject", "AudioObject", "ImageGallery"])
def test_a_declared_media_page_with_a_caption_is_a_media_page(kind):
    found = refusal(page(f"<h1>{TITLE}</h1><p>{STORY[0]}</p>", head=declared(kind)))
    assert found.reason is Reason.MEDIA_PAGE
    assert kind.lower() in found.detail


def test_a_player_with_a_sentence_is_a_media_page():
    found = refusal(page(f'<h1>{TITLE}</h1><audio src="a.mp3"></audio><p>Listen to the bells of Teshen.</p>'))
    assert found.reason is Reason.MEDIA_PAGE


def test_a_gallery_with_long_captions_is_a_media_page_whatever_og_type_says():
    head = '<meta property="og:type" content="article">' + declared("ImageGallery")
    captions = "".join(
        f"<figure><img src='{n}.jpg'><p>{text}</p></figure>" for n, text in enumerate(STORY[:3])
    )
    assert refusal(page(f"<h1>{TITLE}</h1>{captions}", head=head)).reason is Reason.MEDIA_PAGE


def test_a_framed_player_with_a_sentence_is_a_media_page():
    frame = '<iframe src="https://www.youtube.example/embed/x1"></iframe>'
    found = refusal(
        page(f"<h1>{TITLE}</h1>{frame}<p>See how forty-one votes were counted in the rain of Teshen.</p>")
    )
    assert found.reason is Reason.MEDIA_PAGE


def test_text_that_the_model_does_not_believe_makes_no_article_of_a_media_page():
    markup = page(f"<h1>{TITLE}</h1><video></video>{paragraphs(STORY)}")
    assert refusal(markup, probability=0.1).reason is Reason.MEDIA_PAGE
    assert refusal(markup, probability=0.9) is None


def test_doubted_text_makes_no_article_of_a_video_page_that_declares_news():
    title = "Ballot goes through"
    head = declared("NewsArticle", headline=title) + declared("VideoObject")
    markup = page(f"<h1>{title}</h1><video></video>{paragraphs(STORY)}", title=title, head=head)
    assert refusal(markup, probability=0.2).reason is Reason.MEDIA_PAGE
    assert refusal(markup, probability=0.9) is None


def teasers(number, text="A sentence that says what this story is about and leaves the rest for later …"):
    return "".join(
        f'<div><h2><a href="/{n}">Story number {n} of the valley</a></h2><p>{text}</p></div>'
        for n in range(number)
    )


def test_a_page_of_teasers_is_an_index():
    found = refusal(
        page(f"<h1>Society</h1>{teasers(12)}", title="Society"), "https://hill-post.example/society"
    )
    assert found.reason is Reason.INDEX_PAGE
    assert "12 pieces that end in dots" in found.detail


@pytest.mark.parametrize("path", ["/", "", "/index.html", "/en/", "/pt-br"])
def test_a_front_page_is_an_index(path):
    markup = page(teasers(6), title="The Hill Post", head='<meta property="og:type" content="website">')
    assert refusal(markup, f"https://hill-post.example{path}").reason is Reason.INDEX_PAGE


def posts(number):
    return "".join(
        f'<article><h2><a href="/{n}">Story number {n}</a></h2>{paragraphs(STORY)}</article>'
        for n in range(number)
    )


def test_several_whole_stories_on_one_page_are_an_index():
    found = refusal(page(posts(4), title="The Hill Post"), "https://hill-post.example/")
    assert found.reason is Reason.INDEX_PAGE
    assert "4 stories" in found.detail


def test_an_article_above_other_whole_stories_passes():
    body = f"<article><h1>{TITLE}</h1>{paragraphs(STORY)}</article>{posts(3)}"
    assert refusal(page(body, head=declared("NewsArticle"))) is None


def test_a_list_that_calls_itself_an_article_by_og_type_is_an_index():
    head = '<meta property="og:type" content="article">' + declared("CollectionPage")
    found = refusal(page(teasers(9, "A sentence on the story that is whole."), title="Culture", head=head))
    assert found.reason is Reason.INDEX_PAGE


def test_results_of_a_search_are_an_index():
    markup = page(f'<input type="search" name="q" value="Market Hall">{paragraphs(STORY)}', title="Search")
    found = refusal(markup, "https://hill-post.example/search?q=market+hall")
    assert found.reason is Reason.INDEX_PAGE
    assert "market hall" in found.detail


@pytest.mark.parametrize(
    "title", ["404", "Error 404 - Not found", "Страница не найдена (404)", "503 Service Unavailable"]
)
def test_a_status_code_in_the_title_of_a_short_page_is_an_error(title):
    found = refusal(page(f"<h1>{title}</h1><p>{SHORT}</p>", title=title))
    assert found.reason is Reason.ERROR_PAGE


@pytest.mark.parametrize("name", ["error-404", "page404", "not-found", "notFound", "errorPage"])
def test_markup_named_after_an_error_is_an_error(name):
    found = refusal(page(f'<div class="content {name}"><h1>Oops</h1><p>{SHORT}</p></div>', title="Oops"))
    assert found.reason is Reason.ERROR_PAGE


def test_a_consent_form_in_the_articles_place_is_a_wall():
    text = "We and our 143 partners store information on your device and read it, so that what you see fits you, unless you refuse."
    found = refusal(
        page(f'<div id="cmpConsentLayer"><h1>Welcome</h1><p>{text}</p><p>{text}</p></div>', title="Welcome")
    )
    assert found.reason is Reason.CONSENT_WALL
    assert "%" in found.detail


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Wir brauchen Ihre Zustimmung", "Wir und unsere Partner verwenden Cookies, um Anzeigen auf Sie zuzuschneiden. Ihre Zustimmung zu Cookies können Sie jederzeit widerrufen."),
        ("Ваше согласие", "Мы и наши партнёры используем файлы cookie, чтобы показывать вам рекламу. Согласие на cookie можно отозвать в любое время."),
        ("同意のお願い", "当サイトと提携先は、広告を最適化するためにCookieを使用します。同意はいつでも撤回できます。"),
    ],
)  # fmt: skip
def test_a_wall_without_telling_names_is_known_by_its_button_and_its_cookies(title, text):
    found = refusal(
        page(f"<div><h1>{title}</h1><p>{text}</p><p>{text}</p><button>OK</button></div>", title=title)
    )
    assert found.reason is Reason.CONSENT_WALL


def test_a_consent_host_is_a_wall():
    found = refusal(
        page(paragraphs(STORY), title="Before you continue"), "https://consent.hill-post.example/m?continue=x"
    )
    assert found.reason is Reason.CONSENT_WALL


def test_a_stub_that_is_declared_as_not_free_is_a_paywall():
    markup = page(
        f"<h1>{TITLE}</h1><p>Only forty-one votes.</p>",
        head=declared("NewsArticle", isAccessibleForFree=False),
    )
    assert refusal(markup).reason is Reason.PAYWALL


def test_a_whole_article_that_is_declared_as_not_free_passes_with_a_doubt():
    markup = page(
        f"<h1>{TITLE}</h1>{paragraphs(STORY)}", head=declared("NewsArticle", isAccessibleForFree=False)
    )
    assert refusal(markup) is None
    assert "paywall" in flags(markup)


def test_a_form_to_log_in_is_a_wall():
    markup = page('<h1>Log in</h1><form><input type="password"></form><p>Welcome back.</p>', title="Log in")
    assert refusal(markup).reason is Reason.PAYWALL


def entries(number, text=STORY[0]):
    return "".join(
        f'<div class="entry"><time datetime="2026-10-05T1{n}:00Z">1{n}:00</time><p>{text}</p></div>'
        for n in range(number)
    )


TICKERS = [
    pytest.param(page(entries(6), head=declared("LiveBlogPosting")), id="declared"),
    pytest.param(page(entries(6), head=declared("NewsArticle") + declared("LiveBlogPosting")), id="news-too"),
    pytest.param(page(f'<div class="live-blog">{entries(6)}</div>'), id="named"),
]


@pytest.mark.parametrize("markup", TICKERS)
def test_a_ticker_that_can_be_read_as_a_text_passes_with_a_doubt(markup):
    assert refusal(markup, probability=0.9) is None
    assert "live-blog" in flags(markup)


@pytest.mark.parametrize("markup", TICKERS)
def test_no_ticker_passes_where_none_is_wanted(markup):
    found = refusal(markup, probability=0.9, live_blogs="refuse")
    assert found.reason is Reason.LIVE_BLOG
    assert "6 timed entries" in found.detail


@pytest.mark.parametrize("markup", TICKERS)
def test_a_ticker_whose_text_the_model_does_not_believe_is_refused(markup):
    assert refusal(markup, probability=0.4).reason is Reason.LIVE_BLOG


def test_a_ticker_of_scores_is_refused():
    markup = page(entries(9, "Teshen 2, Lorava 1"), head=declared("LiveBlogPosting"))
    assert refusal(markup).reason is Reason.LIVE_BLOG


def test_news_that_holds_a_link_to_a_ticker_in_its_data_is_no_ticker():
    head = declared("NewsArticle") + declared("LiveBlogPosting")
    assert refusal(page(f"<h1>{TITLE}</h1><p>{SHORT}</p>", head=head), live_blogs="refuse") is None


def test_an_article_passes_where_no_tickers_are_wanted():
    assert refusal(page(f"<h1>{TITLE}</h1>{paragraphs(STORY)}"), live_blogs="refuse") is None


def test_an_article_with_a_link_to_a_ticker_passes():
    assert (
        refusal(page(f'{paragraphs(STORY)}<div class="live-blog-teaser"><a href="/l">Live</a></div>')) is None
    )


@pytest.mark.parametrize(
    ("markup", "probability", "is_torn"),
    [
        pytest.param(page(f"<h1>{TITLE}</h1>{paragraphs(STORY)}"), 0.95, False, id="sure"),
        pytest.param(page(f"<h1>{TITLE}</h1>{paragraphs(STORY)}"), 0.85, True, id="unsure"),
        pytest.param(
            page(f"<h1>{TITLE}</h1><p>{SHORT[:120]}.</p>", head=declared("NewsArticle")),
            0.95,
            True,
            id="short",
        ),
        pytest.param(
            page(paragraphs(STORY), title="Ducks cross river"), 0.95, True, id="in-other-words-than-the-title"
        ),
    ],
)
def test_a_page_is_marked_for_review_where_anything_is_unsure(markup, probability, is_torn):
    found = examine(*read(markup, probability=probability))
    assert found.refusal is None
    assert ("torn" in found.flags) is is_torn


def test_a_page_that_a_script_draws_is_script_only():
    markup = page('<div id="root"></div>', head='<script src="/a.js"></script><script src="/b.js"></script>')
    assert refusal(markup).reason is Reason.SCRIPT_ONLY


def test_nothing_is_empty():
    assert refusal(page("<div></div>", title="")).reason is Reason.EMPTY


def test_a_headline_and_a_half_is_too_short():
    found = refusal(page(f"<h1>{TITLE}</h1><p>More on this soon.</p>", head=declared("NewsArticle")))
    assert found.reason is Reason.TOO_SHORT
    assert "14 letters" in found.detail


def test_stray_lines_that_share_nothing_with_the_title_are_too_short():
    links = "".join(
        f'<div><a href="/{n}">Story number {n} of the whole wide valley</a></div>' for n in range(30)
    )
    stray = "Copyright belongs to whoever wrote these lines, and nobody may copy them without asking."
    found = refusal(page(f"<h1>{TITLE}</h1><p>{stray}</p>{links}", head=declared("NewsArticle")))
    assert found.reason is Reason.TOO_SHORT


def test_a_product_page_of_few_words_is_no_article():
    found = refusal(
        page(f"<h1>Copper kettle</h1><p>{STORY[0]}</p>", title="Copper kettle", head=declared("Product"))
    )
    assert found.reason is Reason.NOT_ARTICLE


def test_what_a_page_asks_of_those_who_keep_it_is_told_and_refuses_nothing():
    markup = page(paragraphs(STORY), head='<meta name="robots" content="noarchive, NOAI, index">')
    assert refusal(markup) is None
    assert {"noarchive", "noai"} <= set(flags(markup))


def test_every_refusal_carries_its_measurement_in_figures():
    pages = [
        page("<p>Soon.</p>"),
        page(teasers(12)),
        page(entries(6, "Goal."), head=declared("LiveBlogPosting")),
        page("<video></video>"),
    ]
    for markup in pages:
        assert any(map(str.isdigit, refusal(markup).detail)), markup


def test_the_tree_is_not_changed():
    given = read(page(f"<h1>{TITLE}</h1>{paragraphs(STORY)}"))
    before = letters(given[0].text_content())
    examine(*given)
    assert letters(given[0].text_content()) == before


def examined_dump(text):
    return examine_dump(*read_plain_text(text, Rules())).refusal


def test_a_dump_of_short_news_under_a_title_passes():
    assert examined_dump(f"{TITLE}\n\n{SHORT}\n") is None


def test_a_chinese_dump_of_eighty_characters_passes():
    text = "连接洛拉瓦两岸的老石桥星期五重新开放，行人和马车可以再次通行。四年前的一场洪水冲毁了桥的中拱，居民只能依靠一条渡船往来。修复费用几乎是预算的两倍，市长说。"
    assert examined_dump(f"洛拉瓦老石桥重新开放\n\n{text}\n") is None


def test_a_dump_of_headlines_is_too_short_and_one_without_letters_empty():
    assert examined_dump("Home\nNews\nSport\nHarbour town buys lighthouse\n").reason is Reason.TOO_SHORT
    assert examined_dump("1\n2\n---\n").reason is Reason.EMPTY
