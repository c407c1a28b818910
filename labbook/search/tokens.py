"""Splits what was typed into tokens: free words, and `key:value` with lists, quotes and a minus."""

import re
from dataclasses import dataclass

LONGEST_QUERY = 400
MOST_TOKENS = 30
_QUOTED = r'"[^"]*"?'
_BARE = r'[^\s"]'
_TOKEN = re.compile(rf"(?:{_QUOTED}|{_BARE})+")
_KEYED = re.compile(r"(?P<minus>[-−!]?)(?P<key>[A-Za-z]+):(?P<values>.*)", re.DOTALL)
_VALUE = re.compile(rf'(?:{_QUOTED}|[^,"])+')


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it was typed; a free word has no key and one value."""

    text: str
    key: str
    values: tuple[str, ...]
    is_negated: bool = False


def tokens_in(text: str) -> list[Token]:
    """Return the tokens of a query; what is too long to be one is cut."""
    return [_token(found[0]) for found in _TOKEN.finditer(text[:LONGEST_QUERY])][:MOST_TOKENS]


def keyed_token(key: str, values: list[str]) -> Token:
    """Return the token that a facet means: `kind` with two values is `kind:film,fraction`."""
    kept = tuple(part for value in values for part in _parts(value[:LONGEST_QUERY]))
    return Token(f"{key}:{','.join(quoted(value) for value in kept)}", key, kept)


def quoted(value: str) -> str:
    """Return a value as it must be typed: in quotes when it holds a space or a comma."""
    return f'"{value}"' if re.search(r"[\s,]", value) else value


def _token(text: str) -> Token:
    keyed = _KEYED.fullmatch(text)
    if keyed is None:
        is_negated = len(text) > 1 and text[0] in "-−!"
        return Token(text, "", (_bare(text[1:] if is_negated else text),), is_negated)
    return Token(text, keyed["key"], _parts(keyed["values"]), bool(keyed["minus"]))


def _parts(values: str) -> tuple[str, ...]:
    """Return the values of a list that commas part, without their quotes."""
    parts = (_bare(found[0]) for found in _VALUE.finditer(values))
    return tuple(part for part in parts if part)


def _bare(value: str) -> str:
    return value.replace('"', "").strip()
