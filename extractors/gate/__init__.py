"""Is this page one article? Structure, declared types, densities and agreement say; words only where nothing declares one."""

from extractors.gate.examine import examine, examine_dump, find_refusal
from extractors.gate.verdict import Examination, Refusal

__all__ = ["Examination", "Refusal", "examine", "examine_dump", "find_refusal"]
