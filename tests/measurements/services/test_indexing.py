"""What measurements and their samples are found by."""

from labbook.journal import journal_of
from labbook.models import Lab, SearchFact, SearchRow, User
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from measurements.models import Measurement
from measurements.services.indexing import index_measurements
from measurements.services.measurements import move_measurement, restore_measurement, void_measurement
from samples.models import Sample
from samples.queries.samples import found_samples, search
from samples.services.indexing import index_sample
from tests.measurements.measuring import make_sample, measure, with_file


def codes(text: str, lab: Lab, user: User) -> list[str]:
    return [row.code for row in found_samples(search({"q": [text]}, lab, user))]


def test_a_sample_is_found_by_what_was_measured_of_it(lab: Lab, member: User) -> None:
    cold, plain = make_sample(lab, member, "NC-024-F1"), make_sample(lab, member, "NC-024-F2")

    measure(lab, member, cold, "TRPL", temperature_k=80, pressure_gpa="1.27")
    measure(lab, member, plain, "absorbance")

    assert codes("has:trpl", lab, member) == [cold.code]
    assert codes("tech:ABS", lab, member) == [plain.code]
    assert codes("T:80..300 P:0..2", lab, member) == [cold.code]
    assert codes("P:1.28..2", lab, member) == []
    assert codes("-has:trpl", lab, member) == [plain.code]


def test_indexing_a_sample_leaves_what_was_measured(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F1")
    measure(lab, member, sample, "PL")
    Sample.objects.filter(pk=sample.pk).update(title="turbid")
    sample.refresh_from_db()

    index_sample(sample)

    assert codes("tech:pl turbid", lab, member) == [sample.code]


def test_a_void_measurement_no_longer_finds_its_sample(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F1")
    measurement = measure(lab, member, sample, "PL")

    with journal_of(lab, by=member) as journal:
        void_measurement(journal, measurement, reason="laser was off")
    gone = codes("tech:pl", lab, member)
    with journal_of(lab, by=member) as journal:
        restore_measurement(journal, measurement)

    assert gone == []
    assert codes("tech:pl", lab, member) == [sample.code]


def test_a_measurement_of_the_wrong_sample_takes_its_facts_along(lab: Lab, member: User) -> None:
    wrong, right = make_sample(lab, member, "NC-024-F1"), make_sample(lab, member, "NC-024-F2")
    measurement = measure(lab, member, wrong, "Raman")

    with journal_of(lab, by=member) as journal:
        token = version_token(measurement)
        move_measurement(journal, measurement, sample=right, reason="labels swapped", token=token)

    assert codes("tech:raman", lab, member) == [right.code]


def test_what_lies_in_a_restricted_project_is_not_told_on_an_open_sample(lab: Lab, member: User) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=member)
    sample = make_sample(lab, member, "NC-024-F1")
    measurement = measure(lab, member, sample, "ruby")
    Measurement.objects.filter(pk=measurement.pk).update(project=secret)

    index_measurements([Measurement.objects.get(pk=measurement.pk)])

    assert not SearchFact.objects.filter(row__record_type="sample", key="tech").exists()
    assert SearchRow.objects.get(record_type="measurement").project == secret


def test_a_measurement_is_found_by_the_name_of_its_file(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F1")
    measurement = measure(lab, member, sample, "PL")

    with_file(measurement, "tuesday_afternoon.txt")

    rows = search({"q": ["tuesday_after kind:measurement"]}, lab, member).found
    assert [row.record_id for row in rows] == [measurement.pk]
    assert rows[0].status == "read"
