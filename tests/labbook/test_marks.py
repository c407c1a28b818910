"""The marks of a page say what they mean in words, and the styles keep their promises about contrast and size."""

import gzip
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client, RequestFactory

from labbook.context import frame
from labbook.http import LabRequest
from labbook.marks.deviations import deviation_of
from labbook.marks.notes import render_markdown
from labbook.marks.strips import strip_of
from labbook.models import Lab, Membership, User
from labbook.quantities.fields import QuantityField
from labbook.styles import FOLDER, SHEETS, joined

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "labbook" / "static" / "labbook" / "css"
SPRITE = ROOT / "labbook" / "static" / "labbook" / "icons.svg"


def draw(source: str, **context: object) -> str:
    """Return what a piece of a template says, its white space folded."""
    return " ".join(Template(source).render(Context(context)).split())


def words(html: str) -> str:
    """Return the text of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class WeighingForm(forms.Form):
    """A form with one of each shape of field."""

    mass = QuantityField(unit="mg", typed_in="g", usual_low=Decimal(100), usual_high=Decimal(300))
    look = forms.CharField(required=False, help_text="Turbid or clear")
    dried = forms.BooleanField(required=False)
    dish = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_an_unknown_amount_is_said_to_be_not_recorded() -> None:
    assert words(draw("{% amount x 'ul' %}", x=None)) == "not recorded"


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [(Decimal(700), "ul", "0.70 ml"), (Decimal(40), "ul", "40 µl"), (Decimal(1), "piece", "1 piece")],
)
def test_an_amount_is_shown_in_the_unit_people_read(number: Decimal, unit: str, said: str) -> None:
    assert words(draw("{% amount x u %}", x=number, u=unit)) == said


def test_a_value_shows_its_error_and_a_small_unit() -> None:
    shown = draw("{% value x 'nm' error=e %}", x=Decimal("9.0"), e=Decimal("0.9"))

    assert words(shown) == "9.0 ± 0.9 nm"
    assert '<span class="unit">nm</span>' in shown


def test_grouped_digits_are_not_taken_for_a_unit() -> None:
    assert "unit" not in draw("{% value x %}", x=Decimal(12500))


def test_a_derived_value_opens_its_formula_without_a_script() -> None:
    shown = draw("{% value x 's' formula='ice bath − injection' %}", x=Decimal("6.9"))

    assert shown.startswith("<details")
    assert "ice bath − injection" in shown


def test_a_moment_is_told_in_the_time_zone_of_the_lab() -> None:
    at = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    lab = Lab(time_zone="Europe/Rome")

    assert words(draw("{% moment at %}", at=at, lab=lab)) == "13 Mar 2026 00:30"
    assert words(draw("{% moment at 'day' %}", at=at, lab=lab)) == "13 Mar 2026"
    assert words(draw("{% clock at 'second' %}", at=at, lab=lab)) == "00:30:00"


def test_a_deviation_is_said_in_words_and_is_notable_from_its_threshold_on() -> None:
    small = draw("{% deviation a p unit='°C' notable=2 %}", a=Decimal("168.5"), p=Decimal(170))
    large = draw("{% deviation a p unit='°C' notable=2 %}", a=Decimal("167.6"), p=Decimal(170))

    assert words(small) == "▼ −1.5 °C"
    assert words(large) == "▼ −2.4 °C , notable"


def test_an_actual_value_inside_the_planned_range_is_as_planned() -> None:
    inside = deviation_of(Decimal(170), (Decimal(140), Decimal(220)), "°C", Decimal(2))
    above = deviation_of(Decimal(225), (Decimal(140), Decimal(220)), "°C", Decimal(2))

    assert inside.words == "as planned"
    assert above.words == "+5 °C".replace(" ", "\u202f")


def test_the_dot_of_a_deviation_stays_on_its_track() -> None:
    far = deviation_of(Decimal(900), (Decimal(170), Decimal(170)), "°C", Decimal(2))

    assert (far.dot, far.plan_from) == ("78.0", "42.0")


@pytest.mark.parametrize(
    ("kind", "degrees", "mark"),
    [("fridge", 5, "fridge"), ("freezer", -21, "freezer"), ("fridge", -21, "freezer"), ("outside", None, "unknown")],
)
def test_a_place_is_marked_by_its_temperature_before_its_kind(kind: str, degrees: int | None, mark: str) -> None:
    assert f'class="place {mark}"' in draw("{% place 'P' kind degrees %}", kind=kind, degrees=degrees)


def test_lanes_of_the_strip_end_together_at_the_join() -> None:
    strip = strip_of(
        [[{"code": "BT-1"}, {"code": "PB-1"}], [{"code": "CS-1"}], []], [{"code": "NC-1", "is_here": True}]
    )

    assert [lane.skip for lane in strip.lanes] == [0, 1]
    assert strip.joins


def test_the_strip_names_every_stop_and_amount_in_reading_order() -> None:
    lanes = [[{"code": "BT-1", "edge": "0.25 g"}, {"code": "PB-1", "url": "/p", "edge": "15 ml"}]]
    shown = draw("{% strip lanes trunk %}", lanes=lanes, trunk=[{"code": "NC-1", "is_here": True}])

    assert words(shown) == "BT-1 0.25 g PB-1 15 ml into NC-1 NC-1"
    assert 'aria-current="page"' in shown


@pytest.mark.parametrize(
    "note", ["<script>x()</script>", "[a](javascript:x)", '<b onclick="x()">b</b>', "<style>*{}</style>"]
)
def test_a_note_can_do_no_harm(note: str) -> None:
    html = render_markdown(note)

    assert not re.search(r"<script|<style|<[^>]*onclick|href=.javascript", html)


def test_a_note_keeps_its_emphasis_and_leaves_the_outline_to_the_page() -> None:
    assert render_markdown("# Red\n\n*at once*") == "<h3>Red</h3>\n<p><em>at once</em></p>\n"


def test_a_field_is_described_by_its_unit_hint_and_error() -> None:
    form = WeighingForm({"mass": "heavy", "dish": "a"})
    shown = draw("{% field form.mass hint='0.25 g' %}{% field form.look %}", form=form)

    assert 'aria-describedby="id_mass_hint id_mass_unit id_mass_error"' in shown
    assert 'id="id_mass_unit">g<' in shown
    assert 'aria-describedby="id_look_hint"' in shown
    assert all(f'id="id_mass_{part}"' in shown for part in ("hint", "unit", "error"))


def test_an_unusual_value_warns_and_does_not_block() -> None:
    form = WeighingForm({"mass": "0.9", "dish": "a"})

    assert form.is_valid()
    assert 'class="warned"' in draw("{% field form.mass %}", form=form)


def test_optional_fields_are_marked_and_required_ones_are_not() -> None:
    form = WeighingForm()

    assert "optional" in draw("{% field form.look %}", form=form)
    assert "optional" not in draw("{% field form.mass %}", form=form)


def test_the_error_summary_leads_to_each_field_and_takes_the_focus() -> None:
    form = WeighingForm({"mass": "", "dish": ""})
    form.add_error(None, "The batch is empty.")
    shown = draw("{% error_summary form %}", form=form)

    assert 'href="#id_mass"' in shown
    assert 'href="#id_dish_0"' in shown
    assert "The batch is empty." in shown
    assert "autofocus" in shown
    assert draw("{% error_summary form %}", form=WeighingForm()) == ""


def test_every_form_has_its_own_idempotency_key() -> None:
    keys = re.findall(r'value="([0-9a-f-]{36})"', draw("{% form_safety %}{% form_safety %}"))

    assert len(set(keys)) == 2


def test_a_new_record_has_no_version_and_a_saved_one_a_signed_one(lab: Lab) -> None:
    assert draw("{% version_token record %}") == ""
    assert re.search(r'name="version" value="1:[^"]{20,}"', draw("{% version_token record %}", record=lab))


@pytest.mark.parametrize(("tag", "address"), [("undo:/moves/3/undo", "/moves/3/undo"), ("undo://evil.example/", "")])
def test_an_undo_button_posts_to_the_notebook_only(tag: str, address: str) -> None:
    from django.contrib.messages import SUCCESS
    from django.contrib.messages.storage.base import Message

    assert draw("{{ message|undo_address }}", message=Message(SUCCESS, "Moved", extra_tags=tag)) == address


def test_the_frame_shows_a_guest_nothing_to_record(rf: RequestFactory, lab: Lab, guest: User, manager: User) -> None:
    def new_doors(user: User) -> list[str]:
        request = cast(LabRequest, rf.get("/"))
        request.membership = Membership.objects.get(user=user)
        return [door.label for door in frame(request)["new_doors"]]

    assert new_doors(guest) == []
    assert "Specimen" in new_doors(manager)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', SPRITE.read_text()))
    sources = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    named = {name for source in sources for name in re.findall(r"\{% icon [\"']([\w-]+)", source)}

    assert named
    assert named <= drawn


def test_all_styles_together_stay_below_25_kb_compressed() -> None:
    # As they are sent: the sheets of the house joined, those of single pages apart.
    apart = [path for path in ROOT.glob("*/static/**/*.css") if path.parent != FOLDER or path.stem not in SHEETS]
    size = len(joined().packed) + sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in apart)

    assert 5_000 < size < 25_000


def tokens_of(selector: str) -> dict[str, str]:
    """Return the colors that a block of tokens.css sets, light ones first where a block only overrides."""
    source = (STYLES / "tokens.css").read_text()
    block = source[source.index(selector) :].partition("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


def luminance(color: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb as WCAG defines it."""
    digits = color[1:] if len(color) == 7 else "".join(one * 2 for one in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [":root {", ':root:not([data-theme="light"])', ':root[data-theme="dark"]'])
