"""How many lines of debris stand in the articles' texts, by kind, over the shared corpora.

    python tests/benchmarks/debris_audit.py [--every 1] [--show 3]

The patterns say what counts; they are wider than what judge cuts by and know nothing of it. A line
counts only if all of it matches (or its start, where a pattern ends open), so that running text that
speaks of cookies or newsletters does not.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

from benchmark_judge import PAGES, read_pages
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from config.debris_phrases import load_phrases
from extractors.judging import judge
from extractors.records import Article, FetchedPage, Rules

# One line each; matched against a whole line, case ignored.
PATTERNS = {
    "breakpoints": r"(?:xs|sm|md|lg|xl)(?:\s+(?:xs|sm|md|lg|xl))*",
    "accessibility": r"accessibility links|skip to .{0,40}|մատչելիության հղումներ|ссылки для упрощенного доступа"
    r"|доступність посилання|keçid linkləri|dostupni linkovi|无障碍链接|연결 가능 링크",
    "share bar": r"(?:share|teilen|partager|compartir|compartilhar|condividi|udostępnij|поделиться|поділитися|sdílet|dela|jaa)"
    r"(?: (?:this|on|via|auf|sur|en|no|su|w|в)\b.{0,30})?|(?:facebook|twitter|whatsapp|telegram|linkedin|email|copy link)"
    r"|(?:tweet|pin it|print)",
    "newsletter": r"(?:sign up|subscribe|register|get our|melden sie sich|inscrivez-vous|suscríbete|iscriviti|zapisz się)\b.{0,120}"
    r"(?:newsletter|inbox|mailing list|updates|bulletin|boletín).{0,60}",
    "app promo": r"(?:download|get|install|lade|téléchargez|descarga|scarica|pobierz)\b.{0,40}\bapp\b.{0,60}",
    "read more": r"(?:read (?:more|also|next)|see also|also read|more on this|related(?: articles?| stories)?|lesen sie auch|mehr zum thema"
    r"|lire aussi|à lire aussi|lee también|leer más|leia (?:também|mais)|leggi anche|czytaj (?:też|także|więcej)|читайте (?:также|ще)"
    r"|читайте також|čtěte (?:také|více)|läs (?:också|mer)|lue myös)(?:\s*[:：].{0,160})?",
    "cookies": r".{0,80}\b(?:cookies?)\b.{0,60}\b(?:accept|consent|policy|settings|akzeptieren|zustimm|accepter|aceptar)\b.{0,120}"
    r"|.{0,20}\b(?:accept (?:all )?cookies|cookie (?:policy|settings))\b.{0,20}",
    "comment form": r"(?:leave a (?:reply|comment)|post a comment|your email address will not be published.{0,60}|\d* ?comments?"
    r"|kommentare?|commentaires?|comentarios?|комментарии|add comment|load comments)",
    "follow us": r".{0,80}\b(?:follow (?:us|him|her|me|@\w+)|folgen sie uns|suivez-nous|síguenos|siga-nos|seguici|volg ons|obserwuj nas"
    r"|подписывайтесь|підписуйтесь|підписуйтеся|följ oss|sledujte nás|pratite nas|takip edin|theo dõi chúng tôi|ikuti kami)\b.{0,160}"
    r"|.{0,40}(?:تابعونا|フォローする|关注我们|追蹤我們).{0,80}",
    "affiliate note": r".{0,200}\b(?:earn(?:s|ed)? (?:us )?(?:a |an )?(?:small |affiliate )?commissions?|contains? affiliate links|affiliate-links"
    r"|erhalten wir (?:eine )?provision|earn from qualifying purchases)\b.{0,200}",
    "external content": r".{0,60}\b(?:externe[nr]? inhalt|redaktioneller inhalt|external content|contenu externe|contenido externo)\b.{0,200}",
    "subscribers only": r".{0,60}(?:for subscribers only|nur für abonnenten|réservé aux abonnés|exclusivo para (?:suscriptores|assinantes)"
    r"|riservato agli abbonati|会員限定|有料会員|только для подписчиков|to continue reading).{0,160}",
    "contact": r"(?:https?://\S+|\S+@\S+\.\w{2,12}|@\w+)|.{0,120}\b(?:get in touch|got a story|news tip|story to (?:tell|share))\b.{0,160}",
    "legal": r".{0,60}(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|无断|無断転載|무단\s?전재"
    r"|may not be (?:published|reproduced)|views expressed).{0,200}",
    "agency credit": r".{0,200}contributed (?:to this (?:report|story|article)|reporting)\b.{0,80}|\(?(?:additional )?reporting by .{0,200}",
    "photo credit": r"(?:photo|image|picture|foto|bild|photograph|фото)(?: ?credit| by| von| de)?\s*[:：].{0,80}|©.{0,80}"
    r"|\(?(?:getty images?|ap photo|afp|reuters|epa)(?:/.{0,40})?\)?|.{0,60}/(?:getty images?|ap|afp|reuters|epa|dpa)\)?",
}
_COMPILED = {name: re.compile(pattern, re.I) for name, pattern in PATTERNS.items()}


@cache
def rules() -> Rules:
    logging.disable(logging.CRITICAL)
    return Rules(phrases=load_phrases())


def audit(page: FetchedPage) -> tuple[int, list[tuple[str, str]]]:
    """Lines of the page's article, and those that are debris with their kind."""
    verdict = judge(page, rules())
    if not isinstance(verdict, Article):
        return 0, []
    lines = verdict.text.split("\n")
    found = [
        (name, line)
        for line in lines
        for name, pattern in _COMPILED.items()
        if pattern.fullmatch(line.strip())
    ]
    return len(lines), found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="take every Nth page")
    parser.add_argument("--show", type=int, default=2, help="print so many lines of each kind")
    args = parser.parse_args()
    if not Path(PAGES).exists():
        sys.exit("the shared corpora are not here: nothing to count")
    pages = read_pages(args.every)
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(partial(audit), pages, chunksize=20))
    found: dict[str, list[str]] = defaultdict(list)
    for _, debris in results:
        for name, line in debris:
            found[name].append(line)
    lines = sum(count for count, _ in results)
    table = Table(
        "kind",
        "lines",
        "of 10,000",
        "pattern",
        title=f"{lines} lines of {sum(c > 0 for c, _ in results)} articles",
    )
    for name, pattern in PATTERNS.items():
        table.add_row(
            name,
            str(len(found[name])),
            f"{10_000 * len(found[name]) / max(1, lines):.1f}",
            escape(pattern[:60]) + "…",
        )
    console = Console()
    console.print(table)
    for name, debris in found.items():
        for line in debris[: args.show]:
            console.print(f"{name}: {escape(line[:120])}")


if __name__ == "__main__":
    main()
