"""Turns typed text and facets into one query; what is not understood is reported and the rest still runs."""

from collections.abc import Iterable, Mapping

from labbook.quantities import QuantityError
from labbook.quantities.errors import echo
from labbook.search.keys import Clock, Interval, Problem, Query, Reader, SearchKey, Term
from labbook.search.ranges import day_interval, duration_interval, number_interval
from labbook.search.tokens import Token, keyed_token, quoted, tokens_in

READERS: dict[str, Reader] = {"number": number_interval, "duration": duration_interval, "day": day_interval}
# The end of a range that a form sends in two boxes: `injT_from`, `injT_to`.
FROM, TO = "_from", "_to"
WORD_KEY = SearchKey("", "Word", "word", "NC-024")


def parse(text: str, keys: Mapping[str, SearchKey], clock: Clock) -> Query:
    """Return the query a person typed; `keys` are the table's keys by lower-case name."""
    return query_of(tokens_in(text), keys, clock)


def parse_all(
    text: str, facets: Mapping[str, list[str]], keys: Mapping[str, SearchKey], clock: Clock
) -> tuple[Query, Query]:
    """Return the query that a box and its facets mean together, and the facets' part of it alone."""
    chosen = query_of(facet_tokens(facets, keys), keys, clock)
    typed = parse(text, keys, clock)
    together = Query(
        (*typed.terms, *chosen.terms), (*typed.problems, *chosen.problems), (*typed.notices, *chosen.notices)
    )
    return together, chosen


def facet_tokens(facets: Mapping[str, list[str]], keys: Mapping[str, SearchKey]) -> list[Token]:
    """Return the tokens that facets mean: several values, or a range in two boxes."""
    tokens = []
    for key in keys.values():
        values = [value for value in facets.get(key.name, []) if value.strip()]
        low, high = ("".join(facets.get(key.name + end, [])[-1:]).strip() for end in (FROM, TO))
        if low or high:
            values.append(f"{low}..{high}")
        if values:
            tokens.append(keyed_token(key.name, values))
    return tokens


def query_of(tokens: Iterable[Token], keys: Mapping[str, SearchKey], clock: Clock) -> Query:
    """Return what tokens mean together."""
    terms: list[Term] = []
    problems: list[Problem] = []
    notices: dict[str, None] = {}
    for token in tokens:
        if not token.key and not any(token.values):
            continue
        key = keys.get(token.key.lower()) if token.key else WORD_KEY
        if key is None:
            problems.append(Problem(token.text, f"There is no key “{echo(token.key)}:”."))
            continue
        try:
            terms.append(term_of(token, key, clock))
        except QuantityError as error:
            problems.append(Problem(token.text, str(error)))
        if key.nothing:
            notices.setdefault(key.nothing)
    return Query(tuple(terms), tuple(problems), tuple(notices))


def term_of(token: Token, key: SearchKey, clock: Clock) -> Term:
    """Return what one token means; raises QuantityError with a sentence for the person."""
    if not token.values or not any(token.values):
        raise QuantityError(f"Write a value after “{token.key}:”, like {key.name}:{key.example}.")
    words: list[str] = []
    intervals: list[Interval] = []
    told: list[str] = []
    for value in token.values:
        if key.reads in READERS and value.lower() not in key.words:
            interval, said = READERS[key.reads](value, key, clock)
            intervals.append(interval)
        elif key.reads == "choice":
            said = value
            words.extend(_chosen(value, key))
        else:
            said = value.lower() if key.words else value
            words.append(said)
        told.append(said)
    return Term(
        key=key.name,
        text=_canonical(token, key),
        said=_said(token, key, told),
        words=tuple(dict.fromkeys(words)),
        intervals=tuple(intervals),
        is_negated=token.is_negated,
    )


def _chosen(value: str, key: SearchKey) -> tuple[str, ...]:
    found = key.choices.get(value.lower())
    if found is None:
        known = ", ".join(list(key.choices)[:8])
        raise QuantityError(f"“{echo(value)}” is no {key.label.lower()}. Known: {known}.")
    return found


def _said(token: Token, key: SearchKey, told: list[str]) -> str:
    label = f"{key.label}: " if token.key else ""
    return f"{'not ' if token.is_negated else ''}{label}{' or '.join(told)}"


def _canonical(token: Token, key: SearchKey) -> str:
    minus = "-" if token.is_negated else ""
    values = ",".join(quoted(value) for value in token.values)
    return f"{minus}{key.name}:{values}" if token.key else f"{minus}{values}"
