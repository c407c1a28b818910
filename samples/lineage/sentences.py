"""The wording of the provenance statement: sentences filled from the records, never with anything else."""

from samples.kinds import SPECIMEN_KINDS, ProcessKind, SampleKind
from samples.lineage.statement import ChainStep, Statement
from samples.lineage.stays import said_stays
from samples.lineage.words import NOT_RECORDED, about_bottle, about_synthesis, amount_said
from samples.models import Sample

# What was done, as a verb; every other process is named by its kind.
VERBS = {
    ProcessKind.SPIN_COATING: "spin-coated",
    ProcessKind.DROP_CASTING: "drop-cast",
    ProcessKind.CUVETTE_FILLING: "filled",
    ProcessKind.CELL_LOADING: "loaded",
    ProcessKind.DISPENSING: "dispensed",
    ProcessKind.POOLING: "pooled",
    ProcessKind.SPLITTING: "split off",
    ProcessKind.DILUTION: "diluted",
    ProcessKind.PREPARATION: "prepared",
}


# What was done to a sample in place.
TREATED = {
    ProcessKind.CLEAN_UP_SPIN: "spun once more",
    ProcessKind.FILTERING: "filtered",
    ProcessKind.DRYING: "dried",
    ProcessKind.REHEATING: "reheated",
}


def long_form(found: Statement) -> list[str]:
    """Return the statement as sentences, from the sample back to its bottles."""
    sentences = [sentence_of(step, found) for step in reversed(found.steps) if is_told(step)]
    gaps = "; ".join(found.gaps)
    return [*sentences, f"Not recorded: {gaps}." if gaps else "Nothing that this statement asks for is missing."]


def is_told(step: ChainStep) -> bool:
    """Say whether a step has a sentence of its own; bottles are named where they were used."""
    return step.process.kind != ProcessKind.RECEIVED or any(one.kind != SampleKind.BOTTLE for one in step.made)


def sentence_of(step: ChainStep, found: Statement) -> str:
    """Return what one process did, in a sentence."""
    when = f"on {step.when} ({step.process.operator or 'person not recorded'})"
    names = " and ".join(named(one) for one in step.made) or "A sample"
    if step.process.kind == ProcessKind.RECEIVED:
        return f"{names} was received {when}; its parents are not recorded."
    if step.process.kind == ProcessKind.HOT_INJECTION:
        return injection_sentence(step, found, when)
    if step.process.kind == ProcessKind.PRECIPITATION:
        done = f"collected in round {step.process.round_number}"
        return f"{names} was {done} {when} from {sources(step, found)}{extras(step)}."
    if step.process.treats_id:
        how = f" ({'; '.join(step.used)})" if step.used else ""
        return f"{names} was {TREATED.get(ProcessKind(step.process.kind), 'treated')} {when}{how}{extras(step)}."
    verb = VERBS.get(ProcessKind(step.process.kind), f"made by {step.process.get_kind_display()}")
    return f"{names} was {verb}{substrate_of(step)} {when} from {sources(step, found)}{extras(step)}."


def injection_sentence(step: ChainStep, found: Statement, when: str) -> str:
    """Return "Synthesis NC-024: injection at 170 °C (plan 160 °C), 7 s to the ice bath …"."""
    synthesis = found.closure.syntheses.get(step.process.synthesis_id or 0)
    name = f"Synthesis {synthesis.code}" if synthesis else "A synthesis in a restricted project"
    known = f", {about_synthesis(synthesis)}" if synthesis and not step.values else ""
    return f"{name}: hot injection {when}{known} from {sources(step, found)}{extras(step)}."


def sources(step: ChainStep, found: Statement) -> str:
    """Return what went in, each with what is known of it."""
    words = []
    for line in found.closure.inputs.get(step.process.pk, []):
        sample = found.closure.samples.get(line.sample_id or 0)
        amount = amount_said(line.amount, line.unit)
        if sample is None:
            name = line.description or "an input" if line.sample_id is None else "a restricted sample"
            words.append(f"{name} ({amount}{', no bottle recorded' if line.sample_id is None else ''})")
        else:
            known = [part for part in (about_source(sample, found), amount) if part]
            words.append(f"{sample.code} ({', '.join(known)})")
    return joined(words)


def joined(words: list[str]) -> str:
    """Return "a, b and c", or that nothing is recorded."""
    if not words:
        return f"sources {NOT_RECORDED}"
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def about_source(sample: Sample, found: Statement) -> str:
    """Return what a reader needs of a source: its lot, its solvent, how it was kept."""
    if sample.kind == SampleKind.BOTTLE:
        return about_bottle(sample).replace(" · ", " ")
    if sample.kind != SampleKind.VIAL:
        return ""
    stays = next((kept for vial, kept in found.stays if vial.pk == sample.pk), [])
    kept = f"{said_stays(stays)} before use" if stays else f"storage before use {NOT_RECORDED}"
    return ", ".join(part for part in (sample.solvent, kept) if part)


def extras(step: ChainStep) -> str:
    """Return the recorded values of a step."""
    return f"; {', '.join(step.values)}" if step.values else ""


def substrate_of(step: ChainStep) -> str:
    """Return " on glass" for a specimen whose substrate is recorded."""
    specimen = next((getattr(one, "specimen", None) for one in step.made), None)
    return f" on {specimen.substrate}" if specimen and specimen.substrate else ""


def named(sample: Sample) -> str:
    """Return "Film NC-024-F2-FL1"."""
    kind = sample.get_kind_display()
    return f"{kind[0].upper()}{kind[1:]} {sample.code}"


def short_form(found: Statement) -> str:
    """Return one sentence for a methods section."""
    sample = found.sample
    parts = []
    specimen = getattr(sample, "specimen", None)
    if sample.kind in SPECIMEN_KINDS and specimen and specimen.substrate:
        parts.append(f"on {specimen.substrate}")
    fractions = sorted(one.code for one in found.closure.samples.values() if one.kind == SampleKind.FRACTION)
    if fractions:
        parts.append(f"from fraction {joined(fractions)}")
    made = sorted(found.closure.syntheses.values(), key=lambda one: one.code)
    if made:
        parts.append("of synthesis " + joined([f"{one.code} ({about_synthesis(one)})" for one in made]))
    solids = [one for one in found.closure.samples.values() if one.kind == SampleKind.BOTTLE and one.unit == "mg"]
    if solids:
        parts.append("from " + joined(sorted({about_bottle(one).replace(" · ", " ") for one in solids})))
    return f"{named(sample)} {', '.join(parts)}." if parts else f"{named(sample)}: its making is {NOT_RECORDED}."
