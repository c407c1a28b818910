"""Suffixes that only one kind of format has: a file called so whose content is another one was renamed."""

FORMATS_OF = {
    "spc": ("shimadzu_spc", "galactic_spc"),
    "raw": ("bruker_raw", "bruker_raw4"),
    "uxd": ("bruker_uxd",),
    "brml": ("bruker_brml",),
    "xrdml": ("xrdml",),
    "ras": ("rigaku_ras",),
    "rasx": ("rigaku_rasx",),
    "cif": ("cif",),
    "img": ("hamamatsu_img",),
    "dm3": ("digital_micrograph",),
    "dm4": ("digital_micrograph",),
    "wdf": ("renishaw_wdf",),
    "sp": ("perkinelmer_sp",),
    "procspec": ("ocean_optics_procspec",),
}


def is_renamed(name: str, reader: str) -> bool:
    """Say whether a name's suffix belongs to another format than the one the content was read as."""
    formats = FORMATS_OF.get(name.rpartition(".")[2].lower())
    return bool(reader) and formats is not None and reader not in formats
