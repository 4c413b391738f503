"""Write ``config/sites/`` for the services of RFE/RL and VOA from one table: ``python tools/write_sites.py``.

They share a publishing system, whose rules stand once in ``config/sites/_pangea.yaml``; a site's
file says what is its own: where it is and which languages it publishes in. Files that are not in
the table are left alone. A service that is closed keeps its archive online, so it stays listed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

SITES = Path(__file__).parents[1] / "config" / "sites"

# name of the site, its home without https://, title, languages (BCP-47, the main one first)
TABLE = """
azadiradio-dari       da.azadiradio.com              Azadi Radio (Dari)                    prs
azadiradio-pashto     pa.azadiradio.com              Azadi Radio (Pashto)                  ps
azadliq               www.azadliq.org                Azadlıq Radiosu                       az
azatliq               www.azatliq.org                Azatlıq Radiosı                       tt
azathabar             www.azathabar.com              Azatlyk Radiosy                       tk
azathabar-rus         rus.azathabar.com              Azatlyk Radiosy (Russian)             ru
azattyk               www.azattyk.org                Azattyk                               ky
azattyk-rus           rus.azattyk.org                Azattyk (Russian)                     ru
azattyq               www.azattyq.org                Azattyq                               kk
azattyq-rus           rus.azattyq.org                Azattyq (Russian)                     ru
azattyqasia           www.azattyqasia.org            Azattyq Asia                          ru
azatutyun             www.azatutyun.am               Azatutyun                             hy,en,ru
currenttime           www.currenttime.tv             Current Time                          ru
currenttime-english   en.currenttime.tv              Current Time (English)                en
ekhokavkaza           www.ekhokavkaza.com            Ekho Kavkaza                          ru
europalibera-moldova  moldova.europalibera.org       Europa Liberă Moldova                 ro,ru
europalibera-romania  romania.europalibera.org       Europa Liberă România                 ro
evropaelire           www.evropaelire.org            Radio Evropa e Lirë                   sq
gandhara              gandhara.rferl.org             Gandhara                              en
idelreal              www.idelreal.org               Idel.Realii                           ru
kavkazr               www.kavkazr.com                Kavkaz.Realii                         ru
krymr-russian         ru.krymr.com                   Krym.Realii (Russian)                 ru
krymr-tatar           ktat.krymr.com                 Qırım.Aqiqat                          crh
krymr-ukrainian       ua.krymr.com                   Krym.Realii (Ukrainian)               uk
mashaalradio          www.mashaalradio.com           Mashaal Radio                         ps
ozodi                 www.ozodi.org                  Radioi Ozodi                          tg
ozodi-rus             rus.ozodi.org                  Radioi Ozodi (Russian)                ru
ozodlik               www.ozodlik.org                Ozodlik                               uz
ozodlik-rus           rus.ozodlik.org                Ozodlik (Russian)                     ru
radiofarda            www.radiofarda.com             Radio Farda                           fa
radiomarsho           www.radiomarsho.com            Radio Marsho                          ce,ru
radiosvoboda          www.radiosvoboda.org           Radio Svoboda (Ukrainian)             uk
radiotavisupleba      www.radiotavisupleba.ge        Radio Tavisupleba                     ka
rferl                 www.rferl.org                  RFE/RL                                en
severreal             www.severreal.org              Sever.Realii                          ru
sibreal               www.sibreal.org                Sibir.Realii                          ru
slobodnaevropa        www.slobodnaevropa.org         Radio Slobodna Evropa                 sr,bs,hr
slobodnaevropa-mk     www.slobodnaevropa.mk          Radio Slobodna Evropa (Macedonian)    mk
svaboda               www.svaboda.org                Radio Svaboda                         be
svobodnaevropa        www.svobodnaevropa.bg          Svobodna Evropa                       bg
svoboda               www.svoboda.org                Radio Svoboda (Russian)               ru
szabadeuropa          www.szabadeuropa.hu            Szabad Európa                         hu

