"""What is told of a whole streak map: shared results, a table of wavelengths, and the spectra of the decays."""

import numpy as np

from analysis.methods.contract import Plot, Result, ResultTable
from analysis.methods.decay_input import Prepared
from analysis.methods.telling import Statistic
from analysis.physics.decays.averages import amplitude_fraction, tau_amplitude, tau_intensity
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.whole_map import WholeMap
from analysis.physics.fitting.problem import Floats

OF_SUM = "of the amplitudes summed over all wavelengths"


def map_results(whole: WholeMap) -> tuple[Result, ...]:
    """Return shared lifetimes, and amplitudes and averages over all wavelengths with their full covariance."""
    shared = whole.shared
    count = len(shared.taus_ns)
    amplitudes = shared.linear[:count].sum(axis=1)
    places = [*range(count), *range(count + 1, 2 * count + 1)]
    covariance = shared.total_covariance[np.ix_(places, places)]
    told: list[Result] = []
    for index, tau_ns in enumerate(shared.taus_ns):
        fraction = amplitude_fraction(index)(amplitudes, shared.taus_ns)
        stderr = fraction.stderr(covariance) if count > 1 else None
        told.append(Result(f"amplitude{index + 1}", fraction.value, stderr, note=OF_SUM))
        told.append(Result(f"tau{index + 1}", float(tau_ns), float(shared.shared_stderrs_ns[index]), "ns"))
    for name, average in (("tau_amplitude", tau_amplitude), ("tau_intensity", tau_intensity)):
        derived = average(amplitudes, shared.taus_ns)
        told.append(Result(name, derived.value, derived.stderr(covariance), "ns", note=OF_SUM))
    start_stderr_ns = float(shared.shared_stderrs_ns[-1])
    told.append(Result("decay_start", shared.start_ns, start_stderr_ns or None, "ns"))
    return tuple(told)


def map_statistics(whole: WholeMap, summed: DecayFit) -> dict[str, Statistic]:
    """Return how the map was fitted and how well."""
    shared, each = whole.shared, whole.each
    count, width = len(shared.taus_ns), int(whole.is_used.sum())
    parameter_count = width * (count + 1) + count + int(shared.shared_stderrs_ns[-1] > 0)
    return {
        "likelihood": "Poisson", "weighting": "Poisson likelihood of every pixel's counts",
        "how": "lifetimes and start shared; amplitudes and backgrounds of every wavelength projected out",
        "n": int(shared.predicted.size), "free_count": parameter_count,
        "dof": int(shared.predicted.size) - parameter_count, "objective_name": "deviance",
        "objective": float(shared.deviances.sum()), "objective_own_lifetimes": float(each.deviances.sum()),
        "fall_own_lifetimes": whole.rise, "parameters_own_lifetimes": whole.rise_count, "p_shared": whole.p,
        "is_converged": shared.is_converged, "step_count": shared.step_count, "covariance": "not scaled",
        "wavelengths": len(whole.is_used), "wavelengths_used": width,
        "wavelengths_own_lifetimes": int(each.is_converged.sum()), "summed_objective": summed.fitted.objective,
        "start_count": summed.fitted.start_count, "seed": summed.fitted.seed,
    }  # fmt: skip


def map_table(whole: WholeMap, at_nm: Floats) -> ResultTable:
    """Return one row a wavelength: shared and own amplitudes, background, and own lifetimes where they are known."""
    count = len(whole.shared.taus_ns)
    numbers = range(1, count + 1)
    columns = [("λ", "nm")]
    columns += [pair for number in numbers for pair in ((f"A{number}", "counts"), (f"± A{number}", "counts"))]
    columns += [("b", "counts"), ("± b", "counts")]
    columns += [pair for number in numbers for pair in ((f"own τ{number}", "ns"), (f"± own τ{number}", "ns"))]
    columns += [("own ⟨τ⟩a", "ns"), ("± own ⟨τ⟩a", "ns")]
    rows = [row_of(whole, index, float(at_nm[index])) for index in range(len(at_nm))]
    return ResultTable("wavelengths", "Decays by wavelength", tuple(columns), tuple(rows))


def row_of(whole: WholeMap, index: int, at_nm: float) -> tuple[float | None, ...]:
    """Return the row of one wavelength; own lifetimes that are no better known than by their own size are left out."""
    shared, each = whole.shared, whole.each
    count = len(shared.taus_ns)
    linear = np.column_stack((shared.linear[:, index], shared.stderrs[:, index])).ravel()
    values, stderrs = each.values[index], each.stderrs[index]
    amplitudes, taus_ns = values[:count], values[count + 1 :]
    order = np.argsort(taus_ns, kind="stable")
    is_known = bool(each.is_converged[index] and (stderrs[count + 1 :] > 0).all())
    is_known = is_known and bool((stderrs[count + 1 :] < taus_ns).all())
    if not is_known:
        return (at_nm, *(float(one) for one in linear), *([None] * (2 * count + 2)))
    own = np.column_stack((taus_ns[order], stderrs[count + 1 :][order])).ravel()
    places = [*range(count), *range(count + 1, 2 * count + 1)]
    mean = tau_amplitude(amplitudes, taus_ns)
    mean_stderr = mean.stderr(each.covariances[index][np.ix_(places, places)])
    return (at_nm, *(float(one) for one in (*linear, *own, mean.value, mean_stderr)))


def map_plots(whole: WholeMap, decay: Prepared, at_nm: Floats) -> tuple[Plot, ...]:
    """Return the map itself, the spectra of the decays, and own lifetimes over the shared ones."""
    shared = whole.shared
    spectra = {
        f"{tau_ns:.3g} ns": shared.linear[index] for index, tau_ns in enumerate(shared.taus_ns)
    }  # fmt: skip
    total = shared.linear[: len(shared.taus_ns)].sum(axis=0)
    picture = Plot(
        name="map", title="Streak map", x_label="Wavelength", x_unit="nm", y_label="Counts", y_unit="counts",
        x=np.asarray(decay.streak.at_nm), observed=decay.streak.counts.sum(axis=0), picture=decay.streak.counts,
        rows=decay.streak.times_ns, rows_label="Time", rows_unit="ns",
    )  # fmt: skip
    associated = Plot(
        name="spectra", title="Spectra of the decays", x_label="Wavelength", x_unit="nm", y_label="Amplitude",
        y_unit="counts", x=at_nm, observed=total, components=spectra,
    )  # fmt: skip
    return (picture, associated, own_plot(whole, at_nm))


def own_plot(whole: WholeMap, at_nm: Floats) -> Plot:
    """Return the slowest own lifetime of every wavelength over the shared one."""
    shared, each = whole.shared, whole.each
    first = len(shared.taus_ns) + 1
    slowest = each.values[:, first:].argmax(axis=1)
    rows = np.arange(len(slowest))
    values, stderrs = each.values[rows, first + slowest], each.stderrs[rows, first + slowest]
    is_known = each.is_converged & (stderrs > 0) & (stderrs < values)
    return Plot(
        name="own_lifetimes", title="Slowest lifetime by wavelength", x_label="Wavelength", x_unit="nm",
        y_label="Lifetime", y_unit="ns", x=at_nm[is_known], observed=values[is_known], stderr=stderrs[is_known],
        model=np.full(int(is_known.sum()), float(shared.taus_ns.max())), drawn="points",
    )  # fmt: skip
