"""Texts for the language tests, all written for them: a paragraph of news and a menu in each language."""

# Two paragraphs of invented news, each over 120 letters.
ARTICLES = {
    "hy": (
        "Քաղաքային խորհուրդը երեքշաբթի օրը հաստատեց նոր կամրջի նախագիծը, որի շինարարությունը կսկսվի գարնանը և կտևի երկու տարի՝ պայմանով, որ ֆինանսավորումը չուշանա։",
        "Բնակիչները ասում են, որ տարիներ շարունակ սպասել են այս որոշմանը, քանի որ հին կամուրջը վտանգավոր է դարձել, իսկ ծանր բեռնատարները ստիպված են շրջանցել ամբողջ թաղամասը։",
    ),
    "ka": (
        "საქალაქო საბჭომ სამშაბათს დაამტკიცა ახალი ხიდის პროექტი, რომლის მშენებლობა გაზაფხულზე დაიწყება და ორ წელიწადს გაგრძელდება, თუ დაფინანსება არ დაგვიანდება.",
        "მაცხოვრებლები ამბობენ, რომ ამ გადაწყვეტილებას წლების განმავლობაში ელოდნენ, რადგან ძველი ხიდი სახიფათო გახდა და მძიმე მანქანებს მთელი უბნის შემოვლა უწევთ.",
    ),
    "ru": (
        "Городской совет во вторник утвердил проект нового моста, строительство которого начнется весной и продлится два года, если не задержится финансирование из областного бюджета.",
        "Жители говорят, что ждали этого решения много лет: старый мост стал опасен, и тяжелым грузовикам приходится объезжать весь район, теряя не меньше часа.",
    ),
    "uk": (
        "Міська рада у вівторок затвердила проєкт нового мосту, будівництво якого розпочнеться навесні й триватиме два роки, якщо не затримається фінансування з обласного бюджету.",
        "Мешканці кажуть, що чекали на це рішення багато років: старий міст став небезпечним, і важкі вантажівки мусять об'їжджати весь район, втрачаючи щонайменше годину.",
    ),
    "en": (
        "The city council on Tuesday approved plans for a new bridge, which will be built from spring onwards and take two years, provided that money from the region arrives in time.",
        "Residents say that they have waited many years for the decision: the old bridge has become dangerous, and heavy lorries have to drive around the whole district.",
    ),
    "fr": (
        "Le conseil municipal a approuvé mardi le projet d'un nouveau pont, dont la construction commencera au printemps et durera deux ans, si l'argent de la région arrive à temps.",
        "Les habitants disent avoir attendu cette décision pendant de longues années : le vieux pont est devenu dangereux et les camions doivent contourner tout le quartier.",
    ),
    "es": (
        "El ayuntamiento aprobó el martes el proyecto de un nuevo puente, cuya construcción comenzará en primavera y durará dos años, siempre que el dinero de la región llegue a tiempo.",
        "Los vecinos dicen que han esperado esta decisión durante muchos años: el viejo puente se ha vuelto peligroso y los camiones tienen que rodear todo el barrio.",
    ),
    "de": (
        "Der Stadtrat hat am Dienstag den Entwurf für eine neue Brücke gebilligt, deren Bau im Frühjahr beginnen und zwei Jahre dauern soll, sofern das Geld vom Land rechtzeitig kommt.",
        "Die Anwohner sagen, sie hätten viele Jahre auf diese Entscheidung gewartet: Die alte Brücke sei gefährlich geworden, und schwere Lastwagen müssten das ganze Viertel umfahren.",
    ),
    "tr": (
        "Belediye meclisi salı günü yeni köprü projesini onayladı; inşaat ilkbaharda başlayacak ve bölgeden gelecek para gecikmezse iki yıl içinde tamamlanacak.",
        "Mahalle sakinleri bu kararı yıllardır beklediklerini söylüyor: eski köprü tehlikeli hale geldi ve ağır kamyonlar bütün semtin etrafından dolaşmak zorunda kalıyor.",
    ),
    "az": (
        "Şəhər şurası çərşənbə axşamı yeni körpünün layihəsini təsdiqlədi; tikinti yazda başlanacaq və bölgədən gələcək pul gecikməsə, iki il ərzində başa çatacaq.",
        "Sakinlər deyirlər ki, bu qərarı uzun illər gözləyiblər: köhnə körpü təhlükəli olub və ağır yük maşınları bütün məhəllənin ətrafından dolanmağa məcburdur.",
    ),
    "sw": (
        "Baraza la jiji Jumanne liliidhinisha mpango wa daraja jipya ambalo ujenzi wake utaanza mwezi wa tatu na kuchukua miaka miwili, ikiwa fedha kutoka mkoani zitafika kwa wakati.",
        "Wakazi wanasema kwamba wamesubiri uamuzi huu kwa miaka mingi: daraja la zamani limekuwa hatari na malori makubwa hulazimika kuzunguka mtaa mzima.",
    ),
    "ar": (
        "وافق المجلس البلدي يوم الثلاثاء على مشروع الجسر الجديد الذي سيبدأ بناؤه في الربيع ويستغرق عامين إذا وصلت الأموال من الإقليم في موعدها المحدد دون تأخير.",
        "ويقول السكان إنهم انتظروا هذا القرار سنوات طويلة لأن الجسر القديم أصبح خطيرا وتضطر الشاحنات الثقيلة إلى الدوران حول الحي كله كل صباح ومساء.",
    ),
    "fa": (
        "شورای شهر روز سه‌شنبه طرح پل تازه‌ای را تصویب کرد که ساخت آن در بهار آغاز می‌شود و اگر بودجه استان به‌موقع برسد دو سال طول می‌کشد و بزرگراه را به مرکز شهر می‌رساند.",
        "ساکنان می‌گویند سال‌هاست منتظر این تصمیم بوده‌اند، زیرا پل قدیمی خطرناک شده است و کامیون‌های سنگین ناچارند کل محله را دور بزنند و وقت زیادی از دست بدهند.",
    ),
}

