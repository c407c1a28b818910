"""What people do with samples, through the API: the forms and services of the pages."""

from collections.abc import Mapping
from typing import Any

from django import forms

from labbook.api.acts import Act, Call, Edit
from labbook.api.binding import bound
from labbook.api.errors import ApiError, field_error
from labbook.api.form_schema import ANY_TEXT, RECOUNT
from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.quantities import Moment, QuantityError, parse_amount, storage_unit
from samples.api.forms import DispenseForm, PoolManyForm, SpinForm, VialForm
from samples.api.resources import BOTTLES, SAMPLES, SPECIMENS
from samples.forms.bottles import BottleEditForm, BottleForm
from samples.forms.editing import OwnWords, SampleEditForm
from samples.forms.making import ReceiveForm
from samples.forms.moving import MoveSeveralForm
from samples.forms.specimens import SpecimenForm
from samples.kinds import Precision, SampleKind
from samples.models import Sample
from samples.services.dispensing import VialPlan, dispense
from samples.services.editing import edit_sample
from samples.services.moves import move_samples
from samples.services.names import request_labels, withdraw_labels
from samples.services.pooling import Share, pool
from samples.services.rounds import SpinRow, ValueLine, record_clean_up_spin
from samples.services.specimens import make_specimens
from samples.views.actions import ACTIONS, Action, Doing, recount_of
from samples.views.receiving import receive_from
from samples.views.stock import receive

AMOUNT: dict[str, Any] = {"type": "string", "example": "0.5 ml"}
MOST_AT_ONCE = 500


def moment_of(call: Call) -> Moment:
    """Return when it was done; now when the body does not say."""
    given: Moment | None = call.data.get("at")
    return given or Moment(call.journal.at, "minute")


def list_of(call: Call, name: str, *, most: int = MOST_AT_ONCE) -> list[Any]:
    """Return a list of the body; anything else is answered 400."""
    given = call.body.get(name)
    if not isinstance(given, list) or not 0 < len(given) <= most:
        message = f"Send a list of 1 to {most}."
        raise ApiError(400, message, [field_error(name, message)])
    return given


def rows_of(call: Call, name: str, make: Any, *, extras: tuple[str, ...] = (), most: int = 100) -> list[Any]:
    """Return the valid forms of a list of objects; a message is said at its row, as "rows.2.meoac"."""
    found = []
    for number, one in enumerate(list_of(call, name, most=most), start=1):
        found.append(row_of(f"{name}.{number}", one, make, extras=extras))
    return found


def row_of(place: str, body: Any, make: Any, *, extras: tuple[str, ...] = ()) -> Any:
    """Return the valid form of one object of a body."""
    if not isinstance(body, Mapping):
        raise ApiError(400, "Send an object.", [field_error(place, "Send an object.")])
    try:
        return bound(make, {name: one for name, one in body.items() if name not in extras}, amounts=("amount",))
    except ApiError as error:
        errors = [field_error(f"{place}.{one['field'] or ''}".rstrip("."), str(one["message"])) for one in error.errors]
        raise ApiError(error.status, error.detail, errors) from error


def seen_samples(call: Call, codes: list[str], field: str) -> list[Sample]:
    """Return the samples of some codes, in their order; what the person does not see does not exist."""
    seen = Sample.objects.visible_to(call.asked.user).filter(lab=call.asked.lab, code__in=codes)
    found = {one.code: one for one in seen}
    missing = next((code for code in codes if code not in found), None)
    if missing is not None:
        raise Refusal(f"There is no sample {missing[:40]} here.", field=field)
    return [found[code] for code in codes]


def sample_act(name: str, action: Action) -> Act:
    """Return an action of the sample page as an act."""

    def do(call: Call) -> str:
        if call.record.kind not in action.kinds:
            raise Refusal(f"{call.record.code} is a {call.record.get_kind_display()}; this is not done with it.")
        recount = recount_of(call.asked, call.record)
        return action.do(Doing(call.journal, call.record, call.data, call.initials, recount))

    def make(call: Call, data: Any) -> forms.BaseForm:
        return action.form(data, sample=call.record, user=call.asked.user)

    return Act(
        f"sample_{name.replace('-', '_')}", action.title, do, action.form, make, SAMPLES,
        extras={"recount": RECOUNT}, more_fields=MORE_FIELDS.get(name, {}),
    )  # fmt: skip


