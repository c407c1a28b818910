"""Small tables as a lab would send them."""

import io

import openpyxl

from samples.importing.tables import Source

BOTTLES = "code,chemical,short,amount,unit,opened,lot\nBT-901,cesium carbonate,Cs2CO3,25,g,2026-01-27,L1\n"
BOTTLES += "BT-902,lead iodide,PbI2,25,g,2026-01-27,L2\nBT-903,1-octadecene,ODE,1000,ml,2026-01-27,L3\n"
PRECURSORS = "code,kind,made_at,operator,volume_ml\nCS-901,Cs-oleate,2026-02-16T08:30:00+01:00,AV,10.65\n"
PRECURSORS += "PB-901,PbI2,2026-02-16T09:00:00+01:00,AV,15.0\n"
INPUTS = "precursor,bottle,chemical,planned,actual,unit\nCS-901,BT-901,Cs2CO3,0.2,0.1996,g\n"
INPUTS += "CS-901,BT-903,ODE,10,10,ml\nPB-901,BT-902,PbI2,0.25,0.2496,g\nPB-901,BT-903,ODE,12.5,12.5,ml\n"
SYNTHESES = "code,cs_batch,pb_batch,injection_planned_C,injection_actual_C,injected_at,ice_bath_at,growth_s,crude_ml,"
SYNTHESES += "cs_oleate_actual_ml,operator\nNC-901,CS-901,PB-901,170,169.2,2026-02-16T10:20:00+01:00,"
SYNTHESES += "2026-02-16T10:20:07+01:00,7,15.9,1,AV\n"
ROUNDS = "synthesis,round,kind,at,in_ml,meoac_planned_ml,meoac_actual_ml,rpm,minutes,pellet_hexane_ml,supernatant_ml,"
ROUNDS += "outcome,fraction,look,operator\n"
ROUNDS += "NC-901,1,precipitation,2026-02-16T12:15:00+01:00,15.9,5.3,5.2,7500,5,3,20.8,pellet,NC-901-F1,red,AV\n"
ROUNDS += "NC-901,2,stop,2026-02-16T12:40:00+01:00,20.8,,,,,,,no obvious precipitate,,,AV\n"
FRACTIONS = "code,synthesis,round,collected_at,hexane_ml,filter,volume_ml\n"
FRACTIONS += "NC-901-F1,NC-901,1,2026-02-16T12:15:00+01:00,3,PVDF 0.22 um,2.8\n"
VIALS = "code,fraction,arm,volume_ml,filled_at,sibling,status,ended_at,reason\n"
VIALS += "NC-901-F1-a,NC-901-F1,fridge,1.4,2026-02-16T13:15:00+01:00,NC-901-F1-b,in use,,\n"
VIALS += "NC-901-F1-b,NC-901-F1,freezer,1.4,2026-02-16T13:15:00+01:00,NC-901-F1-a,in use,,\n"
SPECIMENS = "code,kind,source_vial,substrate,made_at,operator,detail\n"
SPECIMENS += "NC-901-F1-FL1,film,NC-901-F1-a,glass,2026-02-20T15:00:00+01:00,GF,spin coated 3 times\n"
USES = "at,source,amount,unit,target,purpose,operator\n"
USES += "2026-02-20T15:00:00+01:00,NC-901-F1-a,0.12,ml,NC-901-F1-FL1,film,GF\n"
USES += "2026-02-21T15:00:00+01:00,NC-901-F1-a,0.05,ml,day 5,stability cuvette,GF\n"

ALL = {
    "bottles": BOTTLES,
    "precursors": PRECURSORS,
    "precursor_inputs": INPUTS,
    "syntheses": SYNTHESES,
    "rounds": ROUNDS,
    "fractions": FRACTIONS,
    "vials": VIALS,
    "specimens": SPECIMENS,
    "uses": USES,
}


def sources(**changed: str) -> list[Source]:
    """The whole set, with some tables said otherwise."""
    return [Source(f"{name}.csv", text.encode()) for name, text in (ALL | changed).items() if text]


def workbook(text: str) -> bytes:
    """The same table as an Excel file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in text.splitlines():
        sheet.append(line.split(","))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
