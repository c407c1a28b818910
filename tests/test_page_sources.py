"""Templates, styles and scripts keep to the policy that browsers enforce: our own files only, nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted(path for folder in ROOT.glob("**/templates") if ".venv" not in folder.parts
                   for path in folder.rglob("*.*") if "node_modules" not in path.parts)  # fmt: skip
STATIC = sorted(
    path
    for floor in ("labbook", "samples", "measurements", "analysis")
    for path in (ROOT / floor).glob("static/**/*")
    if path.suffix in {".css", ".js", ".svg"}
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
# Addresses of standards and links that a person follows; nothing is loaded from them.
NAMESPACES = ("http://www.w3.org/",)
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
LOADED = re.compile(r"(?:src|href|action|url\(|import|from|fetch\()\s*[=(]?\s*[\"']?((?:https?:)?//[^\s\"')]+)")


def text_of(path: Path) -> str:
    """Return a file without its comments."""
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_contains(what: str) -> None:
    found = [path.relative_to(ROOT).as_posix() for path in TEMPLATES if FORBIDDEN[what].search(text_of(path))]

    assert TEMPLATES
    assert not found, "\n".join(found)


def test_nothing_is_loaded_from_another_host() -> None:
    foreign = [
        f"{path.relative_to(ROOT)}: {address}"
        for path in [*TEMPLATES, *STATIC]
        for address in LOADED.findall(text_of(path))
        if not address.startswith(NAMESPACES)
    ]

    assert not foreign, "\n".join(foreign)


def test_every_template_opens_with_a_comment_that_states_its_inputs() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES
        if path.suffix == ".html" and not path.read_text().startswith(("{#", "{% comment %}"))
    ]

    assert not silent, "\n".join(silent)
