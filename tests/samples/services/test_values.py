"""Values are planned and actual, in one unit, and reach the synthesis and its history."""

from decimal import Decimal

import pytest

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.quantities import Quantity, parse_quantity
from samples.services.syntheses import injection_of
from samples.services.values import forget_value, record_value
from tests.samples.services.bench import batch, degrees, injected, planned


def test_an_injection_temperature_is_copied_to_its_synthesis(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)

    with journal_of(lab, by=member) as journal:
        actual = parse_quantity("169,2", "°C")
        record_value(journal, process=injection_of(synthesis), key="injection_temperature_c", actual=actual)

    synthesis.refresh_from_db()
    value = injection_of(synthesis).values.get(key="injection_temperature_c")
    assert synthesis.injection_temperature_c == Decimal("169.2")
    assert value.planned_low == value.planned_high == Decimal(170)
    assert value.actual_as_written == "169,2"


def test_a_plan_may_be_a_range_and_the_actual_inside_it_deviates_by_nothing(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)
    process = injection_of(synthesis)

    with journal_of(lab, by=member) as journal:
        record_value(journal, process=process, key="injection_temperature_c", planned=degrees("140–220 °C"))
        actual = parse_quantity("200", "°C")
        record_value(journal, process=process, key="injection_temperature_c", actual=actual)

    synthesis.refresh_from_db()
    assert synthesis.notable_deviation_count == 0


def test_a_notable_deviation_is_counted_on_the_synthesis_and_taken_off_again(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)
    process = injection_of(synthesis)

    counts = []
    for text in ("185", "170.5"):
        with journal_of(lab, by=member) as journal:
            actual = parse_quantity(text, "°C")
            record_value(journal, process=process, key="injection_temperature_c", actual=actual)
        synthesis.refresh_from_db()
        counts.append(synthesis.notable_deviation_count)

    assert counts == [1, 0]


def test_another_unit_of_the_same_quantity_is_converted(lab: Lab, member: User) -> None:
    process = injection_of(planned(lab, member))

    with journal_of(lab, by=member) as journal:
        actual = Quantity(Decimal("443.15"), None, "K", "443.15 K")
        value = record_value(journal, process=process, key="injection_temperature_c", actual=actual)

    assert value.actual == Decimal("170.00")


@pytest.mark.parametrize(("key", "text"), [("warp_factor", "3"), ("spin_speed_rpm", "-5")])
def test_an_unknown_quantity_and_a_negative_one_are_refused_at_their_key(
    lab: Lab, member: User, key: str, text: str
) -> None:
    process = injection_of(planned(lab, member))
    before = process.version

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        record_value(journal, process=process, key=key, actual=Quantity(Decimal(text), None, "rpm", text))

    process.refresh_from_db()
    assert refused.value.field == key
    assert process.version == before


def test_a_growth_time_is_not_typed_beside_its_stamps(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member, cs=batch(lab, member, "CS-001", "10650"))
    injected(lab, member, synthesis)
    process, actual = injection_of(synthesis), parse_quantity("9", "s")

    with pytest.raises(Refusal, match="computed"), journal_of(lab, by=member) as journal:
        record_value(journal, process=process, key="growth_s", actual=actual)


def test_not_recorded_needs_a_reason_and_keeps_it(lab: Lab, member: User) -> None:
    process = injection_of(planned(lab, member))

    with pytest.raises(Refusal), journal_of(lab, by=member) as journal:
        forget_value(journal, process=process, key="injection_temperature_c", reason=" ")
    with journal_of(lab, by=member) as journal:
        value = forget_value(journal, process=process, key="injection_temperature_c", reason="probe broken")

    assert (value.actual, value.reason) == (None, "probe broken")


def test_a_value_bumps_the_version_of_its_process_and_is_history(lab: Lab, member: User) -> None:
    process = injection_of(planned(lab, member))
    before = process.version

    with journal_of(lab, by=member) as journal:
        actual = parse_quantity("169", "°C")
        record_value(journal, process=process, key="injection_temperature_c", actual=actual)

    process.refresh_from_db()
    told = Revision.objects.filter(record_type="process", record_id=process.pk, record_version=process.version).get()
    assert process.version == before + 1
    assert told.changes["injection_temperature_c"] == [None, "169"]
