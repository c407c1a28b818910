"""Small files of many formats, made here, so that there is something to break where the shared folder is missing."""

import io
import struct
import zipfile

from scripts.bench.corpus import made_spectrum

POINTS = 40


def made_corpus() -> list[tuple[str, bytes]]:
    """Return the files by name."""
    return [
        ("ocean.txt", made_spectrum(1, points=POINTS)),
        ("table.csv", rows("Wavelength (nm),Signal (counts)\n", ",").encode()),
        ("table.tsv", rows("x\ty\n", "\t").encode("utf-16")),
        ("comma.csv", rows("x;y\n", ";").replace(".", ",").encode("cp1252")),
        ("uvprobe.txt", rows('"NC-1 - RawData"\r\n"Wavelength nm."\t"Abs."\r\n', "\t").encode()),
        ("pattern.xy", rows('\'Id: "made" Operator: "" Anode: "Cu"\n', " ").encode()),
        ("labspec.txt", rows("#Acq. time (s)=\t1\n#Laser=\t532\n#Date=\t01.02.2026 10:00\n", "\t").encode("latin-1")),
        ("edges.csv", b"particle,edge_nm\n" + b"".join(b"%d,%d.5\n" % (n, n) for n in range(1, POINTS))),
        ("spectrum.jdx", jcamp()),
        ("version1.raw", raw_version_1()),
        ("streak.img", streak_image()),
        ("structure.cif", CIF),
        ("grey.png", grey_png()),
        ("book.xlsx", workbook()),
    ]


CIF = b"""data_made
_cell_length_a 5.43
_cell_length_b 5.43
_cell_length_c 5.43
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'P 1'
loop_
_atom_site_label
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Si1 0 0 0
"""


def rows(header: str, delimiter: str) -> str:
    """Return a header with rows of two numbers."""
    return header + "".join(f"{400 + n / 2:.2f}{delimiter}{n * n / 7:.4f}\n" for n in range(POINTS))


def jcamp() -> bytes:
    """Return a JCAMP-DX spectrum."""
    values = " ".join(str(n * n) for n in range(POINTS))
    return (
        "##TITLE= made\n##JCAMP-DX= 4.24\n##DATA TYPE= UV/VIS SPECTRUM\n##XUNITS= NANOMETERS\n##YUNITS= ABSORBANCE\n"
        f"##FIRSTX= 400\n##LASTX= {400 + POINTS - 1}\n##DELTAX= 1\n##XFACTOR= 1\n##YFACTOR= 1\n##NPOINTS= {POINTS}\n"
        f"##XYDATA= (X++(Y..Y))\n400 {values}\n##END=\n"
    ).encode()


def raw_version_1() -> bytes:
    """Return a Bruker RAW file of version 1: a header of 156 bytes, then counts."""
    header = bytearray(156)
    struct.pack_into("<4sI", header, 0, b"RAW ", POINTS)
    struct.pack_into("<f", header, 12, 0.02)
    struct.pack_into("<f", header, 24, 10.0)
    return bytes(header) + struct.pack(f"<{POINTS}f", *range(POINTS))


def streak_image() -> bytes:
    """Return a streak image of eight by eight pixels without axis tables."""
    comment = b'[Application],Date="01.02.2026",Time="10:00:00",Software="HPD-TA"\r\n[Acquisition],NrExposure=1\r\n'
    header = struct.pack("<2s6H", b"IM", len(comment), 8, 8, 0, 0, 2).ljust(64, b"\0")
    return header + comment + struct.pack("<64H", *range(64))


def grey_png() -> bytes:
    """Return a grey picture of eight by eight pixels."""
    from PIL import Image

    stream = io.BytesIO()
    Image.frombytes("L", (8, 8), bytes(range(64))).save(stream, format="PNG")
    return stream.getvalue()


def workbook() -> bytes:
    """Return an Excel workbook with one sheet."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n / 3}</v></c></row>' for n in range(1, 30)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    members = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{links}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {package}relationships"><Relationship Id="r1" '
        f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()
