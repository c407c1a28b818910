"""What every page's frame shows: the rooms of the rail, the menus and who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse

from labbook.models import Lab, Membership
from labbook.roles import may

# Rail and bottom bar: label, icon, URL name.
ROOMS = (
    ("Today", "today", "today"),
    ("Synthesis", "flask", "synthesis_list"),
    ("Samples", "vial", "sample_list"),
    ("Measurements", "curve", "measurement_list"),
    ("Figures", "figure", "figure_list"),
    ("Storage", "fridge", "storage_map"),
)
# The first word of a page's URL name → the room it stands in; what is not listed stands in none.
ROOM_OF = {
    "today": "Today",
    "synthesis": "Synthesis",
    "precipitation": "Synthesis",
    "run": "Synthesis",
    "sample": "Samples",
    "samples": "Samples",
    "specimen": "Samples",
    "label": "Samples",
    "precursor": "Samples",
    "bottle": "Samples",
    "stock": "Samples",
    "lineage": "Samples",
    "statement": "Samples",
    "recall": "Samples",
    "parent": "Samples",
    "measurement": "Measurements",
    "calibration": "Measurements",
    "recording": "Measurements",
    "curve": "Measurements",
    "file": "Measurements",
    "instrument": "Measurements",
    "session": "Measurements",
    "log": "Measurements",
    "overlay": "Measurements",
    "series": "Measurements",
    "inbox": "Measurements",
    "fit": "Measurements",
    "method": "Measurements",
    "value": "Samples",
    "figure": "Figures",
    "table": "Figures",
    "storage": "Storage",
}
# `+ New`: label, icon, URL name, what the person's role must allow.
NEW = (
    ("Synthesis", "flask", "synthesis_new", "record"),
    ("Precursor", "drop", "precursor_new", "record"),
    ("Specimen", "film", "specimen_new", "record"),
    ("Received sample", "vial", "sample_receive", "record"),
    ("Measurement", "curve", "inbox_list", "record"),
    ("Bottle", "bottle", "bottle_new", "manage"),
    ("Import tables", "upload", "import_new", "manage"),
)
# Under the initials.
ACCOUNT = (
    ("Stock", "bottle", "stock_list", "read"),
    ("Precursors", "drop", "precursor_list", "read"),
    ("Recipes", "recipe", "recipe_list", "read"),
    ("Equipment", "gear", "equipment_list", "read"),
    ("Instruments", "curve", "instrument_list", "read"),
    ("Methods", "curve", "method_list", "read"),
    ("Places", "fridge", "place_list", "read"),
    ("Labels", "tag", "label_list", "read"),
    ("Projects", "folder", "project_list", "read"),
    ("People", "people", "people_list", "read"),
    ("Activity", "clock", "activity", "read"),
    ("Jobs", "play", "job_list", "read"),
    ("API tokens", "key", "token_list", "read"),
    ("Lab settings", "gear", "lab_settings", "own"),
)


@dataclass(frozen=True)
class Door:
    """A link of the frame."""

    label: str
    icon: str
    address: str
    is_current: bool = False


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the lab, the person's membership and the links that lead somewhere today."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return {"lab": None, "membership": None, "room": "", "rooms": [], "new_doors": [], "account_doors": []}
    room = room_of(request)
    return {
        "lab": membership.lab,
        "membership": membership,
        "room": room,
        "rooms": [
            Door(label, icon, address_of(name), label == room) for label, icon, name in ROOMS if address_of(name)
        ],
        "new_doors": open_doors(NEW, membership.role),
        "account_doors": open_doors(ACCOUNT, membership.role),
        "lab_doors": lab_doors(membership.lab, getattr(request, "labs", [])),
    }


def lab_doors(here: Lab, labs: list[Lab]) -> list[Door]:
    """Return the ways between the labs of somebody who is in several; nothing for everybody else."""
    if len(labs) < 2:
        return []
    outside = get_script_prefix().removesuffix(f"{here.slug}/")
    return [Door(lab.name, "flask", f"{outside}{lab.slug}/", lab.pk == here.pk) for lab in labs]


def room_of(request: HttpRequest) -> str:
    """Return the label of the room a page stands in, or nothing."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return ROOM_OF.get(name.partition("_")[0], "")


def open_doors(doors: tuple[tuple[str, str, str, str], ...], role: int) -> list[Door]:
    """Keep the links whose page exists and that the role may follow."""
    allowed = ((label, icon, address_of(name)) for label, icon, name, action in doors if may(role, action))
    return [Door(label, icon, address) for label, icon, address in allowed if address]


def address_of(name: str) -> str:
    """Return the address of a page, or nothing while it is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
