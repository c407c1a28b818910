"""A name of a setting has its unit for its last word, or is a word that is listed."""

import pytest

from measurements.readers.recording import Setting
from tests.measurements.readers.setting_names import ENDINGS, WORDS, not_agreed


@pytest.mark.parametrize(("name", "value"), [("exposure_s", 0.5), ("nm_per_px", 0.22), ("accumulations", 5)])
def test_a_quantity_with_its_unit_and_a_listed_word_are_agreed_on(name: str, value: Setting) -> None:
    assert not_agreed({name: value}) == []


@pytest.mark.parametrize(("name", "value"), [("exposure", 0.5), ("exposure_s", "0.5"), ("exposure_s", True)])
def test_a_quantity_without_its_unit_and_a_unit_without_a_number_are_not(name: str, value: Setting) -> None:
    assert not_agreed({name: value}) == [name]


def test_no_listed_word_has_a_unit() -> None:
    assert [word for word in WORDS if word.endswith(tuple(one for one in ENDINGS if len(one) > 2))] == []