# Fields that the forms have only once they know their sample.
MORE_FIELDS: dict[str, dict[str, dict[str, Any]]] = {
    "use": {"amount": AMOUNT},
    "treat": {"amount_after": AMOUNT},
    "recount": {"counted": AMOUNT},
    "split": {"amount": AMOUNT},
    "dilute": {"amount": AMOUNT, "solvent_amount": AMOUNT},
    "pour-back": {"amount": AMOUNT},
}
SAMPLE_ACTS = {name: sample_act(name, action) for name, action in ACTIONS.items()}


def do_label(call: Call) -> str:
    """Put the sample's label into the queue."""
    added = request_labels(call.journal, samples=[call.record])
    return "Its label waits." if added else "Its label waits already."


def do_remove_labels(call: Call) -> str:
    """Take labels out of the queue."""
    samples = seen_samples(call, [str(one) for one in list_of(call, "samples")], "samples")
    return f"{withdraw_labels(samples=samples)} labels are taken out of the queue."


def do_receive(call: Call) -> str:
    """Receive a sample without recorded parents."""
    call.made = receive_from(call.journal, call.data, call.initials)
    return f"{call.made.code} is received; its parents are not recorded."


def do_bottle(call: Call) -> str:
    """Receive a bottle."""
    call.made = receive(call.journal, call.form, call.initials)
    return f"{call.made.code} is received; its label waits."


def do_specimens(call: Call) -> str:
    """Make several specimens of one kind of each source."""
    moment = moment_of(call)
    made = [
        specimen
        for source in call.data["source"]
        for specimen in make_specimens(
            call.journal, source=source, plan=call.form.plan(recount=recount_of(call.asked, source)),
            count=call.data["count"], at=moment.at, precision=Precision(moment.precision), operator=call.initials,
            recipe=call.form.recipe,
        )
    ]  # fmt: skip
    request_labels(call.journal, samples=made)
    call.made = made[0]
    return f"Made {', '.join(one.code for one in made)}; {len(made)} labels wait."


def do_move(call: Call) -> str:
    """Move many samples to one place."""
    samples, place = call.data["samples"], call.data["place"]
    move_samples(call.journal, samples=samples, place=place, at=moment_of(call).at, by=call.initials)
    return f"{len(samples)} came to {place}."


def joined(call: Call) -> Mapping[str, Any]:
    """Return the body with its list of codes as the page's form takes it."""
    codes = call.body.get("samples")
    return {**call.body, "samples": ", ".join(map(str, codes))} if isinstance(codes, list) else call.body


def do_pool(call: Call) -> str:
    """Pool samples into a new fraction."""
    given = rows_of(call, "shares", ShareForm)
    samples = seen_samples(call, [one.cleaned_data["sample"] for one in given], "shares")
    shares = [share_of(sample, one.cleaned_data["amount"]) for sample, one in zip(samples, given, strict=True)]
    call.made = pool(
        call.journal, shares=shares, at=moment_of(call).at, operator=call.initials, title=call.data["title"]
    )
    request_labels(call.journal, samples=[call.made])
    return f"Pooled into {call.made.code}; its label waits."


class ShareForm(forms.Form):
    """How much of a sample is pooled; nothing when it was not recorded."""

    sample = forms.CharField(max_length=60)
    amount = forms.CharField(max_length=60, required=False)


def share_of(sample: Sample, text: str) -> Share:
    """Return a share, its amount in the sample's unit."""
    if not text.strip():
        return Share(sample, None)
    try:
        return Share(sample, parse_amount(text, storage_unit(sample.unit)).value, text)
    except QuantityError as error:
        raise Refusal(f"{sample.code}: {error}", field="shares") from error


def vial_plan(form: Any) -> VialPlan:
    """Return a vial to fill."""
    data = form.cleaned_data
    amount = data["amount"]
    facts = {name: data[name] for name in ("letter", "place", "arm", "solvent")}
    return VialPlan(amount.value if amount else None, as_written=amount.as_written if amount else "", **facts)


def do_dispense(call: Call) -> str:
    """Fill a fraction into vials."""
    asked, moment = call.asked, moment_of(call)
    given = rows_of(call, "vials", lambda data: VialForm(data, user=asked.user, lab=asked.lab))
    made = dispense(
        call.journal, fraction=call.record, vials=[vial_plan(one) for one in given], at=moment.at,
        operator=call.initials, precision=Precision(moment.precision),
    )  # fmt: skip
    return f"Filled {', '.join(one.code for one in made)}; their labels wait."


