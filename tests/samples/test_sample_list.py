"""The samples list and the search page: one filter, newest first, capped counts, nothing of others shown."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from labbook.roles import Role
from labbook.search import find
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import LabelRequest, Move, Place, Sample, SampleSize, SampleStatus, Synthesis
from samples.queries.samples import found_samples, search
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.indexing import index_sample, index_synthesis
from samples.services.moves import move_samples
from samples.services.names import give_alias
from samples.services.sizes import assign_size
from tests.making import make_person

NOW = timezone.now()
Maker = Callable[..., Sample]


@pytest.fixture
def synthesis(lab: Lab) -> Synthesis:
    one = Synthesis.objects.create(
        lab=lab, code="NC-024", tag="AAAAAA", injection_temperature_c=Decimal(165), growth_s=Decimal(9)
    )
    index_synthesis(one)
    return one


@pytest.fixture
def make(lab: Lab) -> Maker:
    """Return what makes a sample of a kind and a code, made some days ago."""

    def made(
        code: str,
        kind: SampleKind = SampleKind.FRACTION,
        *,
        days: float = 1,
        by: str = "LM",
        synthesis: Synthesis | None = None,
        fraction: Sample | None = None,
        sources: tuple[Sample, ...] = (),
        project: Project | None = None,
        details: dict[str, dict[str, str]] | None = None,
    ) -> Sample:
        with journal_of(lab, by=None) as journal:
            process = make_process(
                journal, kind=ProcessKind.DISPENSING if fraction or sources else ProcessKind.RECEIVED,
                at=NOW - timedelta(days=days), operator=by, synthesis=synthesis, project=project,
            )  # fmt: skip
            for source in sources:
                use(journal, process=process, sample=source, amount=Decimal(1))
            one = Made(
                kind=kind, code=code, unit=Unit.UL, amount=Decimal(100), fraction=fraction, details=details or {}
            )
            return make_sample(journal, process=process, made=one)

    return made


def place(lab: Lab, title: str, kind: str, parent: Place | None = None) -> Place:
    return Place.objects.create(lab=lab, title=title, kind=kind, parent=parent)


def moved(lab: Lab, sample: Sample, to: Place, *, days: float) -> None:
    """Put a sample into a place some days ago."""
    with journal_of(lab, by=None) as journal:
        move_samples(journal, samples=[sample], place=to, at=NOW - timedelta(days=days), by="LM")


def sized(lab: Lab, sample: Sample, nanometers: str) -> None:
    with journal_of(lab, by=None) as journal:
        assign_size(journal, sample=sample, edge_length_nm=Decimal(nanometers), at=NOW, by="AV")


def found(text: str, lab: Lab, user: User, **facets: list[str]) -> list[str]:
    """Return the codes that a query finds on the samples list, in order."""
    return [row.code for row in find.page_of(found_samples(search({"q": [text], **facets}, lab, user))).rows]


def test_nine_nanometers_injected_at_160_to_170_in_the_freezer_for_60_days(
    lab: Lab, member: User, synthesis: Synthesis, make: Maker
) -> None:
    freezer, fridge = place(lab, "Freezer 1", "freezer"), place(lab, "Fridge 2", "fridge")
    box = place(lab, "Box 7", "box", freezer)
    fraction = make("NC-024-F2", days=100, synthesis=synthesis)
    old = make("NC-024-F2-a", SampleKind.VIAL, days=99, synthesis=synthesis, fraction=fraction)
    new = make("NC-024-F2-b", SampleKind.VIAL, days=99, synthesis=synthesis, fraction=fraction)
    sized(lab, fraction, "9")
    moved(lab, old, fridge, days=98)
    moved(lab, new, box, days=30)
    line = "size:9 injT:160..170 in:freezer stored:>60d"

    assert found(line, lab, member) == []  # in the fridge for long, in the freezer for short

    moved(lab, old, box, days=70)

    assert found(line, lab, member) == ["NC-024-F2-a", "NC-024-F2"]
    facets = {"size": ["9"], "injT_from": ["160"], "injT_to": ["170"], "in": ["freezer"], "stored": [">60d"]}
    assert found("", lab, member, **facets) == ["NC-024-F2-a", "NC-024-F2"]


def test_each_key_narrows(lab: Lab, member: User, synthesis: Synthesis, make: Maker) -> None:
    film = make("NC-024-F1-FL1", SampleKind.FILM, days=2, by="AV")
    vial = make("NC-024-F1-a", SampleKind.VIAL, days=40)
    fraction = make("NC-024-F1", synthesis=synthesis)
    sized(lab, vial, "7")
    Sample.objects.filter(pk=vial.pk).update(status=SampleStatus.EMPTY)
    vial.refresh_from_db()
    index_sample(vial)

    assert found("", lab, member) == [fraction.code, vial.code, film.code]
    assert found("kind:film,vial", lab, member) == [vial.code, film.code]
    assert found("by:av", lab, member) == [film.code]
    assert found("status:empty", lab, member) == [vial.code]
    assert found("-status:empty kind:film,vial", lab, member) == [film.code]
    assert found("age:>30d", lab, member) == [vial.code]
    assert found(f"made:{NOW - timedelta(days=2):%Y-%m-%d}", lab, member)[-1:] == [film.code]
    assert found("injT:438..439K", lab, member) == [fraction.code]
    assert found("growth:<10s", lab, member) == [fraction.code]
    assert found("size:assigned", lab, member) == [vial.code]
    assert found("has:size", lab, member) == [vial.code]
    assert found("-has:size kind:vial", lab, member) == []
    assert found("nc-024-f1-", lab, member) == [vial.code, film.code]
    assert found("tech:TEM", lab, member) == []


def test_a_lot_finds_what_descends_from_its_bottles(lab: Lab, member: User, make: Maker) -> None:
    bottle = make("BT-101", SampleKind.BOTTLE, days=9, details={"bottle": {"short": "PbI2", "lot": "MKCR4471"}})
    crude = make("NC-024-C", SampleKind.CRUDE, days=8, sources=(bottle,))
    film = make("NC-024-F1-FL1", SampleKind.FILM, days=7, sources=(crude,))
    make("NC-030-F1-FL1", SampleKind.FILM)

    assert found("lot:mkcr4471", lab, member) == [film.code]
    assert found("lot:mkcr4471 kind:any", lab, member) == [film.code, crude.code, bottle.code]


def test_what_names_nothing_is_reported_and_the_rest_still_runs(lab: Lab, member: User, make: Maker) -> None:
    make("NC-024-F1")
    asked = search({"q": ["in:attic lot:none project:none colour:red NC"]}, lab, member)

    assert [row.code for row in found_samples(asked)] == ["NC-024-F1"]
    assert {problem.text for problem in asked.query.problems} == {"in:attic", "lot:none", "project:none", "colour:red"}


def test_hidden_projects_and_other_labs_are_not_found(
    lab: Lab, member: User, owner: User, stranger: User, make: Maker
) -> None:
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    secret.members.add(owner)
    make("NC-024-F1", project=secret, details={})
    bottle = make("BT-101", SampleKind.BOTTLE, project=secret, details={"bottle": {"short": "x", "lot": "L1"}})

    assert found("", lab, owner) == ["NC-024-F1"]
    assert found("project:secret", lab, owner) == ["NC-024-F1"]
    for person in (member, stranger):
        assert found("", lab, person) == []
        asked = search({"q": [f"lot:L1 project:secret {bottle.code}"]}, lab, person)
        assert len(asked.query.problems) == 2
        assert not asked.found.exists()


def test_pages_go_from_newest_to_oldest_and_counts_stop_at_a_thousand(
    lab: Lab, member: User, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [make(f"NC-{number:03d}-F1").code for number in range(5)]
    monkeypatch.setattr(find, "COUNTED", 4)
    rows = found_samples(search({}, lab, member))

    first = find.page_of(rows, size=3)
    second = find.page_of(rows, size=3, before=first.before)

    assert [row.code for row in (*first.rows, *second.rows)] == codes[::-1]
    assert (first.said_total, second.before) == ("more than 4", None)


@pytest.mark.parametrize("narrow", [0, 5_000])
def test_walking_and_looking_up_find_the_same(
    lab: Lab, member: User, synthesis: Synthesis, make: Maker, monkeypatch: pytest.MonkeyPatch, narrow: int
) -> None:
    monkeypatch.setattr(find, "NARROW", narrow)
    make("NC-024-F1", synthesis=synthesis)
    make("NC-024-F2", synthesis=synthesis)
    make("NC-030-F1")

    assert found("injT:160..170 NC-024 by:LM", lab, member) == ["NC-024-F2", "NC-024-F1"]


def test_a_list_of_many_asks_the_database_no_more_often_than_a_list_of_three(
    client: Client, lab: Lab, member: User, make: Maker
) -> None:
    client.force_login(member)
    client.get("/samples/")  # what Django looks up once per process
    counts = []
    for numbers in (range(3), range(3, 55)):
        for number in numbers:
            sized(lab, make(f"NC-{number:03d}-F1"), "9")
        with CaptureQueriesContext(connection) as asked:
            client.get("/samples/?size=9")
        counts.append(len(asked))

    # A full page asks once more: how many there are in all.
    assert counts[1] <= counts[0] + 1 <= 12, "\n".join(one["sql"][:150] for one in asked.captured_queries)


def test_a_row_links_to_its_sample_and_says_where_its_size_is_from(
    client: Client, lab: Lab, member: User, make: Maker
) -> None:
    fraction = make("NC-024-F2", days=3)
    make("NC-024-F2-a", SampleKind.VIAL, fraction=fraction)
    sized(lab, fraction, "9")
    make("NC-025-F1")
    client.force_login(member)

    page = client.get("/samples/").content.decode()

    assert 'href="/s/NC-024-F2-a' in page
    assert 'assigned<span class="aloud">, on the fraction</span>' in page
    assert "not measured" in page


def test_an_exact_name_opens_its_record(
    client: Client, lab: Lab, member: User, synthesis: Synthesis, make: Maker
) -> None:
    fraction = make("NC-024-F2")
    with journal_of(lab, by=None) as journal:
        give_alias(journal, sample=fraction, text="Old sample 7")
    client.force_login(member)

    for text in ("nc 024 f2", "NC-024-F2", fraction.tag.lower(), "old sample 7"):
        assert client.get("/search", {"q": text})["Location"].rstrip("/") == "/s/NC-024-F2", text


def test_a_search_groups_its_hits_and_keeps_what_was_typed_as_text(
    client: Client, lab: Lab, member: User, synthesis: Synthesis, make: Maker
) -> None:
    make("NC-024-F2", synthesis=synthesis)
    client.force_login(member)

    page = client.get("/search", {"q": "NC-02 <script>:1 colour:red"}).content.decode()

    assert "Syntheses" not in page  # <script>:1 is a word that nothing has
    page = client.get("/search", {"q": "NC-02 colour:<b>"}).content.decode()
    assert "Syntheses" in page
    assert "Fractions, vials and specimens" in page
    assert "There is no key" in page
    assert "colour:&lt;b&gt;" in page


def test_a_group_with_more_hits_than_shown_leads_to_all_of_them(
    client: Client, lab: Lab, member: User, make: Maker
) -> None:
    for number in range(11):
        make(f"NC-{number:03d}-C", SampleKind.CRUDE)
    client.force_login(member)

    page = client.get("/search", {"q": "NC-0"}).content.decode()
    every = "/samples/?q=NC-0&kind=crude&kind=supernatant"

    assert every.replace("&", "&amp;") in page
    assert client.get(every).content.decode().count("data-row") == 11


def test_a_code_that_does_not_exist_leads_to_the_nearest(client: Client, member: User, make: Maker) -> None:
    make("NC-024-F2")
    client.force_login(member)

    page = client.get("/search", {"q": "NC-024-F9"}).content.decode()

    assert "Nothing is called <b>NC-024-F9</b>" in page
    assert 'href="/s/NC-024-F2' in page


def test_a_hit_by_another_name_shows_that_name(client: Client, lab: Lab, member: User, make: Maker) -> None:
    for code in ("NC-024-F2", "NC-024-F3"):
        fraction = make(code)
        with journal_of(lab, by=None) as journal:
            give_alias(journal, sample=fraction, text=f"Legacy {code[-1]}")
    client.force_login(member)

    page = client.get("/search", {"q": "legacy"}).content.decode()

    assert "also Legacy 2" in page
    assert "also Legacy 3" in page


@pytest.mark.parametrize("query", ["before=99999999999999999999", "before=x", "kind=cat&in=nowhere", "size=1e999999"])
def test_nonsense_in_the_address_is_a_page_all_the_same(client: Client, member: User, query: str) -> None:
    client.force_login(member)

    assert client.get(f"/samples/?{query}").status_code == 200


def test_a_selection_is_put_into_the_label_queue_once(
    client: Client, lab: Lab, other_lab: Lab, member: User, make: Maker
) -> None:
    make("NC-024-F1")
    client.force_login(member)

    for _ in range(2):
        said = client.post("/samples/selection", {"do": "labels", "chosen": ["NC-024-F1"], "query": "kind=fraction"})
        assert said["Location"] == "/samples/?kind=fraction"

    assert LabelRequest.objects.count() == 1


def test_a_selection_becomes_new_specimens(client: Client, member: User, make: Maker) -> None:
    make("NC-024-F1")
    client.force_login(member)

    said = client.post("/samples/selection", {"do": "specimens", "chosen": ["NC-024-F1"]})

    assert said["Location"].endswith("/specimens/new/?from=NC-024-F1")


def test_a_guest_reads_the_list_and_cannot_act_on_it(client: Client, lab: Lab, make: Maker) -> None:
    make("NC-024-F1")
    client.force_login(make_person(lab, "GG", Role.GUEST))

    assert "NC-024-F1" in client.get("/samples/").content.decode()
    assert client.post("/samples/selection", {"do": "labels", "chosen": ["NC-024-F1"]}).status_code == 403


def test_a_measured_size_is_not_displaced_by_an_assigned_one(lab: Lab, make: Maker) -> None:
    from labbook.errors import Refusal

    fraction = make("NC-024-F1")
    SampleSize.objects.create(sample=fraction, origin="measured", edge_length_nm=Decimal("9.1"), at=NOW)

    with pytest.raises(Refusal, match="measured by TEM"):
        sized(lab, fraction, "7")

    assert SampleSize.objects.filter(is_in_force=True).get().edge_length_nm == Decimal("9.1")
    assert not Move.objects.exists()
