"""Every condition says where it comes from, and nothing is said twice."""

from decimal import Decimal

import pytest

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.services.versions import version_token
from measurements.models import InboxRow, Measurement
from measurements.queries.measurements_page import MeasurementPage, page_of_measurement
from measurements.services.committing import commit_rows
from measurements.services.measurements import edit_measurement
from measurements.services.proposing import propose_for
from tests.measurements.inboxes import Read, arrive, make_batch, make_instrument, make_samples
from tests.measurements.measuring import make_sample, measure

STATED = {"laser_nm": 405.0, "temperature_k": 100.0, "integration_time_s": 0.5, "operator": "GF", "pixels": 512}


@pytest.fixture
def assigned(lab: Lab, member: User) -> Measurement:
    """A measurement as the inbox makes it: some of its conditions from the file, some from the instrument."""
    make_samples(lab, member)
    instrument = make_instrument(lab)
    instrument.settings.create(key="excitation_wavelength_nm", number=Decimal(450))
    instrument.settings.create(key="atmosphere", text="vacuum")
    instrument.settings.create(key="stage", text="Linkam")
    batch = make_batch(lab, member, instrument=instrument)
    propose_for(batch, [arrive(batch, "NC-024-F2-FL1_PL_100K_spot 2.txt", Read(settings=STATED))])
    with journal_of(lab, by=member) as journal:
        commit_rows(journal, batch, list(InboxRow.objects.filter(batch=batch)))
    return Measurement.objects.get()


def page_of(one: Measurement, user: User) -> MeasurementPage:
    return page_of_measurement(Measurement.objects.select_related("lab", "instrument").get(pk=one.pk), user)


def origins(page: MeasurementPage) -> dict[str, str]:
    return {one.label: one.origin for one in page.conditions}


def test_what_the_inbox_copied_is_told_by_its_source(assigned: Measurement, member: User) -> None:
    page = page_of(assigned, member)

    assert origins(page) == {
        "Temperature": "the file",
        "Age": "counted from its making",
        "Excitation": "the file",
        "Atmosphere": "the instrument's usual settings",
        "Spot": "the match table",
        "Stage": "the instrument's usual settings",
        "Integration time": "the file",
    }


def test_what_the_conditions_have_from_the_file_is_not_said_again(assigned: Measurement, member: User) -> None:
    [(_, settings)] = page_of(assigned, member).told

    assert [one.label for one in settings] == ["Operator", "Pixels"]


def test_a_usual_setting_that_changed_since_is_said_to_be_of_then(assigned: Measurement, member: User) -> None:
    assert assigned.instrument is not None
    assigned.instrument.settings.filter(key="stage").update(text="cold finger")

    found = origins(page_of(assigned, member))

    assert found["Stage"] == "the instrument's settings then"
    assert found["Atmosphere"] == "the instrument's usual settings"


def test_what_a_person_changed_is_theirs(assigned: Measurement, member: User) -> None:
    changes = {"conditions": {**assigned.conditions, "stage": "Oxford"}, "objective": "20×"}
    edit_measurement(record=assigned, changes=changes, token=version_token(assigned), by=member)

    found = origins(page_of(assigned, member))

    assert {label for label, origin in found.items() if origin == "a person"} == {"Stage", "Objective"}


def test_everything_of_a_measurement_by_hand_is_a_persons_word(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F2")
    one = measure(lab, member, sample, pressure_gpa="1.27", conditions={"lens": "10 cm"})

    assert set(origins(page_of(one, member)).values()) == {"a person"}
