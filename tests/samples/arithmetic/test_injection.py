"""An injection's arithmetic against every printed digit of science.md §11."""

from dataclasses import replace
from decimal import Decimal

import pytest

from samples.arithmetic import InjectionRatios, PrecursorBatch, Reagent, injection_ratios, precursor_batch

CS2CO3 = Reagent("Cs2CO3", Decimal("200"), "mg", "Cs2CO3")
PBI2 = Reagent("PbI2", Decimal("250"), "mg", "PbI2")
ODE = Reagent("ODE", Decimal("10000"), "ul", "C18H36")
OLEIC_ACID = Reagent("OA", Decimal("650"), "ul", "C18H34O2", density_g_per_ml=Decimal("0.895"))
OLEYLAMINE = Reagent("OAm", Decimal("1250"), "ul", "C18H37N", density_g_per_ml=Decimal("0.813"))
CS_BATCH = PrecursorBatch((CS2CO3,), (ODE,), (OLEIC_ACID,))
PB_BATCH = PrecursorBatch((PBI2,), (replace(ODE, amount=12500),), (replace(OLEIC_ACID, amount=1250),), (OLEYLAMINE,))


def recipe() -> InjectionRatios:
    """The source's recipe as it is printed: 1 ml of Cs-oleate into the PbI2 flask."""
    return injection_ratios(cs=CS_BATCH, pb=PB_BATCH, injected_ml=1)


# science.md §11, every number with the digits printed there.
@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("cs_batch_mmol", "1.227671721"),
        ("cs_mmol_per_l", "115.274340"),
        ("cs_solvent_only_mmol_per_l", "122.767172"),
        ("cs_oleic_acid_mmol", "2.059525327"),
        ("oleic_acid_to_cs_ratio", "1.677586"),
        ("pb_mmol", "0.542287586"),
        ("pb_mmol_per_l", "36.152506"),
        ("pb_oleic_acid_mmol", "3.960625628"),
        ("oleic_acid_to_pb_ratio", "7.303552"),
        ("oleylamine_mmol", "3.799051219"),
        ("oleylamine_to_pb_ratio", "7.005602"),
        ("oleic_acid_to_oleylamine_ratio", "1.042530"),
        ("cs_injected_mmol", "0.115274340"),
        ("cs_to_pb_ratio", "0.212570494"),
        ("pb_to_cs_ratio", "4.704321761"),
        ("iodide_to_cs_ratio", "9.408643522"),
        ("product_max_mg", "83.091918544"),
        ("product_max_mmol_per_l", "7.204646"),
        # Printed as 21.257050; its own ratio 0.212570494 makes it 21.2570494, so the last digit is a zero too many.
        ("pb_used_percent", "21.25705"),
        ("crude_volume_ml", "16.0"),
    ],
)
def test_every_number_of_the_printed_recipe_is_reproduced(key: str, printed: str) -> None:
    unit_in_last_place = 10.0 ** int(Decimal(printed).as_tuple().exponent)

    value = recipe()[key].value

    assert value == pytest.approx(float(printed), rel=0, abs=0.51 * unit_in_last_place)


def test_a_rounded_molar_mass_of_lead_iodide_gives_the_other_printed_amount() -> None:
    batch = replace(PB_BATCH, salts=(replace(PBI2, molar_mass_g_per_mol=461.0),))

    ratios = injection_ratios(cs=CS_BATCH, pb=batch, injected_ml=1)

    assert ratios["pb_mmol"].value == pytest.approx(0.542299349, abs=5e-10)


def test_cesium_limits_the_printed_recipe_and_iodide_an_injection_of_ten_times_as_much() -> None:
    assert recipe().limiting == "Cs"
    assert injection_ratios(cs=CS_BATCH, pb=PB_BATCH, injected_ml=10).limiting == "I"


def test_the_balance_gives_the_ratio_its_error() -> None:
    ratio = recipe()["cs_to_pb_ratio"]

    # 1 mg of 200 mg and 1 mg of 250 mg, independent: 0.5 % and 0.4 %.
    assert ratio.stderr == pytest.approx(ratio.value * (0.005**2 + 0.004**2) ** 0.5, rel=1e-12)
    assert ratio.shown == "0.2126 ± 0.0014"


def test_the_error_of_one_weighing_cancels_where_it_divides_itself() -> None:
    percent, limiting_free = recipe()["pb_used_percent"], recipe()["cs_to_pb_ratio"]
    iodide = injection_ratios(cs=CS_BATCH, pb=PB_BATCH, injected_ml=10)["pb_used_percent"]

    assert percent.stderr == pytest.approx(100 * (limiting_free.stderr or 0))
    # When iodide limits, PbI2 stands above and below the line: two thirds, exactly.
    assert iodide.value == pytest.approx(200 / 3)
    assert iodide.stderr == pytest.approx(0, abs=1e-12)


