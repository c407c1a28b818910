"""An overlay draws what stands for each sample, says what is missing, and is a figure by the same address."""

from datetime import UTC, datetime

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from labbook.models import Lab, User
from measurements.curves.printing import drawing_process
from measurements.models import Batch, Curve, FileName, Measurement, MeasurementRecording, RawFile, Recording
from samples.models import Sample
from tests.measurements.curves.plotting import line_at, stored
from tests.measurements.inboxes import make_batch, make_samples

pytestmark = pytest.mark.django_db
X = np.linspace(600.0, 760.0, 161)


def measure(batch: Batch, sample: Sample, technique: str = "PL", *, day: int = 1, place: float = 680.0) -> Measurement:
    """Write a measurement of a sample with a curve that has numbers."""
    number = RawFile.objects.count() + 1
    its = {"lab": batch.lab}
    raw_file = RawFile.objects.create(**its, sha256=f"{number:064d}", size_bytes=10, state="read", reader="x")
    name = FileName.objects.create(**its, raw_file=raw_file, batch=batch, name=f"{number}.txt")
    recording = Recording.objects.create(
        raw_file=raw_file, position=0, reader="x", reader_version=1, technique=technique
    )
    Curve.objects.create(
        recording=recording, position=0, name="intensity", role="signal", unit="counts", x_name="wavelength",
        x_unit="nm", shape=[161], point_count=161, store_key=stored(line_at(place), ("wavelength", "nm", X)),
    )  # fmt: skip
    made = Measurement.objects.create(
        **its, sample=sample, technique=technique, measured_at=datetime(2026, 3, day, tzinfo=UTC)
    )
    MeasurementRecording.objects.create(measurement=made, raw_file=raw_file, file_name=name, recording=recording)
    return made


@pytest.fixture
def samples(lab: Lab, member: User) -> dict[str, Sample]:
    return make_samples(lab, member)


@pytest.fixture
def batch(lab: Lab, member: User, samples: dict[str, Sample]) -> Batch:
    return make_batch(lab, member)


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def test_the_newest_measurement_stands_for_a_sample(
    signed_in: Client, batch: Batch, samples: dict[str, Sample]
) -> None:
    measure(batch, samples["NC-024-F2"], day=1)
    newer = measure(batch, samples["NC-024-F2"], day=5)

    plot = signed_in.get(reverse("overlay"), {"s": "NC-024-F2"}).context["plot"]

    assert plot.recipe.measurements == (newer.pk,)


def test_a_piece_is_shown_by_what_it_was_made_from_and_that_is_said(
    signed_in: Client, batch: Batch, samples: dict[str, Sample]
) -> None:
    measure(batch, samples["NC-024-F2"])

    page = signed_in.get(reverse("overlay"), {"s": "NC-024-F2-FL1"})

    assert page.context["borrowed"] == [("NC-024-F2-FL1", "NC-024-F2")]
    assert len(page.context["plot"].drawing.lines) == 1


def test_its_own_measurement_comes_before_that_of_its_parent(
    signed_in: Client, batch: Batch, samples: dict[str, Sample]
) -> None:
    own = measure(batch, samples["NC-024-F2-FL1"], day=1)
    measure(batch, samples["NC-024-F2"], day=9)

    plot = signed_in.get(reverse("overlay"), {"s": "NC-024-F2-FL1"}).context["plot"]

    assert plot.recipe.measurements == (own.pk,)


def test_a_sample_without_the_technique_is_named(signed_in: Client, batch: Batch, samples: dict[str, Sample]) -> None:
    measure(batch, samples["NC-024-F2-FL1"], "XRD")

    page = signed_in.get(reverse("overlay"), {"s": ["NC-024-F2-FL1", "NC-024-F2-XF1"], "technique": "XRD"})

    assert page.context["missing"] == ["NC-024-F2-XF1"]
    assert "No XRD" in page.content.decode()
    assert [(chip["text"], chip["count"]) for chip in page.context["chips"]] == [("XRD", 1)]


def test_void_measurements_are_not_drawn(signed_in: Client, batch: Batch, samples: dict[str, Sample]) -> None:
    Measurement.objects.filter(pk=measure(batch, samples["NC-024-F2"]).pk).update(is_void=True)

    page = signed_in.get(reverse("overlay"), {"s": "NC-024-F2"})

    assert page.context["plot"].drawing.traces == ()
    assert "Nothing was chosen" in page.content.decode()


def test_queries_do_not_grow_with_the_samples(
    signed_in: Client,
    batch: Batch,
    samples: dict[str, Sample],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for code, sample in samples.items():
        measure(batch, sample, place=640 + 10.0 * list(samples).index(code))

    with django_assert_max_num_queries(18):
        page = signed_in.get(reverse("overlay"), {"s": list(samples)})

    assert len(page.context["plot"].drawing.lines) == 6


def test_nobody_overlays_the_samples_of_another_lab(
    client: Client, stranger: User, batch: Batch, samples: dict[str, Sample]
) -> None:
    made = measure(batch, samples["NC-024-F2"])
    client.force_login(stranger)

    page = client.get(reverse("overlay"), {"s": "NC-024-F2", "m": str(made.pk)})

    assert page.context["plot"].drawing.traces == ()
    assert "NC-024-F2" not in page.content.decode()


def test_chosen_samples_of_the_list_become_an_overlay(signed_in: Client, samples: dict[str, Sample]) -> None:
    answer = signed_in.post(reverse("sample_selection"), {"do": "overlay", "chosen": ["NC-024-F2", "NC-024-F2-a"]})

    assert answer.headers["Location"] == f"{reverse('overlay')}?s=NC-024-F2&s=NC-024-F2-a"


def test_the_page_can_be_read_without_a_script(signed_in: Client, batch: Batch, samples: dict[str, Sample]) -> None:
    made = measure(batch, samples["NC-024-F2"])

    text = signed_in.get(reverse("overlay"), {"m": str(made.pk), "norm": "max"}).content.decode()

    assert '<path id="overlay-p1" d="M' in text
    assert "Its maximum is at 680 nm." in text
    assert text.index("View as table") < text.index("plot-picture")


def test_every_control_is_answered_with_the_words_around_the_plot(
    signed_in: Client, batch: Batch, samples: dict[str, Sample]
) -> None:
    made = measure(batch, samples["NC-024-F2"])

    told = signed_in.get(reverse("plot_data"), {"m": str(made.pk), "x": "ev", "parts": "overlay"}).json()

    assert told["query"] == f"m={made.pk}&x=ev"
    assert "intensity per eV" in told["html"]
    assert told["x_extent"] == [pytest.approx(1.6314, abs=1e-3), pytest.approx(2.0664, abs=1e-3)]


def test_the_same_address_gives_the_same_figure(signed_in: Client, batch: Batch, samples: dict[str, Sample]) -> None:
    made = measure(batch, samples["NC-024-F2"])
    address = reverse("overlay_figure", args=["pdf"])

    first, second = (signed_in.get(address, {"m": str(made.pk), "preset": "nature"}) for _ in range(2))

    assert first.content == second.getvalue()
    assert first.headers["Content-Type"] == "application/pdf"
    drawing_process().close()
