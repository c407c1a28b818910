"""A film's PL beside that of the solution it was made of (Fig. S8)."""

from analysis.methods.contract import Flag, Outcome, Work
from analysis.methods.line_pair import (
    LinePair,
    compared,
    fitted_line,
    pair_flags,
    pair_plot,
    pair_results,
    pair_statistics,
)
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return by how much the film's line is shifted and broadened, and whether that lies within the margin."""
    solution = fitted_line("solution", work.signals["solution"][0], work.settings)
    film = fitted_line("film", work.signals["film"][0], work.settings)
    pair = compared(solution, film, work.settings, seed=work.seed)
    return Outcome(
        results=pair_results(pair),
        statistics=pair_statistics(pair),
        flags=(*pair_flags(pair), *reabsorption(pair)),
        plots=(pair_plot(pair),),
        says=sentence(pair),
    )


def reabsorption(pair: LinePair) -> tuple[Flag, ...]:
    """Return the flag of a film that a redder line need not make another material."""
    shift = pair.energy_shift_mev
    if shift.value > -2.0 * shift.stderr:
        return ()
    text = "The film is redder than the solution; reabsorption in a film does that too, without another size or phase."
    return (Flag("reabsorption", text),)


def sentence(pair: LinePair) -> str:
    """Return what a person reads first."""
    shift, broadening = pair.energy_shift_mev, pair.width_shift_mev
    return (
        f"Film minus solution: {printed(Number(shift.value, shift.stderr))} meV in energy and"
        f" {printed(Number(broadening.value, broadening.stderr))} meV in width, overlap {pair.overlap.value:.3f}:"
        f" {pair.verdict} ({pair.margin_mev:g} meV)."
    )
