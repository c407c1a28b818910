"""The search page: an exact name opens its record, everything else is grouped."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, lab_view
from labbook.models import SearchRow
from labbook.search.find import page_of
from labbook.search.tokens import LONGEST_QUERY, Token, quoted, tokens_in
from samples.queries.sample_lines import SampleLine, record_address, row_address, sample_lines
from samples.queries.samples import Search, exact_hit, other_names
from samples.queries.samples import search as searched
from samples.queries.search_keys import GROUPS, MATERIAL_KINDS, SEARCH_KEYS
from samples.views.chips import chips_of

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The newest hits of one sort of record, and where all of them are."""

    title: str
    lines: list[SampleLine]
    rows: list[tuple[SearchRow, str]]
    all_address: str


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def search(request: LabRequest) -> HttpResponse:
    """Open the record of this exact name, or show what a query finds in groups."""
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    tokens = tokens_in(text)
    if tokens and not any(token.key for token in tokens):
        hit = exact_hit(text, request.lab, request.user)
        if hit is not None:
            return redirect(record_address(hit.kind, hit.code))
    asked = searched({"q": [text]}, request.lab, request.user)
    groups = groups_of(asked, text) if asked.query.terms else []
    return render(
        request,
        "samples/search.html",
        {
            "text": text,
            "groups": groups,
            "near": [] if groups else near_hits(request, tokens),
            "chips": chips_of(request, asked.query, asked.facets),
            "problems": asked.query.problems,
            "notices": asked.query.notices,
            "keys": SEARCH_KEYS.values(),
        },
    )


def near_hits(request: LabRequest, tokens: list[Token]) -> list[Group]:
    """Return what begins like a single word that nothing has: without its last letter, then without its last part."""
    if len(tokens) != 1 or tokens[0].key or tokens[0].is_negated:
        return []
    word = tokens[0].values[0]
    shorter = (word[:-1], word.rpartition("-")[0], word.rpartition("-")[0].rpartition("-")[0])
    for text in dict.fromkeys(one for one in shorter if len(one) >= 2):
        groups = groups_of(searched({"q": [quoted(text)]}, request.lab, request.user), text)
        if groups:
            return groups
    return []


def groups_of(asked: Search, text: str) -> list[Group]:
    """Return the newest hits of each sort of record that has any."""
    groups = []
    for title, kinds, list_name in GROUPS:
        page = page_of(asked.of_kinds(kinds), size=MOST_SHOWN, is_counted=False)
        if not page.rows:
            continue
        more = all_address(asked, text, kinds, list_name) if page.before else ""
        samples = [row for row in page.rows if row.record_type == "sample"]
        others = [(row, row_address(row)) for row in page.rows if row.record_type != "sample"]
        lines = sample_lines(samples, other_names(samples)) if samples else []
        groups.append(Group(title, lines, others, more))
    return groups


def all_address(asked: Search, text: str, kinds: tuple[str, ...], list_name: str) -> str:
    """Return the address of the list with all hits of a group; the syntheses' own list reads words only."""
    if list_name == "synthesis_list":
        has_keys = any(term.key or term.is_negated for term in asked.query.terms)
        return "" if has_keys or not address_of(list_name) else f"{address_of(list_name)}?{urlencode({'q': text})}"
    is_whole_list = set(kinds) <= set(MATERIAL_KINDS) or list_name != "sample_list"
    narrowing = [] if is_whole_list else [("kind", kind) for kind in kinds]
    return f"{reverse(list_name)}?{urlencode([('q', text), *narrowing])}"