def test_text_keeps_4_5_and_marks_keep_3_to_1_in_every_theme(selector: str) -> None:
    color = tokens_of(selector)
    texts = [
        (text, ground) for text in ("ink", "soft", "mute", "accent", "ok", "due", "bad") for ground in ("paper", "wash")
    ]
    texts += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("accent", "accent-wash")]
    texts += [(text, f"{text}-wash") for text in ("ok", "due", "bad")] + [("mute", "due-wash"), ("ink", "due-wash")]
    marks = [(mark, "paper") for mark in ("edge", "fridge", "freezer", "bench")]

    weak = [pair for pair in texts if contrast(color[pair[0]], color[pair[1]]) < 4.5]
    weak += [pair for pair in marks if contrast(color[pair[0]], color[pair[1]]) < 3]

    assert not weak


def test_dark_is_the_same_whether_the_device_or_the_person_asks_for_it() -> None:
    assert tokens_of(':root:not([data-theme="light"])') == tokens_of(':root[data-theme="dark"]')


def test_the_style_sheets_come_in_one_answer_that_is_kept_until_they_change(client: Client, db: None) -> None:
    current = client.get(draw("{% style_sheet %}"), headers={"Accept-Encoding": "gzip"})
    old = client.get("/styles/000000000000.css")

    assert "immutable" in current.headers["Cache-Control"]
    assert gzip.decompress(current.content) == old.content
    assert b"--paper" in old.content
    assert old.headers["Cache-Control"] == "no-cache"
