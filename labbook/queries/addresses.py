"""The first words of the notebook's addresses: those outside any lab, and all of them."""

from typing import Any

from django.urls import URLResolver, get_resolver

# Addresses that belong to the installation, not to a lab.
GLOBAL_PREFIXES = ("accounts", "api", "static", "styles", "q", "Q", "sign-in", "me")


def first_words() -> set[str]:
    """Return the first part of every address of the notebook, in lower case; no lab may be called so."""
    return {word.lower() for word in GLOBAL_PREFIXES} | words_of(get_resolver().url_patterns)


def words_of(patterns: list[Any]) -> set[str]:
    """Return the first part of some patterns; a table included without a prefix adds its own."""
    words: set[str] = set()
    for one in patterns:
        word = str(one.pattern).lstrip("^").partition("/")[0].lower()
        if word:
            words.add(word)
        elif isinstance(one, URLResolver):
            words |= words_of(one.url_patterns)
    return words
