"""Pages that say with status 200 that there is no page, and news that only speaks of such pages."""

from datetime import UTC, datetime

import pytest

from config.debris_phrases import load_phrases
from extractors.judging import judge
from extractors.records import Article, FetchedPage, Reason, Rejection, Rules

RULES = Rules(phrases=load_phrases())
MENU = ("Valley Post", "24", "TV", "X")


def judged(markup, path="/2026/11/story-of-the-day", content_type="text/html; charset=utf-8"):
    url = f"https://valley-post.example{path}"
    page = FetchedPage(
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=200,
        headers=(("content-type", content_type),),
        body=markup.encode(),
    )
    return judge(page, RULES)


def bare(language, title, heading, text, *, head="", below=""):
    """A page as templates make them for errors: a heading, a paragraph or two, no sign of an article."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    links = "".join(f'<a href="/{at}">{name}</a>' for at, name in enumerate(MENU))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><header><nav>{links}</nav></header><main><h1>{heading}</h1>{paragraphs}{below}</main>"
        f"<footer>© Valley Post</footer></body></html>"
    )


NOT_FOUND = {
    "en": (
        "Page not found - Valley Post",
        "Oops! We could not find that page",
        "The story you were looking for has either been taken down or never lived at this address. Check the link"
        " that brought you here, or start again from our front page, where the day's news is waiting for you.",
    ),
    "de": (
        "Valley Post | Seite nicht gefunden",
        "Da ist leider nichts",
        "Die gewünschte Seite konnten wir nicht finden. Vielleicht ist der Link veraltet, oder Sie haben sich beim"
        " Eingeben der Adresse vertippt. Zur Startseite geht es über das Logo oben links, dort finden Sie alles Neue.",
    ),
    "fr": (
        "Page introuvable • Valley Post",
        "Cette page n'existe pas",
        "L'adresse que vous avez saisie ne mène nulle part : la page a peut-être été déplacée, ou le lien que vous avez"
        " suivi est trop ancien. Vous pouvez retourner à la page d'accueil ou chercher un article dans nos archives.",
    ),
    "es": (
        "Página no encontrada",
        "Vaya, aquí no hay nada",
        "Lo sentimos, no hemos podido encontrar la página que buscabas. Es posible que se haya movido o que la dirección"
        " esté mal escrita. Prueba a volver a la portada o utiliza el buscador para dar con la noticia que te interesa.",
    ),
    "it": (
        "Pagina non trovata | Valley Post",
        "Ci dispiace",
        "La pagina che stavi cercando non c'è più oppure non c'è mai stata. Controlla che l'indirizzo sia scritto bene"
        " e riprova, oppure torna alla homepage per leggere le ultime notizie della giornata dalla nostra redazione.",
    ),
    "pt": (
        "Página não encontrada – Valley Post",
        "Página não encontrada",
        "O endereço que você digitou não leva a nenhuma página do nosso site. Ela pode ter sido removida ou ter mudado"
        " de lugar. Volte para a página inicial ou faça uma busca para encontrar a notícia que está procurando.",
    ),
    "pl": (
        "Nie znaleziono strony | Valley Post",
        "Przykro nam",
        "Tej strony już u nas nie ma. Być może zmienił się jej adres albo artykuł został usunięty przez redakcję."
        " Sprawdź, czy adres został wpisany poprawnie, albo przejdź na stronę główną i wyszukaj interesujący Cię temat.",
    ),
    "ru": (
        "Страница не найдена — Valley Post",
        "Такой страницы у нас нет",
        "Возможно, ссылка, по которой вы пришли, устарела, или в адресе опечатка. Начните с главной страницы: там собраны"
        " все новости дня, а найти старые материалы поможет поиск по сайту в правом верхнем углу этой страницы.",
    ),
    "uk": (
        "Сторінку не знайдено",
        "Нам дуже шкода",
        "Сторінки, яку ви шукаєте, на нашому сайті немає. Її могли перенести, видалити, або ви помилилися в адресі."
        " Поверніться на головну сторінку чи пошукайте потрібну новину за ключовими словами через форму вгорі.",
    ),
    "tr": (
        "Sayfa Bulunamadı - Valley Post",
        "ÜZGÜNÜZ, ARADIĞINIZ SAYFA BULUNAMADI",
        "Ulaşmak istediğiniz haber yayından kaldırılmış ya da bağlantısı değişmiş olabilir. Adresi doğru yazdığınızdan"
        " emin olun veya ana sayfaya dönerek günün öne çıkan haberlerine göz atın, dilerseniz arama da yapabilirsiniz.",
    ),
    "el": (
        "Η σελίδα δεν βρέθηκε | Valley Post",
        "Η σελίδα δεν βρέθηκε",
        "Η διεύθυνση που πληκτρολογήσατε δεν αντιστοιχεί σε κάποια σελίδα του ιστοτόπου μας. Ίσως το άρθρο να έχει"
        " μεταφερθεί. Επιστρέψτε στην αρχική σελίδα ή χρησιμοποιήστε την αναζήτηση για να βρείτε αυτό που θέλετε.",
    ),
    "hy": (
        "Էջը չի գտնվել | Valley Post",
        "Ցավոք, էջը չի գտնվել",
        "Հնարավոր է՝ հղումը, որով եկել եք, հնացել է, կամ հասցեն սխալ է գրված։ Վերադարձեք գլխավոր էջ և կարդացեք օրվա"
        " լուրերը, կամ գտեք ձեզ հետաքրքրող նյութը կայքի որոնման դաշտի միջոցով, որը վերևի աջ անկյունում է։",
    ),
    "ka": (
        "გვერდი ვერ მოიძებნა",
        "სამწუხაროდ, გვერდი ვერ მოიძებნა",
        "შესაძლოა ბმული, რომლითაც მოხვედით, მოძველდა, ან მისამართი არასწორად არის აკრეფილი. დაბრუნდით მთავარ გვერდზე"
        " და გაეცანით დღის ახალ ამბებს, ან მოძებნეთ სასურველი სტატია საიტის ზედა ნაწილში განთავსებული ველით.",
    ),
    "ar": (
        "الصفحة غير موجودة - Valley Post",
        "عذراً، الصفحة غير موجودة",
        "ربما تم نقل الخبر الذي تبحث عنه إلى عنوان آخر أو تم حذفه من الموقع. يرجى التأكد من كتابة الرابط بشكل صحيح،"
        " أو العودة إلى الصفحة الرئيسية لمتابعة آخر الأخبار، كما يمكنك استخدام خانة البحث في أعلى الصفحة.",
    ),
    "fa": (
        "صفحه یافت نشد",
        "متأسفیم! صفحه مورد نظر پیدا نشد",
        "ممکن است نشانی این صفحه تغییر کرده باشد یا خبر از سایت برداشته شده باشد. لطفاً نشانی را دوباره بررسی کنید یا"
        " به صفحه اصلی بازگردید و از بخش جستجو برای یافتن خبر مورد نظر خود استفاده کنید و تازه‌ترین خبرها را بخوانید.",
    ),
    "ja": (
        "ページが見つかりません | Valley Post",
        "ページが見つかりませんでした",
        "お探しの記事は掲載期間が終了したか、アドレスが変更された可能性があります。URLに間違いがないかもう一度お確かめのうえ、"
        "トップページから目的の記事をお探しください。ご不便をおかけしますが、よろしくお願いいたします。",
    ),
    "ko": (
        "페이지를 찾을 수 없습니다 - Valley Post",
        "페이지를 찾을 수 없습니다",
        "입력하신 주소가 올바르지 않거나 기사가 삭제되어 더 이상 볼 수 없습니다. 주소를 다시 한번 확인해 주시기 바라며,"
        " 문제가 계속되면 고객센터로 연락해 주십시오. 메인 화면으로 이동하시면 오늘의 주요 뉴스를 보실 수 있습니다.",
    ),
    "zh": (
        "页面不存在 - Valley Post",
        "抱歉，您访问的页面不存在",
        "该页面可能已经被删除、更名，或者您输入的网址有误。请检查网址是否正确，或者返回首页浏览今天的新闻。"
        "如果您认为这是一个错误，请与我们的客服人员联系，我们会尽快为您处理这个问题，感谢您的理解与支持。",
    ),
    "id": (
        "Halaman tidak ditemukan - Valley Post",
        "Maaf, halaman tidak ditemukan",
        "Berita yang Anda cari mungkin sudah dihapus atau tautannya sudah berubah. Silakan periksa kembali alamat yang Anda"
        " ketik, atau kembali ke beranda untuk membaca berita terbaru hari ini. Anda juga dapat memakai kolom pencarian.",
    ),
    "vi": (
        "Không tìm thấy trang - Valley Post",
        "Rất tiếc, không tìm thấy trang",
        "Bài viết bạn muốn đọc có thể đã bị gỡ hoặc đường dẫn đã thay đổi. Vui lòng kiểm tra lại địa chỉ hoặc quay về trang chủ"
        " để đọc các tin tức mới nhất trong ngày. Bạn cũng có thể dùng ô tìm kiếm ở góc trên bên phải của trang web.",
    ),
    "hi": (
        "पेज नहीं मिला - Valley Post",
        "माफ़ कीजिए, पेज नहीं मिला",
        "आप जिस ख़बर को पढ़ना चाहते थे वह हटा दी गई है या उसका पता बदल गया है। कृपया लिंक दोबारा जाँच लें या होम पेज पर जाकर"
        " आज की ताज़ा ख़बरें पढ़ें। आप ऊपर दिए गए सर्च बॉक्स में शब्द लिखकर भी पुरानी ख़बरें खोज सकते हैं।",
    ),
    "nl": (
        "Pagina niet gevonden - Valley Post",
        "Sorry, deze pagina bestaat niet",
        "Het artikel waar u op klikte is verhuisd of van de site gehaald. Kijk of het adres goed gespeld is, of ga naar de"
        " homepage voor het laatste nieuws van vandaag. Met de zoekbalk bovenaan vindt u ook oudere verhalen terug.",
    ),
    "sv": (
        "Sidan hittades inte | Valley Post",
        "Sidan finns inte",
        "Artikeln du klickade på kan ha flyttats eller tagits bort från vår webbplats. Kontrollera att adressen är rätt"
        " stavad, eller gå till startsidan för att läsa dagens nyheter. Du kan också söka i arkivet högst upp på sidan.",
    ),
    "ro": (
        "Pagina nu a fost găsită | Valley Post",
        "Ne pare rău",
        "Articolul pe care voiați să îl citiți a fost șters sau mutat la o altă adresă. Verificați dacă ați scris corect"
        " adresa ori mergeți la pagina principală, unde găsiți știrile zilei. Puteți folosi și motorul de căutare de sus.",
    ),
}
NO_ACCESS = {
    "firewall": (
        "en",
        "Access Denied",
        "Access Denied",
        "You don't have permission to access this page on this server.\nReference #18.aaaa1111.1790000000.bbbb2222",
    ),
    "robot": (
        "en",
        "Are you a robot?",
        "Please verify you are a human",
        "Something about your browser made us think you were a bot. You may be moving through this website with"
        " superhuman speed, or a plugin is stopping scripts from running. After completing the check below you will"
        " regain access to the site at once.",
    ),
    "repairs": (
        "en",
        "Valley Post is down for maintenance",
        "We'll be right back",
        "We are giving the site a little care tonight and expect to be back online within the hour. Thank you for"
        " your patience, and sorry for the inconvenience. Our newsletter goes out as usual in the morning.",
    ),
    "server": (
        "en",
        "Internal Server Error",
        "Internal Server Error",
        "The server encountered an internal error and was unable to complete your request. Please try again later,"
        " and contact the administrator of the site if the problem does not go away after some minutes.",
    ),
    "moment": (
        "en",
        "Just a moment...",
        "valley-post.example",
        "Checking that your connection is secure. Verify you are human by completing the action below. The site needs"
        " to review the security of your connection before proceeding. Ray ID: 0000aaaa1111bbbb",
    ),
    "german": (
        "de",
        "Zugriff verweigert",
        "Zugriff verweigert",
        "Aus Ihrem Netzwerk kamen ungewöhnlich viele Anfragen. Bitte bestätigen Sie, dass Sie kein Roboter sind, um die"
        " Seite weiter nutzen zu können. Ihre IP-Adresse wurde zu diesem Zweck für kurze Zeit gespeichert.",
    ),
    "russian": (
        "ru",
        "Доступ ограничен",
        "Доступ к сайту ограничен",
        "С вашего адреса поступает слишком много запросов. Подтвердите, что вы не робот, и мы сразу откроем страницу."
        " Если проверка не помогает, попробуйте позже или напишите в службу поддержки, приложив ваш IP и время запроса.",
    ),
    "turkish": (
        "tr",
        "Bakım Çalışması",
        "Sitemiz bakımda",
        "Sizlere daha iyi hizmet verebilmek için sistemlerimizde çalışma yapıyoruz. Kısa süre sonra yeniden yayında olacağız,"
        " anlayışınız için teşekkür ederiz. Bu sırada haberlerimizi sosyal medya hesaplarımızdan izleyebilirsiniz.",
    ),
    "japanese": (
        "ja",
        "メンテナンス中",
        "ただいまメンテナンス中です",
        "システムの点検作業を行っているため、サイトを一時的に停止しております。しばらくしてから再度アクセスしてください。"
        "ご利用の皆さまにはご迷惑をおかけしますが、ご理解のほどよろしくお願い申し上げます。",
    ),
}


@pytest.mark.parametrize("language", NOT_FOUND)
def test_a_page_that_says_not_found_is_an_error_page_in_any_language(language):
    verdict = judged(bare(language, *NOT_FOUND[language]))
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.ERROR_PAGE


@pytest.mark.parametrize("language", NOT_FOUND)
def test_a_date_or_a_type_set_by_habit_makes_no_article_of_an_error(language):
    head = '<meta property="og:type" content="article">'
    verdict = judged(bare(language, *NOT_FOUND[language], head=head))
    assert isinstance(verdict, Rejection)


@pytest.mark.parametrize("name", NO_ACCESS)
def test_a_page_that_lets_nobody_in_is_an_error_page(name):
    verdict = judged(bare(*NO_ACCESS[name]))
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.ERROR_PAGE


NEWS = {
    "news about a 404": (
        "en",
        "Page not found: ministry's new site greets visitors with a 404",
        "Ministry's new site greets visitors with a 404",
        'Visitors to the health ministry\'s new website were met with the words "Page not found" for most of Monday. The ministry said that old links had been moved and that the page they were looking for could be reached again by evening.\nThe site cost two million, the audit office said.',
    ),
    "an outage": (
        "en",
        "Banking app and website down for thousands",
        "Banking app and website down for thousands",
        "Thousands of customers could not log in to Harbour Bank on Tuesday morning. The bank said that its engineers were working on it and asked customers to try again later. Service was temporarily unavailable until noon.\nA spokesman apologised for the inconvenience.",
    ),
    "blocked sites": (
        "en",
        "Access denied to three news sites before the vote",
        "Access denied to three news sites before the vote",
        "Access to three news sites was denied to readers in the capital from Sunday evening, a monitoring group said. Those who tried saw a notice that they had been blocked. The telecoms office said it had received no order.\nThe vote is on Thursday.",
    ),
    "a bridge": (
        "en",
        "Bridge under maintenance until May",
        "Bridge under maintenance until May",
        "The old bridge will be closed for maintenance work from Monday until the end of May, the council said. Drivers should use the ring road. Pedestrians can still cross on the upstream side.\nThe work costs three million and is paid for by the region.",
    ),
    "a tunnel": (
        "en",
        "Scheduled maintenance closes harbour tunnel",
        "Scheduled maintenance closes harbour tunnel",
        "Scheduled maintenance will close the harbour tunnel on four nights this week, the roads agency said on Monday. Traffic is sent over the bridge between ten and five. Lorries have to wait.\nThe tunnel was built in 1971.",
    ),
    "an outage in German": (
        "de",
        "Seite der Stadtwerke nicht erreichbar",
        "Seite der Stadtwerke nicht erreichbar",
        "Die Internetseite der Stadtwerke war am Montag über Stunden nicht erreichbar. Kunden, die Rechnungen abrufen wollten, sahen nur eine Fehlermeldung. Grund waren laut einer Sprecherin Wartungsarbeiten an den Servern, die länger dauerten als geplant.\nAm Abend lief alles wieder.",
    ),
    "a bridge in German": (
        "de",
        "Wartungsarbeiten an der Rheinbrücke",
        "Wartungsarbeiten an der Rheinbrücke",
        "Die Rheinbrücke wird ab Montag für Wartungsarbeiten gesperrt. Die Sperrung dauert nach Angaben der Stadt bis Freitag. Eine Umleitung ist ausgeschildert, Radfahrer können die Brücke weiter nutzen.\nDie Stadt bittet um Verständnis.",
    ),
    "a blocked site in Russian": (
        "ru",
        "Доступ к сайту газеты ограничен",
        "Доступ к сайту газеты ограничен",
        "Роскомнадзор ограничил доступ к сайту газеты в понедельник вечером, сообщил её главный редактор. По его словам, редакция узнала об этом от читателей, которые увидели на экране сообщение о блокировке.\nГазета намерена обратиться в суд.",
    ),
    "a lost page in Russian": (
        "ru",
        "Страница не найдена: сайт школы удалил отчёты",
        "Страница не найдена: сайт школы удалил отчёты",
        "С сайта школы исчезли отчёты о закупках за три года. Родители, которые открывали старые ссылки, видели только надпись «Страница не найдена». Директор сказал, что страницы удалены по ошибке и будут восстановлены.\nПрокуратура начала проверку.",
    ),
    "a bridge in Turkish": (
        "tr",
        "Köprüde bakım çalışması başladı",
        "Köprüde bakım çalışması başladı",
        "Şehrin iki yakasını birleştiren köprüde bakım çalışması pazartesi günü başladı. Belediye, çalışmanın mayıs sonuna kadar süreceğini ve sürücülerin çevre yolunu kullanması gerektiğini duyurdu.\nYayalar köprüden geçmeye devam edecek.",
    ),
    "a refused entry in French": (
        "fr",
        "Accès refusé aux journalistes",
        "Accès refusé aux journalistes au conseil municipal",
        "Les journalistes n'ont pas pu assister lundi au conseil municipal de Lormois. Le maire a invoqué des raisons de sécurité et les a priés de revenir plus tard. L'opposition a quitté la salle.\nLe syndicat des journalistes a saisi le préfet.",
    ),
    "a closed bridge in Spanish": (
        "es",
        "Acceso denegado: vecinos sin paso al puente",
        "Acceso denegado: vecinos sin paso al puente",
        "Los vecinos de la orilla norte no pueden cruzar el puente desde el lunes. El ayuntamiento cerró el acceso por obras sin previo aviso, según la asociación de vecinos, que pide una pasarela provisional.\nEl alcalde pidió disculpas.",
    ),
    "a bridge in Armenian": (
        "hy",
        "Կամրջի վրա տեխնիկական աշխատանքներ են",
        "Կամրջի վրա տեխնիկական աշխատանքներ են",
        "Հին կամրջի վրա երկուշաբթի օրվանից տեխնիկական աշխատանքներ են կատարվում, հայտնեց քաղաքապետարանը։ Վարորդներին խորհուրդ է տրվում օգտվել շրջանցիկ ճանապարհից մինչև մայիսի վերջ։\nՀետիոտները կարող են անցնել կամրջով։ Աշխատանքները կարժենան երեք միլիոն դրամ, որը կվճարի մարզը։",
    ),
    "a bridge in Japanese": (
        "ja",
        "橋の点検で夜間通行止め",
        "橋の点検で夜間通行止め",
        "市は月曜日から四日間、港大橋を夜間通行止めにすると発表した。メンテナンスのためで、時間は午後十時から午前五時まで。トラックは環状道路を使うよう呼びかけている。市によると、橋は一九七一年に造られ、点検は五年ぶりとなる。歩行者と自転車は通行できる。担当者は「ご迷惑をおかけします」と話した。",
    ),
    "a tale of an error": (
        "en",
        "The error",
        "The error",
        "For eleven years the town clock was four minutes slow, and nobody minded. Then a new teacher came, and asked why the bell rang late. The clockmaker went up with a lamp and found a coin in the gears.\nIt was an old coin, of no value, and he kept it.",
    ),
    "500 people": (
        "en",
        "500 march for a bus",
        "500 march for a bus",
        "Some 500 people with lamps and drums marched through the old town on Monday to ask for a night bus. The council had cut the last one in May. A driver who walked with them said that she would take the route again.\nThe council meets on Thursday.",
    ),
    "a bus numbered 404": (
        "en",
        "Bus 404 returns to the old town",
        "Bus 404 returns to the old town",
        "The bus that the old town lost in May will run again from Monday, the council said. It had been cut to save money, and more than a thousand people signed against it. The driver will be the same.\nThe fare stays as it was.",
    ),
}


@pytest.mark.parametrize("name", NEWS)
def test_short_news_that_only_speaks_of_such_things_is_an_article(name):
    verdict = judged(bare(*NEWS[name]))
    assert isinstance(verdict, Article), verdict.detail


STATUS_ALONE = "<div class='big'>404</div><p>Nihil hic est, amice: redi ad initium et quaere aliud.</p>"


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        (bare("la", "Valley Post", "Eheu", "Nihil hic est, amice.", below=STATUS_ALONE), "/x"),
        (bare("la", "Valley Post", "Eheu", NOT_FOUND["en"][2]), "/404.html"),
        (
            bare(
                "la",
                "404 | Valley Post",
                "Eheu",
                "Hic nihil invenies, quamvis diu quaeras, amice noster care.",
            ),
            "/x",
        ),
        (
            bare(
                "la",
                "Valley Post",
                "Eheu",
                "Hic nihil invenies, amice noster care.",
                below='<div class="error-404"></div>',
            ),
            "/x",
        ),
        (
            bare(
                "la", "Valley Post", "Eheu", "Quis es, amice? Dic nobis.", below='<div id="px-captcha"></div>'
            ),
            "/x",
        ),
        (bare("en", "Valley Post", "Hm", NOT_FOUND["en"][2]), "/2026/11/an-old-story"),
    ],
    ids=["status alone", "address", "status in the title", "template's name", "firewall", "text alone"],
)
def test_what_shows_an_error_besides_its_title(markup, path):
    verdict = judged(markup, path)
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.ERROR_PAGE


def test_an_article_with_an_errors_title_is_kept_where_the_page_declares_it():
    told = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Page not found"}</script>'
    )
    story = NEWS["news about a 404"][3]
    verdict = judged(bare("en", "Page not found", "Page not found", story, head=told))
    assert isinstance(verdict, Article)


@pytest.mark.parametrize(
    "name", ["post-404", "page-id-403", "widget-404-2", "search-not-found-hint", "col_404"]
)
def test_a_number_in_a_name_makes_no_error(name):
    language, title, heading, text = NEWS["a bridge"]
    markup = bare(language, title, heading, text, head='<meta property="og:type" content="article">')
    assert isinstance(judged(markup.replace("<body>", f'<body class="{name}">')), Article)
    assert isinstance(judged(markup.replace("<main>", f'<main><div class="{name}"></div>')), Article)


GONE = {
    "removed": ("en", "Valley Post", "This article is no longer available", "The article you requested was removed thirty"
                " days after it was written, as our contract with the agency demands. Try our archive, or ask the"
                " library, which keeps every issue of the paper since the first of them was printed."),
    "region": ("en", "Valley Post", "Our content is not available in your region", "We are sorry that readers from where you"
               " are cannot open this site at the moment. We look for ways to let you in again, and will say so here and"
               " in our newsletter as soon as we have found one that the law allows."),
    "law": ("en", "451: Unavailable due to legal reasons", "451: Unavailable due to legal reasons", "You are attempting to"
            " access this website from a country in which a law on the data of readers is in force, which is why access"
            " cannot be granted to you at this time. For questions, write to our office in the valley."),
    "browser": ("en", "Your browser is not supported", "Your browser is not supported", "We made this site for new programs,"
                " which are faster and easier to use. Yours does not know what they know. Please download one of these"
                " browsers, all of which are free, and come back to read on where you left off."),
}  # fmt: skip


@pytest.mark.parametrize("name", GONE)
def test_a_page_that_is_gone_or_closed_to_this_reader_is_an_error_page(name):
    verdict = judged(bare(*GONE[name]))
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.ERROR_PAGE
