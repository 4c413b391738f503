"""JavaScript's own way to write values, as far as data needs it: keys without quotes, names, dates, calls.

Read with one pattern and a stack, so that neither depth nor length can exhaust anything.
"""

from __future__ import annotations

import json
import re

Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None

MAX_TOKENS = 400_000  # of one literal
MAX_DEPTH = 200
MAX_DIGITS = 16  # of a number; only those of headings' levels are ever asked for
_DOUBLE = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SINGLE = r"'[^'\\]*+(?:\\.[^'\\]*+)*+'"
_TOKEN = re.compile(
    rf"(?P<string>{_DOUBLE}|{_SINGLE}|`[^`\\]*+(?:\\.[^`\\]*+)*+`)"
    r"|(?P<mark>[{}\[\](),:])|(?P<name>[\w$.+!-]+)|\s+|.",
    re.S,
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": ""}
_STRING = re.compile(rf"{_DOUBLE}|{_SINGLE}", re.S)
_CALLED = re.compile(r"function\s*\(([\w$,\s]*)\)\s*\{\s*(?:return\s*)?$")
_ARGUMENTS = re.compile(r"\}\s*\)?\s*\(")
_CONSTANTS: dict[str, Value] = {"true": True, "false": False, "!0": True, "!1": False}


def read_string(text: str, at: int) -> tuple[str, int]:
    """The string literal that begins there, unescaped, and where it ends; "" and the next place if none does."""
    found = _STRING.match(text, at)
    if found is None:
        return "", at + 1
    return _unquoted(found.group()), found.end()


def read_literal(text: str, at: int) -> tuple[Value, int]:
    """The object or array literal that begins there, as far as it can be read, and where it ends.

    Names stand for the arguments of the function around, if it is called at once; other names, calls
    and operators are left out.
    """
    names = _arguments(text, at)
    root: list[Value] = []
    stack: list[dict[str, Value] | list[Value]] = [root]
    keys: list[str] = [""]
    end = at
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        end = token.end()
        kind, found = token.lastgroup, token.group()
        if kind == "mark":
            if found in "{[(":
                inner: dict[str, Value] | list[Value] = {} if found == "{" else []
                _put(stack[-1], keys, inner)
                stack.append(inner)
                keys.append("")
            elif found in "}])":
                stack.pop()
                keys.pop()
                if len(stack) == 1 or not stack:
                    break
            elif found == ",":
                keys[-1] = ""
        elif kind in ("string", "name"):
            _take(
                stack[-1],
                keys,
                _unquoted(found) if kind == "string" else found,
                names,
                is_name=kind == "name",
            )
        if count > MAX_TOKENS or len(stack) > MAX_DEPTH:
            break
    return (root[0] if root else None), end


def _take(
    holder: dict[str, Value] | list[Value],
    keys: list[str],
    text: str,
    names: dict[str, Value],
    *,
    is_name: bool,
) -> None:
    """A key where an object has none yet, else a value."""
    if isinstance(holder, dict) and not keys[-1]:
        keys[-1] = text
        return
    value = _meant(text, names) if is_name else text
    if value is not None:
        _put(holder, keys, value)


def _meant(name: str, names: dict[str, Value]) -> Value:
    return int(name) if name.isdigit() and len(name) < MAX_DIGITS else names.get(name, _CONSTANTS.get(name))


def _put(holder: dict[str, Value] | list[Value], keys: list[str], value: Value) -> None:
    if isinstance(holder, list):
        holder.append(value)
    elif keys[-1]:
        holder.setdefault(keys[-1], value)


def _arguments(text: str, at: int) -> dict[str, Value]:
    """What the parameters of a function around stand for: ``(function(a,b){return {...}}("x",1))``."""
    head = _CALLED.search(text, max(0, at - 20_000), at)
    start = max(text.rfind("}("), text.rfind("})("))
    if head is None or start < at:
        return {}
    called = _ARGUMENTS.match(text, start)
    if called is None:
        return {}
    parameters = [name.strip() for name in head.group(1).split(",")]
    values, _ = read_literal_list(text, called.end() - 1)
    return dict(zip(parameters, values, strict=False))


def read_literal_list(text: str, at: int) -> tuple[list[Value], int]:
    """The values between the brackets of a call, one for each comma; what cannot be read is None."""
    values: list[Value] = [None]
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        kind, found = token.lastgroup, token.group()
        if found in "({[" and kind == "mark":
            depth += 1
        elif found in ")}]" and kind == "mark":
            depth -= 1
            if depth == 0 or count > MAX_TOKENS:
                return values, token.end()
        elif depth == 1 and found == ",":
            values.append(None)
        elif depth == 1 and kind == "string":
            values[-1] = _unquoted(found)
        elif depth == 1 and kind == "name":
            values[-1] = _meant(found, {})
    return values, len(text)


def _unquoted(literal: str) -> str:
    inner = literal[1:-1]
    if "\\" not in inner:
        return inner
    if literal[0] == '"':
        try:
            return str(json.loads(literal, strict=False))
        except ValueError:
            pass
    plain = _ESCAPE.sub(_unescaped, inner)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _PLAIN.get(match[4], match[4])
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""
