"""A new lab begins with the instruments of the source, once, and its files find them by what they say."""

import pytest

from labbook.models import Lab, Revision, User
from labbook.services.labs import found_lab
from measurements.models import Calibration, Instrument, Recording
from measurements.queries.inbox_instruments import instruments_of
from measurements.services.furnishing import furnish_lab


def test_a_founded_lab_has_the_instruments_and_their_history(db: None) -> None:
    owner = User.objects.create_user("owner@lab.example", name="Owner")

    lab = found_lab(name="New lab", slug="new-lab", owner=owner, initials="OW")

    assert Instrument.objects.filter(lab=lab).count() == 10
    assert Calibration.objects.filter(lab=lab, kind="irf").count() == 2
    assert Revision.objects.filter(lab=lab, record_type="instrument").count() == 10


def test_furnishing_again_adds_nothing_and_keeps_a_renamed_one(lab: Lab, manager: User) -> None:
    furnish_lab(lab, by=manager)
    Instrument.objects.filter(lab=lab, model="NanoLog").update(title="Our fluorometer")

    furnish_lab(lab, by=manager)

    assert Instrument.objects.filter(lab=lab).count() == 10
    assert Instrument.objects.get(lab=lab, model="NanoLog").title == "Our fluorometer"


@pytest.mark.parametrize(
    ("said", "technique", "model"),
    [
        ("Hamamatsu C5680 + Orca R2", "TRPL", "C5680 with Orca R2"),
        ("Renishaw WiRE", "ruby", "micro-Raman, confocal"),
        ("Shimadzu UV-2700", "absorbance", "UV-2700"),
        ("Shimadzu UVProbe", "absorbance", "UV-2700"),
        ("PerkinElmer Lambda 1050", "absorbance", "Lambda 1050"),
        ("Horiba FluorEssence", "PL", "NanoLog"),
        ("Bruker diffractometer (DIFFRAC plus)", "XRD", "D8 ADVANCE"),
        ("JEOL JEM-1400Plus", "TEM image", "JEM-1400Plus"),
        ("Ocean Optics Maya2000 Pro", "PLQY", "sphere with Maya Pro 2000"),
        ("Ocean Optics Maya2000 Pro", "PL", "stage with Maya1000"),
        ("Siemens D500", "XRD", None),
    ],
)
def test_a_recording_finds_its_instrument_by_what_it_says(
    lab: Lab, manager: User, said: str, technique: str, model: str | None
) -> None:
    furnish_lab(lab, by=manager)

    found = instruments_of(lab).of(Recording(instrument=said, technique=technique))

    assert (found.model if found else None) == model


@pytest.mark.parametrize(
    ("serial_number", "model"), [("MAYP110987", "stage with Maya1000"), ("MAYP112345", "sphere with Maya Pro 2000")]
)
def test_of_two_spectrometers_of_one_model_the_serial_number_decides(
    lab: Lab, manager: User, serial_number: str, model: str
) -> None:
    furnish_lab(lab, by=manager)
    recording = Recording(
        instrument="Ocean Optics Maya2000 Pro", technique="PL", settings={"serial_number": serial_number}
    )

    found = instruments_of(lab).of(recording)

    assert found is not None
    assert found.model == model
