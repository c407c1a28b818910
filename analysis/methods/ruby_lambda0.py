"""λ0: where the lines of an ambient ruby lie, for the pressures of the same day and instrument."""

from analysis.methods.contract import Outcome, Work
from analysis.methods.ruby_telling import line_flags, line_results, lines_outcome, lines_seen
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return lines, widths and splitting of a ruby that is under no pressure."""
    seen = lines_seen(work)
    told = printed(Number(seen.r1_nm, seen.r1_stderr_nm))
    says = f"λ0 = {told} nm, from the fit alone; add the error of the wavelength calibration."
    return lines_outcome(seen, line_results(seen), {}, line_flags(seen), says)