def spin_row(data: Mapping[str, Any], at: Moment) -> SpinRow:
    """Return a clean-up spin."""
    after = data["amount_after"]
    return SpinRow(
        at=at.at, precision=Precision(at.precision), values=values_of(data),
        amount_after_ul=after.value if after else None,
        **{name: data[name] for name in ("phase_kept", "phase_discarded", "outcome", "look")},
    )  # fmt: skip


def values_of(data: Mapping[str, Any]) -> tuple[ValueLine, ...]:
    """Return how it was spun."""
    keys = ("spin_speed_rpm", "spin_time_min")
    return tuple(ValueLine(key, actual=data[key]) for key in keys if data[key])


def do_spin(call: Call) -> str:
    """Spin a fraction without more MeOAc."""
    if call.record.kind != SampleKind.FRACTION:
        raise Refusal(f"{call.record.code} is a {call.record.get_kind_display()}, not a fraction.", field="sample")
    spin = spin_row(call.data, moment_of(call))
    record_clean_up_spin(call.journal, fraction=call.record, spin=spin, operator=call.initials)
    return "The clean-up spin is recorded."


def edit_form(asked: LabRequest, sample: Sample, data: Any) -> forms.BaseForm:
    """Return the page's form of a sample's words; a bottle's has its label too."""
    form = BottleEditForm if sample.kind == SampleKind.BOTTLE else SampleEditForm
    return form(data, sample=sample, user=asked.user)


def save_sample(asked: LabRequest, sample: Sample, form: Any, token: str) -> None:
    """Change a sample's words."""
    edit_sample(record=sample, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True)


ROW = {"type": "object", "additionalProperties": True}
LABEL = Act("sample_label", "Put its label into the queue", do_label, resource=SAMPLES)
REMOVE_LABELS = Act(
    "labels_remove", "Take labels out of the queue", do_remove_labels, resource=None,
    extras={"samples": {"type": "array", "items": ANY_TEXT}},
)  # fmt: skip
RECEIVE = Act("sample_receive", "Receive a sample", do_receive, ReceiveForm, resource=SAMPLES, amounts=("amount",))
RECEIVE_BOTTLE = Act(
    "bottle_receive", "Receive a bottle", do_bottle, BottleForm, resource=BOTTLES, least="manage",
    make=lambda call, data: BottleForm(data, lab=call.asked.lab, user=call.asked.user),
)  # fmt: skip
MAKE_SPECIMENS = Act(
    "specimen_make", "Make specimens, several at once", do_specimens, SpecimenForm, resource=SPECIMENS,
    make=lambda call, data: SpecimenForm(data, user=call.asked.user, lab=call.asked.lab),
    amounts=("solvent_amount", "ruby_amount", "oil_amount"),
    extras={"recount": RECOUNT}, defaults={"count": 1},
)  # fmt: skip
MOVE_MANY = Act(
    "samples_move", "Move many samples to one place", do_move, MoveSeveralForm, resource=SAMPLES, prepare=joined,
    make=lambda call, data: MoveSeveralForm(data, user=call.asked.user, lab=call.asked.lab),
)  # fmt: skip
POOL = Act(
    "samples_pool", "Pool samples into one", do_pool, PoolManyForm, resource=SAMPLES,
    extras={"shares": {"type": "array", "items": ROW}},
)  # fmt: skip
DISPENSE = Act(
    "sample_dispense", "Fill a fraction into vials", do_dispense, DispenseForm, resource=SAMPLES,
    extras={"vials": {"type": "array", "items": ROW}},
)  # fmt: skip
SPIN = Act("sample_clean_up_spin", "Clean-up spin of a fraction", do_spin, SpinForm, resource=SAMPLES)
DETAILS: dict[str, dict[str, Any]] = {
    "project": {"type": "string", "nullable": True, "description": "The project's short name or id."},
    "bottle": {"type": "object", "description": "Of a bottle: fields of its label."},
    "specimen": {"type": "object", "description": "Of a specimen: what it lies on or in."},
}
EDIT_SAMPLE = Edit(OwnWords, edit_form, save_sample, DETAILS)
