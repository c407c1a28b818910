"""The lab that the permission walk goes through: open, hidden and foreign records, and people of every kind."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from labbook.journal import Journal, journal_of
from labbook.models import Job, Lab, Membership, Project, User
from labbook.roles import Role
from labbook.services.codes import register_code, take_tag
from labbook.services.projects import start_project
from measurements.models import Batch, FileName, InboxRow, Receipt
from measurements.services.committing import commit_rows
from measurements.services.proposing import propose_for
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Equipment, Place, Process, ProcessStatus, Recipe, Sample, SpecimenDetail, Synthesis
from samples.recipes.reading import shipped_recipes
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.indexing import index_synthesis
from samples.services.recipes import add_recipe
from tests.making import make_lab, make_person
from tests.measurements.inboxes import Read, arrive, make_batch
from tests.walk_analysed import Analysed, make_analysed
from tests.walk_measured import Measured, make_measured


@dataclass
class Records:
    """One record of every sort, all on one side: open, hidden in a restricted project, or of another lab."""

    lab: Lab
    # A word in every title, and a number in every code, that nobody else may ever read.
    marker: str
    project: Project | None
    bottle: Sample
    precursor: Sample
    synthesis: Synthesis
    fraction: Sample
    vial: Sample
    film: Sample
    cuvette: Sample
    load: Sample
    process: Process
    place: Place
    equipment: Equipment
    recipe: Recipe
    membership: Membership
    batch: Batch
    line: InboxRow
    receipt: Receipt
    measured: Measured
    analysed: Analysed
    job: Job


@dataclass
class World:
    """Three sides and everybody who looks at them."""

    own: Records
    hidden: Records
    foreign: Records
    people: dict[str, User]


def make_world() -> World:
    """Build both labs, their people and their records."""
    lab, elsewhere = make_lab("Nanocrystals"), make_lab("Elsewhere")
    people = {role.label: make_person(lab, initials, role) for role, initials in ROLES}
    people["insider"] = make_person(lab, "IN", Role.MEMBER)
    people["stranger"] = make_person(elsewhere, "ST", Role.OWNER)
    people["former"] = make_person(lab, "FO", Role.OWNER)
    Membership.objects.filter(user=people["former"]).update(is_active=False)
    insider = people["insider"]
    secret = start_project(lab=lab, name="Quokka project", is_restricted=True, by=insider)
    open_project = start_project(lab=lab, name="Open project", is_restricted=False, by=people["member"])
    theirs = start_project(lab=elsewhere, name="Wombat project", is_restricted=False, by=people["stranger"])
    return World(
        own=make_records(lab, people["member"], open_project, "Numbat", 100),
        hidden=make_records(lab, insider, secret, "Quokka", 500),
        foreign=make_records(elsewhere, people["stranger"], theirs, "Wombat", 900),
        people=people,
    )


ROLES = ((Role.GUEST, "GU"), (Role.MEMBER, "ME"), (Role.MANAGER, "MA"), (Role.OWNER, "OW"))


def make_records(lab: Lab, by: User, project: Project, marker: str, number: int) -> Records:
    """Write one record of every sort into a project, through the services that people use."""
    at = timezone.now() - timedelta(days=3)
    with journal_of(lab, by=by, reason=f"{marker} reason") as journal:

        def made(kind: ProcessKind, code: str, what: SampleKind, *uses: Sample, unit: Unit = Unit.UL) -> Sample:
            process = make_process(journal, kind=kind, at=at, project=project, operator=by.name, look=f"{marker} look")
            for source in uses:
                use(journal, process=process, sample=source, amount=Decimal(1))
            amount = Decimal(1) if unit == Unit.PIECE else Decimal(100)
            details = DETAILS_OF.get(what, {})
            return make_sample(
                journal,
                process=process,
                made=Made(
                    kind=what, code=code, unit=unit, amount=amount, title=f"{marker} title", note=f"{marker} note",
                    details=details,
                ),
            )  # fmt: skip

        bottle = made(ProcessKind.RECEIVED, f"BT-{number}", SampleKind.BOTTLE)
        precursor = made(ProcessKind.PREPARATION, f"CS-{number}", SampleKind.PRECURSOR, bottle)
        synthesis = make_synthesis(lab, project, f"NC-{number}", marker)
        journal.created(synthesis, title=synthesis.title)
        planned = ProcessStatus.PLANNED
        make_process(journal, kind=ProcessKind.HOT_INJECTION, at=at, synthesis=synthesis, status=planned)
        fraction = made(ProcessKind.PRECIPITATION, f"NC-{number}-F1", SampleKind.FRACTION, precursor)
        vial = made(ProcessKind.DISPENSING, f"NC-{number}-F1-a", SampleKind.VIAL, fraction)
        film = made(ProcessKind.SPIN_COATING, f"NC-{number}-F1-FL1", SampleKind.FILM, vial, unit=Unit.PIECE)
        cuvette = made(ProcessKind.CUVETTE_FILLING, f"NC-{number}-F1-CV1", SampleKind.CUVETTE, vial, unit=Unit.PIECE)
        load = made(ProcessKind.CELL_LOADING, f"NC-{number}-F1-DAC1", SampleKind.LOAD, vial, unit=Unit.PIECE)
    # Places, equipment and recipes are the whole lab's; a restricted project has none of its own.
    shared = "Shared" if project.is_restricted else marker
    with journal_of(lab, by=by) as journal:
        place = Place.objects.create(lab=lab, title=f"{shared} fridge {number}", kind="fridge")
        equipment = Equipment.objects.create(lab=lab, title=f"{shared} flask {number}", kind="flask")
        recipe = make_recipe(journal, f"{shared.lower()}-{number}")
        cell = Equipment.objects.create(lab=lab, title=f"Cell {number}", kind="anvil_cell", held_by=load)
        SpecimenDetail.objects.filter(sample=load).update(cell=cell)
        for one in (place, equipment):
            journal.created(one, title=one.title)
        measured = make_measured(
            journal, lab=lab, project=project, load=load, marker=marker, shared=shared, number=number
        )
        analysed = make_analysed(journal, measured, marker=marker)
    membership = Membership.objects.get(lab=lab, user=by)
    receipt, line = make_inbox(lab, by, project, film, marker)
    told = {"title": f"{marker} job", "log": f"{marker} log", "error": f"{marker} error"}
    job = Job.objects.create(lab=lab, project=project, created_by=by, **told)
    return Records(
        lab=lab, marker=marker, project=project, bottle=bottle, precursor=precursor, synthesis=synthesis,
        fraction=fraction, vial=vial, film=film, cuvette=cuvette, load=load, process=film.origin, place=place,
        equipment=equipment, recipe=recipe, membership=membership, batch=receipt.batch, line=line,
        receipt=receipt, measured=measured, analysed=analysed, job=job,
    )  # fmt: skip


def make_inbox(lab: Lab, by: User, project: Project, film: Sample, marker: str) -> tuple[Receipt, InboxRow]:
    """Write a batch with a file that was assigned and one that waits; returns the receipt and the waiting line."""
    batch = make_batch(lab, by, title=f"{marker} batch", project=project)
    names = [arrive(batch, f"{marker}/{film.code}_PL_{number}.txt", Read(y_max=number)) for number in (1, 2)]
    FileName.objects.filter(batch=batch).update(project=project)
    propose_for(batch, names)
    first, second = InboxRow.objects.filter(batch=batch).order_by("pk")
    with journal_of(lab, by=by) as journal:
        return commit_rows(journal, batch, [first]), second


DETAILS_OF = {
    SampleKind.BOTTLE: {"bottle": {"chemical": "Cs2CO3", "short": "Cs2CO3"}},
    SampleKind.VIAL: {"vial": {"letter": "a"}},
    SampleKind.FILM: {"specimen": {"substrate": "glass"}},
    SampleKind.CUVETTE: {"specimen": {"substrate": "quartz"}},
    SampleKind.LOAD: {"specimen": {"substrate": "steel gasket"}},
}


def make_synthesis(lab: Lab, project: Project, code: str, marker: str) -> Synthesis:
    """Write a planned synthesis with its code."""
    tag = take_tag()
    title = f"{marker} title"
    synthesis = Synthesis.objects.create(lab=lab, project=project, code=code, tag=tag, title=title)
    register_code(record=synthesis, code=code, tag=tag, record_type="synthesis")
    index_synthesis(synthesis)
    return synthesis


def make_recipe(journal: Journal, slug: str) -> Recipe:
    """Write a recipe with one version."""
    injection = next(one for one in shipped_recipes() if one.kind == ProcessKind.HOT_INJECTION)
    content = replace(injection, slug=slug)
    return add_recipe(journal, content=content, reason="first").recipe
