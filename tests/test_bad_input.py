"""Throws nonsense at every form and every address: a clear answer, nothing half-changed, nothing leaked, no crash."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import SimpleCookie
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from labbook.journal import journal_of
from labbook.models import HistoryHead
from samples.models import Synthesis
from samples.queries.audit import violations_in
from samples.services.syntheses import start_synthesis
from tests.nonsense import ADDRESSES, DRAWN, NASTY, PARAMETERS, PARTS
from tests.page_forms import PageForm, forms_of
from tests.samples.services.bench import batch, bottle, injected, planned
from tests.test_permissions_walk import WALKED, address_of, assert_says_nothing_of, session_of
from tests.walk_addresses import PAGES
from tests.walk_world import Records, World, make_world

# When thorough, every value is thrown into every field; else the values rotate through the pages and their fields,
# and the second database is given other values than the first.
IS_THOROUGH = os.environ.get("LABBOOK_THOROUGH") == "1"
# Each page is tried with every eighth value, its neighbor with the next ones.
SHARE = 8

# What the API takes is no form; its own walk is tests/labbook/api.
PAGES_WITH_FORMS = [one for one in WALKED if not one.startswith("api_")]
RAW = "<script>alert(1)"
OURS = ("labbook", "samples", "measurements", "analysis")


@dataclass
class Bench:
    """The world, and a client signed in as an owner who sees neither the hidden project nor the other lab."""

    world: World
    client: Client
    running: Synthesis
    session: str
    # How everything is before a try; each is undone.
    state: tuple[int, ...]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    """Build the world and sign the owner in once, with a synthesis that is just being precipitated."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        lab, by = world.own.lab, world.people["member"]
        for short in ("hexane", "MeOAc"):
            bottle(lab, by, short)
        running = planned(lab, by, cs=batch(lab, by, "CS-901", "10680"), pb=batch(lab, by, "PB-901", "14940"))
        with journal_of(lab, by=by) as journal:
            start_synthesis(journal, synthesis=running)
        injected(lab, by, running)
        client, session = Client(raise_request_exception=False), session_of(world.people["owner"])
        yield Bench(world, client, running, session, state())
        transaction.set_rollback(True)


@pytest.fixture
def bench(built: Bench, db: None) -> Bench:
    """Give one walk the bench as it was built, the owner just signed in."""
    built.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: built.session})
    return built


def pages_of(bench: Bench, name: str) -> list[str]:
    """Return the addresses at which a page is tried: on the walk's records, and on the running synthesis."""
    page, own = PAGES[name], bench.world.own
    found = [address_of(name, page, own)]
    if own.synthesis.code in found[0] and "/syntheses/" in found[0]:
        found.append(found[0].replace(own.synthesis.code, bench.running.code))
    if name in ("specimen_new", "samples_pool", "samples_move"):
        found.append(f"{found[0]}?from={own.vial.code}&from={own.fraction.code}")
    return found


def state() -> tuple[int, ...]:
    """Return how many rows every table of ours has, and how long every lab's history is."""
    models = [one for app in OURS for one in apps.get_app_config(app).get_models()]
    counts = " UNION ALL ".join(f"SELECT {n}, COUNT(*) FROM {one._meta.db_table}" for n, one in enumerate(models))
    heads = f"SELECT 999, COALESCE(SUM(length), 0) FROM {HistoryHead._meta.db_table}"
    with connection.cursor() as cursor:
        cursor.execute(f"{counts} UNION ALL {heads} ORDER BY 1")
        return tuple(int(row[1]) for row in cursor.fetchall())


@contextmanager
def written() -> Iterator[list[str]]:
    """Yield a list that every statement joins which may change a row."""
    told: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            told.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield told


def body_of(answer: HttpResponseBase) -> str:
    """Read an answer to its end; one that is sent piece by piece closes its file then."""
    streamed = getattr(answer, "streaming_content", None)
    return (b"".join(streamed) if streamed is not None else getattr(answer, "content", b"")).decode(errors="replace")


