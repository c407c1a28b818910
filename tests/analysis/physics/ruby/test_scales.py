"""Every ruby scale gives the pressures of the specification."""

import pytest

from analysis.physics.ruby.scales import SCALES, mao_wavelength_nm

LAMBDA0_NM = 694.24
# Pressure by Mao 1986, where R1 lies then, and the pressure by Ruby2020 and Dorogokupets & Oganov 2007.
CHECKS = (
    (0.13, 694.287390059, 0.127698587, 0.128653478),
    (0.4, 694.385746732, 0.393046388, 0.395978187),
    (0.7, 694.494923132, 0.688078708, 0.693197075),
    (1.0, 694.603985261, 0.983322148, 0.990616594),
    (1.27, 694.702043689, 1.249220979, 1.258464951),
    (1.65, 694.839895753, 1.623736078, 1.635709515),
    (1.85, 694.912376319, 1.820983561, 1.834386857),
    (2.0, 694.966703696, 1.968979726, 1.983452389),
    (6.14, 696.455083025, 6.073711376, 6.116689652),
)


@pytest.mark.parametrize(("mao", "wavelength_nm", "ruby2020", "do2007"), CHECKS)
def test_all_scales_tell_the_pressures_of_the_specification(
    mao: float, wavelength_nm: float, ruby2020: float, do2007: float
) -> None:
    at_nm = mao_wavelength_nm(mao, LAMBDA0_NM)
    shift_ratio = at_nm / LAMBDA0_NM - 1

    told = [SCALES[name].pressure_gpa(shift_ratio) for name in ("Mao1986", "Ruby2020", "DorogokupetsOganov2007")]

    assert at_nm == pytest.approx(wavelength_nm, rel=1e-11)
    assert told == pytest.approx([mao, ruby2020, do2007], abs=6e-10)


def test_the_slope_of_mao_is_that_of_the_specification_at_both_ends() -> None:
    scale, high_nm = SCALES["Mao1986"], mao_wavelength_nm(6.14, LAMBDA0_NM)

    at_zero, at_high = (scale.slope_gpa(at_nm / LAMBDA0_NM - 1) / LAMBDA0_NM for at_nm in (LAMBDA0_NM, high_nm))

    assert at_zero == pytest.approx(2.742567412, rel=1e-9)
    assert at_high == pytest.approx(2.801419858, rel=1e-9)


@pytest.mark.parametrize("name", list(SCALES))
def test_every_slope_is_the_derivative_of_its_pressure(name: str) -> None:
    scale, at, step = SCALES[name], 0.003, 1e-7

    by_difference = (scale.pressure_gpa(at + step) - scale.pressure_gpa(at - step)) / (2 * step)

    assert scale.slope_gpa(at) == pytest.approx(by_difference, rel=1e-7)


def test_only_ruby2020_was_published_with_an_error() -> None:
    errors = {name: one.stderr_gpa for name, one in SCALES.items()}

    assert errors["Mao1986"] is None
    assert errors["DorogokupetsOganov2007"] is None
    assert errors["Ruby2020"] is not None
    assert errors["Ruby2020"](0.01) == pytest.approx(
        ((0.01 * 1.0563 * 10) ** 2 + (0.187 * 0.03) ** 2) ** 0.5, rel=1e-12
    )