voanews               www.voanews.com                Voice of America                      en
voa-afaan-oromoo      www.voaafaanoromoo.com         VOA Afaan Oromoo                      om
voa-afrique           www.voaafrique.com             VOA Afrique                           fr
voa-albanian          www.zeriamerikes.com           Zëri i Amerikës                       sq
voa-amharic           amharic.voanews.com            VOA Amharic                           am
voa-armenian          www.amerikayidzayn.com         Amerikayi Dzayn                       hy
voa-azerbaijani       www.amerikaninsesi.org         Amerikanın Səsi                       az
voa-bambara           www.voabambara.com             VOA Bambara                           bm
voa-bangla            www.voabangla.com              VOA Bangla                            bn
voa-bosnian           ba.voanews.com                 Glas Amerike (Bosnian)                bs
voa-burmese           burmese.voanews.com            VOA Burmese                           my
voa-cambodia          www.voacambodia.com            VOA Cambodia                          en
voa-cantonese         www.voacantonese.com           VOA Cantonese                         zh
voa-chinese           www.voachinese.com             VOA Chinese                           zh
voa-creole            www.voanouvel.com              VOA Kreyòl                            ht
voa-dari              www.darivoa.com                VOA Dari                              prs
voa-deewa             www.voadeewanews.com           VOA Deewa                             ps
voa-georgian          www.amerikiskhma.com           Amerikis Khma                         ka
voa-hausa             www.voahausa.com               VOA Hausa                             ha
voa-indonesia         www.voaindonesia.com           VOA Indonesia                         id
voa-khmer             khmer.voanews.com              VOA Khmer                             km
voa-kinyarwanda       www.radiyoyacuvoa.com          Radiyo Yacu                           rw,rn
voa-korea             www.voakorea.com               VOA Korea                             ko
voa-kurdish-kurmanji  www.dengeamerika.com           Dengê Amerîka                         ku
voa-kurdish-sorani    www.dengiamerika.com           Dengi Amerika                         ckb
voa-lao               lao.voanews.com                VOA Lao                               lo
voa-learning-english  learningenglish.voanews.com    VOA Learning English                  en
voa-macedonian        mk.voanews.com                 Glas na Amerika (Macedonian)          mk
voa-ndebele           www.voandebele.com             VOA Ndebele                           nd
voa-pashto            www.pashtovoa.com              VOA Pashto                            ps
voa-persian           ir.voanews.com                 VOA Persian                           fa
voa-portugues         www.voaportugues.com           VOA Português                         pt
voa-russian           www.golosameriki.com           Golos Ameriki                         ru
voa-serbian           www.glasamerike.net            Glas Amerike (Serbian)                sr
voa-shona             www.voashona.com               VOA Shona                             sn
voa-somali            www.voasomali.com              VOA Somali                            so
voa-spanish           www.vozdeamerica.com           Voz de América                        es
voa-swahili           www.voaswahili.com             VOA Swahili                           sw
voa-thai              www.voathai.com                VOA Thai                              th
voa-tibetan           www.voatibetan.com             VOA Tibetan                           bo
voa-tigrigna          tigrigna.voanews.com           VOA Tigrigna                          ti
voa-turkish           www.voaturkce.com              VOA Türkçe                            tr
voa-ukrainian         ukrainian.voanews.com          Holos Ameryky                         uk
voa-urdu              www.urduvoa.com                VOA Urdu                              ur
voa-uzbek             www.amerikaovozi.com           Amerika Ovozi                         uz
voa-vietnamese        www.voatiengviet.com           VOA Tiếng Việt                        vi
voa-zimbabwe          www.voazimbabwe.com            VOA Zimbabwe                          en
"""

FILE = """\
# Written by tools/write_sites.py; change the table there.
extends: _pangea
title: "{title}"
home: https://{home}/
languages: [{languages}]
"""


def write_sites(folder: Path) -> int:
    """Write one file a row of the table; returns how many."""
    count = 0
    for row in filter(None, TABLE.splitlines()):
        name, home, *title, languages = row.split()
        text = FILE.format(title=" ".join(title), home=home, languages=", ".join(languages.split(",")))
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        count += 1
    return count


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()  # takes none, and says so
    print(f"{write_sites(SITES)} sites in {SITES}")