def problem_of(answer: HttpResponseBase) -> str:
    """Return what is wrong with an answer as such, or nothing."""
    if answer.status_code >= 500:
        info = getattr(answer, "exc_info", None)
        return f"{answer.status_code} {info[0].__name__}: {str(info[1])[:160]}" if info else str(answer.status_code)
    body = body_of(answer)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return "the text came back unescaped" if is_page and RAW in body else ""


def tried(bench: Bench, form: PageForm, fields: dict[str, list[str]]) -> str:
    """Post fields, undo what came of it, and return what is wrong with the answer."""
    with transaction.atomic():
        with written() as statements:
            answer = bench.client.post(form.action, fields)
        try:
            is_changed = bool(statements) and answer.status_code < 500 and state() != bench.state
            if answer.status_code < 400 and is_changed:
                broken = violations_in(bench.world.own.lab)
                if broken:
                    return f"{answer.status_code} and the graph is broken: {broken[0]}"
        finally:
            transaction.set_rollback(True)
    if answer.status_code >= 400 and is_changed:
        return f"{answer.status_code} but something was written"
    return problem_of(answer)


def turn(name: str) -> int:
    """Return the place of a page in the walk, from which its share of the values follows."""
    return WALKED.index(name) + (SHARE // 2 if is_second() else 0)


def is_second() -> bool:
    """Say whether this is the database that the tests run on besides SQLite."""
    return connection.vendor != "sqlite"


def is_tried(step: int, share: int) -> bool:
    """Say whether a step of the walk is taken: one of so many, and half of those on the second database."""
    return IS_THOROUGH or step % (2 * share if is_second() else share) == 0


def posts_of(form: PageForm, at: int) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield what is sent to a form: nonsense in all fields at once, and in one field after the other."""
    sent = {name: values[:] for name, values in form.fields.items() if name != "idempotency_key"}
    yield "nothing at all", {}
    for step, (told, value) in enumerate(NASTY.items()):
        if is_tried(step + at, SHARE):
            yield f"{told} everywhere", {name: [value] for name in sent}
    for index, name in enumerate(sent):
        if not is_tried(index + at, 1):
            continue
        for step, (told, value) in enumerate(NASTY.items()):
            if IS_THOROUGH or (step + index + at) % len(NASTY) == 0:
                yield f"{told} in {name}", {**sent, name: [value]}


@pytest.mark.parametrize("name", PAGES_WITH_FORMS)
def test_no_form_crashes_writes_half_or_gives_a_script_back(name: str, bench: Bench) -> None:
    wrong = []
    for address in pages_of(bench, name):
        answer = bench.client.get(address)
        for form in [*forms_of(body_of(answer)), PageForm(address, {"code": ["x"], "title": ["x"]})]:
            form.action = (form.action or address).partition("#")[0]
            if form.action.startswith(("/accounts/", "http")):
                continue
            to = resolve(form.action.partition("?")[0]).url_name
            for told, fields in posts_of(form, turn(name)):
                problem = tried(bench, form, fields)
                if problem:
                    wrong.append(f"{to}: {told}: {problem}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def queries_with(bench: Bench, name: str, value: str) -> Iterator[dict[str, str | int]]:
    """Yield a value as every parameter at once, around curves that are there, and when thorough as each one alone."""
    everywhere: dict[str, str | int] = dict.fromkeys((*PARAMETERS, "m", "c"), value)
    yield everywhere
    if name.startswith(DRAWN):
        measured = bench.world.own.measured
        yield {**everywhere, "m": measured.measurement.pk, "c": measured.curve.pk}
    for one in everywhere if IS_THOROUGH else ():
        yield {one: value}


@pytest.mark.parametrize("name", WALKED)
def test_no_address_crashes_on_its_parameters(name: str, bench: Bench) -> None:
    wrong = []
    for address in pages_of(bench, name):
        for step, (told, value) in enumerate(NASTY.items()):
            if not is_tried(step + turn(name), SHARE):
                continue
            for query in queries_with(bench, name, value):
                with transaction.atomic():
                    problem = problem_of(bench.client.get(address.partition("?")[0], query))
                    transaction.set_rollback(True)
                if problem:
                    wrong.append(f"{name}: {told} in {', '.join(list(query)[:2])}: {problem}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_an_address_that_names_nonsense_is_not_found(pattern: str, bench: Bench) -> None:
    wrong = []
    for part in PARTS:
        for method in ("get", "post"):
            with transaction.atomic():
                answer = getattr(bench.client, method)(pattern.format(part))
                transaction.set_rollback(True)
            problem = problem_of(answer)
            if problem or answer.status_code not in (302, 400, 404, 405, 410):
                wrong.append(f"{method} {pattern} with {part[:20]}: {answer.status_code} {problem}")
    assert not wrong, "\n".join(wrong)


def secrets_of(bench: Bench) -> list[str]:
    """Return every name and number by which a hidden or a foreign record could be asked for."""
    found = []
    for side in (bench.world.hidden, bench.world.foreign):
        samples = (side.bottle, side.precursor, side.fraction, side.vial, side.film, side.cuvette, side.load)
        found += [one.code for one in samples] + [one.tag for one in samples] + [str(one.pk) for one in samples]
        found += [side.synthesis.code, side.synthesis.tag, str(side.synthesis.pk)]
        measured = side.measured
        named = (measured.measurement, measured.blank, measured.series, measured.rung, measured.session, measured.curve)
        found += [str(one.pk) for one in (*named, measured.file_name, measured.batch, side.line, side.receipt)]
        analysed = side.analysed
        found += [str(one.pk) for one in (analysed.fit, analysed.law, analysed.value)]
        found += [analysed.table.slug, analysed.figure.slug]
        if side.project:
            found += [str(side.project.pk), side.project.slug]
    foreign = bench.world.foreign
    shared = (foreign.place, foreign.equipment, foreign.recipe, foreign.recipe.versions.get(), foreign.membership,
              foreign.measured.instrument, foreign.measured.calibration)  # fmt: skip
    found += [*(str(one.pk) for one in shared), foreign.recipe.slug, str(foreign.membership.user_id)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("name", PAGES_WITH_FORMS)
def test_no_field_takes_or_tells_of_what_is_hidden(name: str, bench: Bench) -> None:
    world = bench.world
    unseen = [world.hidden, world.foreign]
    for address in pages_of(bench, name):
        answer = bench.client.get(address)
        for form in forms_of(body_of(answer)):
            form.action = (form.action or address).partition("#")[0]
            if form.action.startswith(("/accounts/", "http")):
                continue
            check_hidden(bench, form, unseen, turn(name))


def check_hidden(bench: Bench, form: PageForm, unseen: list[Records], at: int) -> None:
    """Send the names of hidden records in every field that could take one."""
    sent = {name: values for name, values in form.fields.items() if name != "idempotency_key"}
    for step, secret in enumerate(secrets_of(bench)):
        if not is_tried(step + at, 3):
            continue
        numeric = secret.isdigit()
        names = [
            one for one in sent if one not in ("version", "csrfmiddlewaretoken") and is_reference(form, one, numeric)
        ]
        # A form of nothing but a button has no field that could take it.
        for chosen in ([one] for one in names) if IS_THOROUGH else filter(None, [names]):
            with transaction.atomic():
                with written() as statements:
                    answer = bench.client.post(form.action, {**sent, **{one: [secret] for one in chosen}})
                is_kept = bool(statements) and answer.status_code < 400
                broken = violations_in(bench.world.own.lab) if is_kept else []
                transaction.set_rollback(True)
            # What the next page would have said is not said to the next try.
            bench.client.cookies.pop("messages", None)
            where = f"POST {form.action} with {secret} in {chosen}"
            assert not broken, f"{where}: {broken[0]}"
            assert_says_nothing_of(answer, unseen, where, f"/{secret}/")


def is_reference(form: PageForm, name: str, is_number: bool) -> bool:
    """Say whether a field may name a record: a choice by number, or a text by code."""
    has_choices = len(form.offered.get(name, [])) > 1
    return has_choices if is_number else True
