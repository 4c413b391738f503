"""docs/schema.md says what the code does."""

from __future__ import annotations

from dataclasses import fields

from extractors.records import Article, CutReason, Fate, Reason, Rejection
from tools.write_schema import TARGET, schema_document


def test_the_schema_document_is_current():
    assert TARGET.read_text("utf-8") == schema_document(), "run tools/write_schema.py"


def test_every_field_and_value_is_in_it_with_a_meaning():
    named = {line.split("`")[1] for line in schema_document().splitlines() if line.startswith("| `")}
    assert named >= {field.name for record in (Article, Rejection) for field in fields(record)}
    assert named >= {str(value) for values in (Reason, CutReason, Fate) for value in values}


def test_nested_records_and_lists_are_linked():
    document = schema_document()
    assert "| `cuts` | list of [Cut](#cut) |" in document
    assert "| `reason` | string of [CutReason](#cutreason) |" in document
    assert "### Cut\n" in document
    assert "### CutReason\n" in document
