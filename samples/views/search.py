"""The search page: an exact name opens its record, everything else is grouped."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from labbook.context import address_of
from labbook.http import LabRequest, lab_view
from labbook.models import SearchRow
from labbook.search.find import page_of
from labbook.search.tokens import LONGEST_QUERY, tokens_in
from samples.queries.sample_lines import SampleLine, record_address, sample_lines
from samples.queries.samples import Search, exact_hit, other_names
from samples.queries.samples import search as searched
from samples.queries.search_keys import GROUPS, SEARCH_KEYS
from samples.views.chips import chips_of

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The newest hits of one sort of record, and where all of them are."""

    title: str
    lines: list[SampleLine]
    rows: list[tuple[SearchRow, str]]
    all_address: str


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
    is_empty = not asked.query.terms
    groups = [] if is_empty else groups_of(asked, text)
    names = other_names([line.row for group in groups for line in group.lines])
    return render(
        request,
        "samples/search.html",
        {
            "text": text,
            "groups": groups,
            "names": names,
            "chips": chips_of(request, asked.query, asked.facets),
            "problems": asked.query.problems,
            "notices": asked.query.notices,
            "keys": SEARCH_KEYS.values(),
        },
    )


def groups_of(asked: Search, text: str) -> list[Group]:
    """Return the newest hits of each sort of record that has any."""
    groups = []
    for title, kinds, list_name in GROUPS:
        page = page_of(asked.of_kinds(kinds), size=MOST_SHOWN, is_counted=False)
        if not page.rows:
            continue
        more = f"{address_of(list_name) or reverse('sample_list')}?{urlencode({'q': text})}" if page.before else ""
        samples = [row for row in page.rows if row.record_type == "sample"]
        others = [(row, record_address(row.kind, row.code)) for row in page.rows if row.record_type != "sample"]
        groups.append(Group(title, sample_lines(samples) if samples else [], others, more))
    return groups