def test_the_lots_purity_counts() -> None:
    batch = replace(CS_BATCH, salts=(replace(CS2CO3, purity_percent=Decimal("99.9")),))

    ratios = injection_ratios(cs=batch, pb=PB_BATCH, injected_ml=1)

    assert ratios["cs_batch_mmol"].value == pytest.approx(0.999 * recipe()["cs_batch_mmol"].value)
    assert ratios["cs_batch_mmol"].formula == "2 × 200 mg × 99.9 % / 325.82 g/mol"


def test_a_measured_volume_goes_before_the_sum_of_the_liquids() -> None:
    ratios = injection_ratios(cs=replace(CS_BATCH, measured_volume_ml=10), pb=PB_BATCH, injected_ml=1)

    assert ratios["cs_mmol_per_l"].value == pytest.approx(122.767172, abs=5e-7)


def test_a_missing_density_leaves_out_the_ligand_only_and_says_so() -> None:
    batch = replace(PB_BATCH, oleylamines=(replace(OLEYLAMINE, density_g_per_ml=None),))

    ratios = injection_ratios(cs=CS_BATCH, pb=batch, injected_ml=1)

    assert ratios["cs_to_pb_ratio"].value == pytest.approx(0.212570494, abs=5e-10)
    assert ratios.missing == ("The density of OAm is not known. Enter it on its bottle.",)
    with pytest.raises(KeyError):
        ratios["oleylamine_mmol"]


@pytest.mark.parametrize(
    ("salt", "sentence"),
    [
        (replace(CS2CO3, amount=None), "How much Cs2CO3 was used is not known."),
        (replace(CS2CO3, formula=""), "The molar mass of Cs2CO3 is not known. Enter it on its bottle."),
        (replace(CS2CO3, purity_percent=130), "The purity of Cs2CO3 must lie between 0 and 100 %."),
        (replace(CS2CO3, formula="Na2CO3"), "Cs2CO3 (Na2CO3) holds no Cs."),
    ],
)
def test_an_unusable_salt_leaves_the_lead_rows_and_is_named(salt: Reagent, sentence: str) -> None:
    ratios = injection_ratios(cs=replace(CS_BATCH, salts=(salt,)), pb=PB_BATCH, injected_ml=1)

    assert ratios.missing == (sentence,)
    assert ratios.limiting == ""
    assert "pb_mmol" in [row.key for row in ratios.rows]
    assert "cs_to_pb_ratio" not in [row.key for row in ratios.rows]


def test_an_injection_without_a_volume_has_batches_but_no_ratio() -> None:
    ratios = injection_ratios(cs=CS_BATCH, pb=PB_BATCH, injected_ml=None)

    assert ratios.missing == ("How much Cs precursor was injected is not known.",)
    assert ratios["cs_mmol_per_l"].value == pytest.approx(115.274340, abs=5e-7)


def test_the_inputs_of_a_preparation_are_sorted_by_formula() -> None:
    acid, more_ode = replace(OLEIC_ACID, amount=1250), replace(ODE, amount=2500)

    batch = precursor_batch([ODE, OLEYLAMINE, PBI2, acid, more_ode], metal="Pb")
    ratios = injection_ratios(cs=CS_BATCH, pb=batch, injected_ml=1)

    assert (batch.salts, batch.solvents) == ((PBI2,), (ODE, more_ode))
    assert ratios["pb_mmol_per_l"].value == pytest.approx(36.152506, abs=5e-7)
    assert ratios["oleic_acid_to_oleylamine_ratio"].value == pytest.approx(1.042530, abs=5e-7)


def test_a_batch_without_a_salt_says_what_is_missing() -> None:
    batch = precursor_batch([ODE, OLEIC_ACID], metal="Cs")

    ratios = injection_ratios(cs=batch, pb=PB_BATCH, injected_ml=1)

    assert ratios.missing == ("What Cs came from is not recorded.",)


def test_every_row_has_its_formula_and_ends_in_its_unit() -> None:
    endings = {"mmol": "mmol", "mmol/l": "mmol_per_l", "mg": "mg", "ml": "ml", "%": "percent", "": "ratio"}

    for row in recipe().rows:
        assert row.formula
        assert row.key.endswith(f"_{endings[row.unit]}")
