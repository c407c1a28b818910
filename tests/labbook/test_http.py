"""A write is answered once per key, however often and however fast it is sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from labbook.errors import Refusal
from labbook.http import answer_once
from labbook.journal import journal_of
from labbook.models import Lab, Revision, SubmittedForm, User
from samples.models import Place

Post = Callable[..., HttpRequest]


@pytest.fixture
def post(rf: RequestFactory, member: User) -> Post:
    def make(**fields: str) -> HttpRequest:
        request = rf.post("/places/new", {"idempotency_key": "k1", **fields})
        request.user = member
        return request

    return make


def add_place(lab: Lab, title: str = "Bench") -> HttpResponse:
    with journal_of(lab, by=None) as journal:
        place = Place.objects.create(lab=lab, title=title, kind="bench")
        journal.created(place, title=title)
    return redirect(f"/places/{place.pk}")


def test_a_second_tap_gets_the_first_answer_and_writes_nothing(lab: Lab, post: Post) -> None:
    first = answer_once(post(title="Bench"), lambda: add_place(lab))
    second = answer_once(post(title="Bench", csrfmiddlewaretoken="fresh"), lambda: add_place(lab))

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert (Place.objects.count(), Revision.objects.count()) == (1, 1)


def test_the_same_key_with_other_values_is_refused(lab: Lab, post: Post) -> None:
    answer_once(post(title="Bench"), lambda: add_place(lab))

    answer = answer_once(post(title="Shelf"), lambda: add_place(lab, "Shelf"))

    assert answer.status_code == 422
    assert Place.objects.count() == 1


def test_a_refusal_leaves_the_key_free(lab: Lab, post: Post) -> None:
    def refuse() -> HttpResponse:
        add_place(lab)
        raise Refusal("No room.")

    with pytest.raises(Refusal):
        answer_once(post(title="Bench"), refuse)
    assert (Place.objects.count(), SubmittedForm.objects.count()) == (0, 0)

    assert answer_once(post(title="Bench"), lambda: add_place(lab)).status_code == 302


@pytest.mark.parametrize("status", [400, 409, 422])
def test_an_answer_that_says_no_undoes_what_was_written_and_leaves_the_key_free(
    lab: Lab, post: Post, status: int
) -> None:
    def half() -> HttpResponse:
        add_place(lab)
        return HttpResponse("No.", status=status)

    answer = answer_once(post(title="Bench"), half)

    assert answer.status_code == status
    assert (Place.objects.count(), Revision.objects.count(), SubmittedForm.objects.count()) == (0, 0, 0)


def test_a_form_shown_again_leaves_the_key_free_for_other_values(lab: Lab, post: Post) -> None:
    answer_once(post(title=""), lambda: HttpResponse("the form again"))

    assert answer_once(post(title="Bench"), lambda: add_place(lab)).status_code == 302


def test_the_header_serves_an_api_and_its_body_comes_back(lab: Lab, rf: RequestFactory, member: User) -> None:
    def send(body: str) -> HttpResponse:
        request = rf.post("/api/v1/places/", body, "application/json", headers={"Idempotency-Key": "k2"})
        request.user = member
        return answer_once(request, lambda: HttpResponse(b'{"id": 1}', status=201, content_type="application/json"))

    first, second, other = send('{"title": "A"}'), send('{"title": "A"}'), send('{"title": "B"}')

    assert (first.content, first["Content-Type"]) == (second.content, second["Content-Type"])
    assert (second.status_code, other.status_code) == (201, 422)


def test_a_key_is_its_owners_own(lab: Lab, post: Post, owner: User) -> None:
    answer_once(post(title="Bench"), lambda: add_place(lab))
    theirs = post(title="Shelf")
    theirs.user = owner

    assert answer_once(theirs, lambda: add_place(lab, "Shelf")).status_code == 302


def test_without_a_key_every_post_writes(lab: Lab, post: Post) -> None:
    answer_once(post(idempotency_key="", title="A"), lambda: add_place(lab, "A"))
    answer_once(post(idempotency_key="", title="A"), lambda: add_place(lab, "B"))

    assert Place.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_taps_at_once_write_once(lab: Lab, post: Post) -> None:
    def tap(_: int) -> str:
        try:
            return answer_once(post(title="Bench"), lambda: add_place(lab))["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(tap, range(8)))

    assert (len(answers), Place.objects.count()) == (1, 1)
