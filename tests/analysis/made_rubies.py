"""Makes rubies on a ladder and spectra of a sphere for tests, written as an instrument writes them."""

import numpy as np

from analysis.models import MethodChoice
from analysis.physics.fitting.problem import Floats
from analysis.services.furnishing import furnish_lab
from labbook.models import Job, Lab, User
from labbook.services.jobs import enqueue
from measurements.models import Measurement
from tests.analysis.made import HEAD, TAIL, assigned, lab_has_samples, take_in
from tests.analysis.methods.sphere_files import DARK_COUNTS, FILTERS, NM, TIMES_S, sphere_triple
from tests.analysis.physics.ruby.making import WAVELENGTHS_NM, made_ruby
from tests.measurements.inboxes import make_samples

R1_NM, NM_PER_GPA = 694.25, 0.365


def as_file(x: Floats, y: Floats) -> bytes:
    """Return the file of a spectrum."""
    rows = "".join(f"{one:.4f}\t{other:.4f}\n" for one, other in zip(x, y, strict=True))
    return (HEAD.format(count=len(x)) + rows + TAIL).encode()


def rubies(lab: Lab, by: User, *pressures: str) -> list[Measurement]:
    """Measure a ruby at each pressure of a load, such as "0" or "0.4"; a word after it is its part."""
    furnish_lab(lab, by)
    if not lab_has_samples(lab):
        make_samples(lab, by)
    made = []
    for seed, told in enumerate(pressures):
        gpa, *part = told.split()
        line = made_ruby(seed, r1_nm=R1_NM + NM_PER_GPA * float(gpa))
        name = "_".join(["NC-024-F2-DAC1_ruby", f"{gpa}GPa", *part])
        made += assigned(take_in(lab, by, {f"{name}.txt": as_file(WAVELENGTHS_NM, line)}), by)
    return made


def sphere_parts(lab: Lab, by: User) -> dict[str, bytes]:
    """Return the files of a sphere's three spectra by role, in a lab that has said what they are made with."""
    told = {"excitation_wavelength_nm": 405.0, "spectrum_unit": "photon counts"}
    MethodChoice.objects.create(lab=lab, method="plqy", settings=told, created_by=by)
    triple = sphere_triple(np.random.default_rng(1))
    # Each is brought to the one integration time that the head of the file tells.
    per_time = {role: TIMES_S[role] * FILTERS[role] / 0.1 for role in triple}
    return {role: as_file(NM, (one.values - DARK_COUNTS) / per_time[role]) for role, (one,) in triple.items()}


def asked(lab: Lab, by: User, *measurements: Measurement) -> Job:
    """Ask for measurements to be analysed in one job."""
    ids = [one.pk for one in measurements]
    return enqueue(lab=lab, by=by, kind="analyse_measurements", title="Analyse", arguments={"measurements": ids})
