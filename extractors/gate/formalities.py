"""A site's own formal pages: terms, privacy, imprint, contact. Told by the address, or by the whole title."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from extractors.findings import Metadata
from extractors.gate.placeholders import find_title
from extractors.gate.signs import Signs
from extractors.gate.verdict import Refusal
from extractors.records import Reason

# The last part of an address, whole. Words of English are used on sites of all languages.
_ADDRESSES = re.compile(
    r"""(?x)
    (?:our-|the-|site-|website-|general-|user-|legal-)?(?:terms|privacy|cookies?|legal|disclaimer|accessibility|copyright)
      (?:-(?:and|of|for|on|the|use|service|services|sale|conditions?|policy|policies|notice|statement|settings|preferences
         |information|info|privacy|cookies?|terms|center|centre|choices|page))*
    |terms?-?(?:and-?conditions|of-?use|of-?service)|termsofuse|termsofservice|termsandconditions|tos|t-and-c
    |privacypolicy|privacy-?statement|privacystatement|cookiepolicy|data-(?:protection|privacy)(?:-policy)?|gdpr|ccpa
    |conditions-of-use|user-agreement|acceptable-use(?:-policy)?|code-of-conduct
    |about|about-?us|contacts?|contact-?us|advertise(?:-with-us)?|imprint
    |impressum|datenschutz(?:erklaerung|erklärung|hinweise?|bestimmungen|information(?:en)?)?|agb|nutzungsbedingungen
    |allgemeine-geschaeftsbedingungen|haftungsausschluss|widerruf(?:sbelehrung|srecht)?|barrierefreiheit|kontakt|ueber-uns|mediadaten
    |mentions-legales|mentionslegales|cgu|cgv|conditions-generales(?:-.{2,30})?|conditions-d-?utilisation|confidentialite
    |politique-(?:de-)?(?:confidentialite|cookies)(?:-.{2,30})?|donnees-personnelles|protection-des-donnees|vie-privee|nous-contacter|qui-sommes-nous
    |aviso-?legal|politica-(?:de-)?(?:privacidad|privacidade|cookies)|terminos-y-condiciones(?:-.{2,20})?|condiciones(?:-generales)?-de-uso
    |terminos-de-(?:uso|servicio)|quienes-somos|contacto|termos-(?:de-uso|e-condicoes|de-servico)|contato|quem-somos|fale-conosco
    |note-legali|informativa(?:-sulla)?-(?:privacy|cookie)|termini-e-condizioni|condizioni-(?:generali|d-uso|di-utilizzo)|contatti|chi-siamo
    |algemene-voorwaarden|gebruiksvoorwaarden|privacybeleid|privacyverklaring|privacystatement|cookiebeleid|colofon|over-ons
    |polityka-(?:prywatnosci|cookies|plikow-cookies)|regulamin|obchodni-podminky|podminky(?:-uziti|-pouzivani)?|ochrana-(?:osobnich|osobnych)-udaj[ou]v?
    |integritetspolicy|anvandarvillkor|privatlivspolitik|cookiepolitik|personvern(?:erklaering)?|brukervilkar|tietosuoja(?:seloste)?|kayttoehdot
    |gizlilik(?:-politikasi|-sozlesmesi)?|kullanim-(?:sartlari|kosullari)|cerez-politikasi|kvkk|kunye|iletisim|hakkimizda
    |adatvedelem|adatvedelmi-(?:tajekoztato|nyilatkozat)|aszf|impresszum|politica-de-confidentialitate|termeni-si-conditii
    |uvjeti-koristenja|pravila-privatnosti|politika-privatnosti|uslovi-koriscenja|impresum|kebijakan-privasi|syarat-(?:dan-)?ketentuan|pedoman-media-siber
    |polzovatelskoe-soglashenie|politika-konfidencialnosti|user_agreement|confidential
    """
)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml|cfm|xhtml)$")


def find_formality(metadata: Metadata, signs: Signs, url: str) -> Refusal | None:
    """Terms, a privacy policy, an imprint or a contact page, on which nothing declares an article.

    The title must be the formality's name and nothing else, or the address end in it: news about a law has more words.
    """
    if signs.declares_news or signs.is_signed:
        return None
    ending = _last_part(url)
    is_addressed = bool(_ADDRESSES.fullmatch(ending))
    title = find_title("formality", [metadata.title])
    if title and is_addressed:
        told = f'title "{title.phrase}" and address "{ending}"'
    elif title and title.is_telling and not signs.declares_article:
        told = f'title "{title.phrase}", no article declared'
    elif is_addressed and signs.is_bare:
        told = f'address "{ending}", no article declared, no date, no author'
    else:
        return None
    return Refusal(reason=Reason.NOT_ARTICLE, detail=f"{told}, {signs.prose:.0f} letters in paragraphs")


def _last_part(url: str) -> str:
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    parts = [part for part in path.lower().split("/") if part]
    return _EXTENSION.sub("", parts[-1]).replace("_", "-") if parts else ""