# Menu, share bar and footer; entries under 40 letters each, as sites have them.
MENUS = {
    "en": "Home|News|Politics|Economy|Sports|Culture|Video|Photos|About us|Contact|Privacy policy|Terms of use|Subscribe to our newsletter|Read more|Most popular stories|Share on social media|Accessibility links|Skip to main content|Search the site|Follow us",
    "ru": "Главная|Новости|Политика|Экономика|Спорт|Культура|Видео|Фотогалереи|О нас|Контакты|Правила пользования|Подпишитесь на рассылку|Читайте также|Самое популярное|Поделиться в соцсетях|Ссылки для доступа|Перейти к содержанию|Поиск по сайту|Мы в соцсетях|Архив",
    "hy": "Գլխավոր|Լուրեր|Քաղաքականություն|Տնտեսություն|Սպորտ|Մշակույթ|Տեսանյութեր|Լուսանկարներ|Մեր մասին|Կապ|Գաղտնիություն|Օգտագործման կանոններ|Բաժանորդագրվել|Կարդալ ավելին|Ամենադիտվածը|Կիսվել|Անցնել բովանդակությանը|Որոնում|Հետևեք մեզ|Արխիվ",
    "fr": "Accueil|Actualités|Politique|Économie|Sports|Culture|Vidéos|Photos|Qui sommes-nous|Nous contacter|Données personnelles|Conditions d'utilisation|Recevoir la lettre d'information|Lire la suite|Les plus lus|Partager l'article|Liens d'accessibilité|Aller au contenu|Rechercher|Suivez-nous",
    "ar": "الرئيسية|الأخبار|السياسة|الاقتصاد|الرياضة|الثقافة|فيديو|صور|من نحن|اتصل بنا|سياسة الخصوصية|شروط الاستخدام|اشترك في النشرة البريدية|اقرأ المزيد|الأكثر قراءة|شارك المقال|روابط سهولة الوصول|انتقل إلى المحتوى|بحث في الموقع|تابعونا",
    "uk": "Головна|Новини|Політика|Економіка|Спорт|Культура|Відео|Фотогалереї|Про нас|Контакти|Правила користування|Підпишіться на розсилку|Читайте також|Найпопулярніше|Поширити в мережах|Доступність посилання|Перейти до вмісту|Пошук на сайті|Стежте за нами|Архів",
    "tr": "Ana sayfa|Haberler|Siyaset|Ekonomi|Spor|Kültür|Videolar|Fotoğraflar|Hakkımızda|İletişim|Gizlilik ilkeleri|Kullanım koşulları|Bültenimize abone olun|Devamını oku|En çok okunanlar|Sosyal medyada paylaş|Erişilebilirlik|Ana içeriğe geç|Sitede ara|Bizi takip edin",
    "es": "Inicio|Noticias|Política|Economía|Deportes|Cultura|Vídeos|Fotos|Quiénes somos|Contacto|Política de privacidad|Condiciones de uso|Suscríbase al boletín|Leer más|Lo más leído|Compartir en redes|Enlaces de accesibilidad|Saltar al contenido|Buscar en el sitio|Síganos",
    "de": "Startseite|Nachrichten|Politik|Wirtschaft|Sport|Kultur|Videos|Bilder|Über uns|Kontakt|Datenschutz|Nutzungsbedingungen|Newsletter abonnieren|Weiterlesen|Meistgelesen|Beitrag teilen|Barrierefreiheit|Zum Inhalt springen|Seite durchsuchen|Folgen Sie uns",
}

