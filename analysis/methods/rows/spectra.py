"""What may be stated about any spectrum: its axis, its range and what was counted."""

from analysis.methods.contract import Setting

AS_TOLD = "as the file says"
NOT_STATED, IN_AIR, IN_VACUUM = "not stated", "air", "vacuum"
COUNTS, PER_SECOND, NO_COUNTS = "counts", "counts per second", "no counts"
SCALES = ("nm", "eV", "1/cm", "Raman shift in 1/cm")

AXIS_SETTINGS = (
    Setting("x_unit", "Unit of x", default=AS_TOLD, choices=(AS_TOLD, *SCALES)),
    Setting(
        "laser_nm", "Wavelength of the laser", "nm", lower=150.0, upper=3000.0,
        from_conditions=("laser_nm", "excitation_wavelength_nm"),
        help="A Raman shift counts from it, and nothing shorter is emission.",
    ),
    Setting(
        "medium", "Medium of the wavelengths", default=NOT_STATED, choices=(NOT_STATED, IN_AIR, IN_VACUUM),
        help="Wavelengths in air become those in vacuum, 0.19 nm longer at 690 nm, before they become energies.",
    ),
    Setting("low_nm", "Range from", "nm", lower=100.0, upper=20_000.0),
    Setting("high_nm", "Range to", "nm", lower=100.0, upper=20_000.0),
)  # fmt: skip

COUNTING_SETTINGS = (
    Setting(
        "intensity", "Readings", default=AS_TOLD, choices=(AS_TOLD, COUNTS, PER_SECOND, NO_COUNTS),
        help="Only counts have the likelihood of counts; what was subtracted, corrected or normalised has not.",
    ),
    Setting(
        "integration_time_s", "Integration time", "s", lower=1e-6, upper=1e6,
        from_conditions=("integration_time_s", "exposure_s"),
    ),
    Setting(
        "accumulations", "Averaged scans", "scans", lower=1.0, upper=1e6,
        from_conditions=("accumulations", "accumulation_count"),
    ),
    Setting(
        "counts_per_photon", "Counts per photon", default=1.0, lower=1e-6, upper=1e6,
        help="The gain of an analogue camera, whose counts are not photons.",
    ),
)  # fmt: skip
