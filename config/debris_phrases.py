"""Debris phrases that people wrote down: one YAML file a language in ``config/debris/``.

A file names its ``language`` (BCP-47, "mul" for words of no language), its ``source`` (where the
wording was taken from) and its ``phrases``, by the reason for which such a line is cut::

    language: pl
    source: wording usual on Polish news sites, from knowledge of the language
    phrases:
      related: [Czytaj także, "Czytaj także:"]

A line is debris when, folded, it equals a phrase, or begins with one that ends in a colon
(":", "：" or the Armenian "՝"). A phrase with gaps ("Follow … on Facebook") opens a sentence of the
line, or stands anywhere in it if it begins with a gap; of a phrase that ends in one anything may follow.
Phrases of ``byline`` and ``date-line`` are labels and stamps ("Editor:", "Edited by …", "… ago"): their lines hold
nothing but names or a time, and stand first or last. Whether a line in running text may go is for the caller to say.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from config.errors import ConfigError
from extractors.records import CutReason

DIRECTORY = Path(__file__).parent / "debris"


class DebrisFile(BaseModel):
    """One file of ``config/debris/``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    source: str
    phrases: dict[CutReason, tuple[str, ...]]


def load_phrases(directory: Path | None = None) -> frozenset[str]:
    """The phrases of all languages as "language/reason:folded phrase": "en/share:copy link".

    Args:
        directory: where the YAML files lie; ``config/debris/`` if not given.

    Raises:
        ConfigError: the directory holds no file, or a file cannot be used as it is.
    """
    return frozenset(
        f"{file.language}/{reason.value}:{fold(phrase)}"
        for file in load_files(directory)
        for reason, phrases in file.phrases.items()
        for phrase in phrases
    )


def load_files(directory: Path | None = None) -> tuple[DebrisFile, ...]:
    """All debris files, by name, with the reason of each phrase.

    Raises:
        ConfigError: the directory holds no file, or a file cannot be used as it is.
    """
    home = directory or DIRECTORY
    files = tuple(_load_file(path) for path in sorted(home.glob("*.yaml")))
    if not files:
        msg = f"{home}: no debris files (*.yaml) here"
        raise ConfigError(msg)
    return files


def fold(text: str) -> str:
    """The form in which phrases and lines are compared: case-folded, white space single."""
    return " ".join(text.casefold().split())


def _load_file(path: Path) -> DebrisFile:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        file = DebrisFile.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        msg = f"{path}: cannot be read as YAML: {error}"
        raise ConfigError(msg) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        msg = f"{path}: {place}: {first['msg']}"
        raise ConfigError(msg) from error
    _check(path, file)
    return file


def _check(path: Path, file: DebrisFile) -> None:
    if file.language != path.stem:
        msg = f'{path}: language is "{file.language}", but the file\'s name says "{path.stem}"'
        raise ConfigError(msg)
    for reason, phrases in file.phrases.items():
        for phrase in phrases:
            if not any(letter.isalpha() for letter in phrase):
                msg = f'{path}: phrases.{reason.value}: "{phrase}" holds no letter'
                raise ConfigError(msg)