# One sentence of invented news in each, for languages whose articles are not above.
SENTENCES = {
    "be": "Гарадскі савет у аўторак зацвердзіў праект новага моста, будаўніцтва якога пачнецца вясной і будзе доўжыцца два гады.",
    "bg": "Общинският съвет във вторник одобри проекта за нов мост, чийто строеж ще започне през пролетта и ще продължи две години.",
    "mk": "Градскиот совет во вторникот го одобри проектот за нов мост, чија изградба ќе започне напролет и ќе трае две години.",
    "kk": "Қалалық кеңес сейсенбі күні жаңа көпірдің жобасын бекітті, оның құрылысы көктемде басталып, екі жылға созылады.",
    "ky": "Шаардык кеңеш шейшемби күнү жаңы көпүрөнүн долбоорун бекитти, анын курулушу жазында башталып, эки жылга созулат.",
    "tg": "Шӯрои шаҳр рӯзи сешанбе лоиҳаи пули навро тасдиқ кард, ки сохтмони он дар баҳор оғоз мешавад ва ду сол давом мекунад.",
    "tt": "Шәһәр советы сишәмбе көнне яңа күпер проектын раслады, аны төзү язын башланачак һәм ике ел дәвам итәчәк.",
    "ba": "Ҡала советы шишәмбе көнө яңы күпер проектын раҫланы, уны төҙөү яҙын башлана һәм ике йыл дауам итәсәк.",
    "uz": "Shahar kengashi seshanba kuni yangi ko‘prik loyihasini tasdiqladi, uning qurilishi bahorda boshlanadi va ikki yil davom etadi.",
    "tk": "Şäher geňeşi sişenbe güni täze köpriniň taslamasyny tassyklady, onuň gurluşygy ýazda başlanar we iki ýyl dowam eder.",
    "ps": "د ښار شورا د سې شنبې په ورځ د نوي پله پروژه تصویب کړه چې جوړول به یې په پسرلي کې پیل شي او دوه کاله به ونیسي.",
    "ur": "سٹی کونسل نے منگل کو نئے پل کے منصوبے کی منظوری دے دی جس کی تعمیر موسم بہار میں شروع ہوگی اور دو سال تک جاری رہے گی۔",
    "ckb": "ئەنجومەنی شار ڕۆژی سێشەممە پڕۆژەی پردێکی نوێی پەسەند کرد کە لە بەهاردا دەست بە دروستکردنی دەکرێت و دوو ساڵ دەخایەنێت.",
    "ku": "Şaredariyê roja sêşemê projeya pireke nû pejirand ku avakirina wê dê di biharê de dest pê bike û du salan bidome.",
    "he": "מועצת העיר אישרה ביום שלישי את תוכנית הגשר החדש, שבנייתו תתחיל באביב ותימשך שנתיים.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη το σχέδιο για νέα γέφυρα, η κατασκευή της οποίας θα αρχίσει την άνοιξη.",
    "ro": "Consiliul local a aprobat marți proiectul unui pod nou, a cărui construcție va începe în primăvară și va dura doi ani.",
    "hu": "A városi tanács kedden jóváhagyta az új híd tervét, amelynek építése tavasszal kezdődik és két évig tart.",
    "sq": "Këshilli bashkiak miratoi të martën projektin e një ure të re, ndërtimi i së cilës do të fillojë në pranverë dhe do të zgjasë dy vjet.",
    "pl": "Rada miasta zatwierdziła we wtorek projekt nowego mostu, którego budowa rozpocznie się wiosną i potrwa dwa lata.",
    "pt": "A câmara municipal aprovou na terça-feira o projeto de uma nova ponte, cuja construção começará na primavera e durará dois anos.",
    "it": "Il consiglio comunale ha approvato martedì il progetto di un nuovo ponte, la cui costruzione inizierà in primavera e durerà due anni.",
    "ht": "Konsèy vil la te apwouve madi pwojè yon nouvo pon ki pral kòmanse bati nan prentan e ki pral pran dezan.",
    "so": "Golaha magaaladu wuxuu Talaadadii ansixiyay mashruuca buundo cusub oo dhismaheedu bilaabmi doono guga oo socon doona laba sano.",
    "ha": "Majalisar birni ta amince ranar Talata da shirin sabuwar gada wadda za a fara ginawa a bazara kuma za ta ɗauki shekara biyu.",
    "om": "Manni maree magaalaa Kibxata pirojektii riqicha haaraa raggaasise, ijaarsi isaas birraa keessa jalqabee waggaa lama fudhata.",
    "am": "የከተማው ምክር ቤት ማክሰኞ የአዲሱን ድልድይ ፕሮጀክት አጸደቀ፤ ግንባታውም በጸደይ ተጀምሮ ሁለት ዓመት ይወስዳል።",
    "ti": "ባይቶ ከተማ ሰሉስ መዓልቲ ናይ ሓድሽ ድንድል ፕሮጀክት ኣጽዲቑ፣ ህንጻኡ ድማ ኣብ ጽድያ ክጅምር እዩ።",
    "vi": "Hội đồng thành phố hôm thứ Ba đã phê duyệt dự án cây cầu mới, việc xây dựng sẽ bắt đầu vào mùa xuân và kéo dài hai năm.",
    "id": "Dewan kota pada hari Selasa menyetujui rencana jembatan baru karena jembatan lama sudah rusak, dan pembangunannya bisa dimulai bulan Maret.",
    "ms": "Majlis bandar raya pada hari Selasa meluluskan rancangan jambatan baharu kerana jambatan lama sudah rosak, dan pembinaannya boleh bermula pada bulan Mac.",
    "ko": "시의회는 화요일 새 다리 건설 계획을 승인했으며 공사는 봄에 시작해 이 년 동안 이어질 예정이다.",
    "ja": "市議会は火曜日、新しい橋の計画を承認し、工事は春に始まり二年間続く見通しだ。",
    "th": "สภาเมืองอนุมัติโครงการสะพานใหม่เมื่อวันอังคาร โดยจะเริ่มก่อสร้างในฤดูใบไม้ผลิและใช้เวลาสองปี",
    "my": "မြို့တော်ကောင်စီက အင်္ဂါနေ့မှာ တံတားသစ် စီမံကိန်းကို အတည်ပြုခဲ့ပြီး နွေဦးမှာ စတင်ဆောက်လုပ်မယ်။",
    "km": "ក្រុមប្រឹក្សាក្រុងបានអនុម័តគម្រោងស្ពានថ្មីនៅថ្ងៃអង្គារ ដែលនឹងចាប់ផ្តើមសាងសង់នៅរដូវផ្ការីក។",
    "lo": "ສະພາເມືອງໄດ້ອະນຸມັດໂຄງການຂົວໃໝ່ໃນວັນອັງຄານ ເຊິ່ງຈະເລີ່ມກໍ່ສ້າງໃນລະດູໃບໄມ້ປົ່ງ.",
    "bn": "নগর পরিষদ মঙ্গলবার নতুন সেতুর প্রকল্প অনুমোদন করেছে, যার নির্মাণ বসন্তে শুরু হয়ে দুই বছর চলবে।",
    "as": "নগৰ পৰিষদে মঙলবাৰে নতুন দলঙৰ প্ৰকল্প অনুমোদন জনাইছে, ইয়াৰ নিৰ্মাণ বসন্তত আৰম্ভ হ’ব আৰু দুবছৰ চলিব।",
    "hi": "नगर परिषद ने मंगलवार को नए पुल की योजना को मंजूरी दी, जिसका निर्माण वसंत में शुरू होगा और दो साल चलेगा।",
    "bo": "གྲོང་ཁྱེར་གྱི་ལྷན་ཚོགས་ཀྱིས་གཟའ་མིག་དམར་ཉིན་ཟམ་པ་གསར་པའི་འཆར་གཞི་ལ་མོས་མཐུན་བྱས་པ་རེད།",
    "sn": "Kanzuru yeguta neChipiri yakabvumidza chirongwa chebhiriji idzva richatanga kuvakwa muchirimo uye richatora makore maviri.",
    "rw": "Inama y'umujyi yemeje ku wa kabiri umushinga w'ikiraro gishya, kubera ko icyari gisanzwe cyangiritse cyane.",
    "rn": "Inama y'igisagara yemeje ku wa kabiri umugambi w'ikiraro gishasha, kuko ico cari gisanzwe cononekaye cane, kandi ivyo bizomara imyaka ibiri.",
}
