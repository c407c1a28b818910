"""A synthesis through the API alone: planned, started, stamped, precipitated, ended; and the lab's own lists."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from labbook.models import Lab, User
from samples.models import Process, Synthesis
from tests.samples.api.conftest import Asker
from tests.samples.services.bench import batch, bottle, hot_injection


def test_a_synthesis_is_recorded_from_plan_to_end(lab: Lab, member: User, asker: Asker) -> None:
    hot_injection(lab)
    batch(lab, member, "CS-019", "5000")
    batch(lab, member, "PB-031", "14940")
    bottle(lab, member, "MeOAc")

    planned = asker.post(
        "syntheses",
        {"recipe": "hot-injection", "temperature": "170 °C", "cs_batch": "CS-019", "pb_batch": "PB-031",
         "cs_oleate": "1 ml"},
    )  # fmt: skip
    assert planned.status_code == 201, planned.content
    there = f"syntheses/{planned.json()['record']['code']}"
    assert asker.post(f"{there}/start").status_code == 428
    done(asker.post(f"{there}/start", If_Match=planned["ETag"]))
    done(asker.post(f"{there}/stamp", {"moment": "injected"}))
    done(asker.post(f"{there}/stamp", {"moment": "ice_bath"}))
    injection = f"processes/{asker.get(there).json()['hot_injection']}"
    done(asker.post(f"{injection}/value", {"key": "injection_temperature_c", "actual": "169.2 °C"}))
    crude = asker.post(f"{there}/fractions", {
        "operator": "LM", "rows": [
            {"meoac_ml": "5.3 ml", "hexane_ml": "2.8 ml", "rpm": 6000, "minutes": 5, "vials": 2},
            {"as_planned": True, "hexane_ml": 3, "vials": 1},
        ], "stop": True, "stop_reason": "no obvious precipitate",
    }, If_Match=asker.get(there)["ETag"])  # fmt: skip
    assert crude.status_code == 201, crude.content
    code = Synthesis.objects.get().code
    assert {f"{code}-F1", f"{code}-F1-a", f"{code}-F1-b", f"{code}-F2-a"} <= set(crude.json()["made"])
    ended = asker.post(f"{there}/end", {"outcome": "finished"}, If_Match=asker.get(there)["ETag"])
    assert done(ended)["record"]["status"] == "finished"
    assert asker.get(there).json()["injection_temperature_c"] == 169.2


def done(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def test_a_wrong_row_of_the_table_is_named_and_nothing_is_written(lab: Lab, member: User, asker: Asker) -> None:
    hot_injection(lab)
    there = f"syntheses/{done(asker.post('syntheses', {'recipe': 'hot-injection'}))['record']['code']}"
    body = {"operator": "LM", "rows": [{"meoac_ml": "5 ml"}, {"meoac_ml": "five"}]}
    answer = asker.post(f"{there}/fractions", body, If_Match=asker.get(there)["ETag"])

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "rows.2.meoac_ml"
    assert not Process.objects.filter(kind="precipitation").exists()


def test_an_act_on_a_synthesis_that_changed_meanwhile_is_answered_412(lab: Lab, asker: Asker) -> None:
    hot_injection(lab)
    planned = asker.post("syntheses", {"recipe": "hot-injection"})
    there = f"syntheses/{planned.json()['record']['code']}"
    done(asker.patch(there, {"title": "another"}, If_Match=planned["ETag"]))

    assert asker.post(f"{there}/start", If_Match=planned["ETag"]).status_code == 412


def test_actual_values_are_changed_by_name_and_clash_with_both_values(lab: Lab, asker: Asker) -> None:
    hot_injection(lab)
    synthesis = done(asker.post("syntheses", {"recipe": "hot-injection", "temperature": "170 °C"}))["record"]
    there = f"processes/{synthesis['hot_injection']}"
    etag = asker.get(there)["ETag"]

    saved = asker.patch(f"{there}/values", {"injection_temperature_c": "171 °C"}, If_Match=etag)
    clash = asker.patch(f"{there}/values", {"injection_temperature_c": "172 °C"}, If_Match=etag)

    value = next(one for one in done(saved)["values"] if one["key"] == "injection_temperature_c")
    assert (value["planned_low"], value["actual"]) == (170, 171)
    assert clash.status_code == 409
    assert clash.json()["conflicts"][0]["theirs"] == "171"


def test_bottles_precursors_places_and_equipment_are_added_as_on_their_pages(
    lab: Lab, asker: Asker, keeper: Asker
) -> None:
    hot_injection(lab)
    label = {"chemical": "Lead iodide", "short": "PbI2", "lot": "MK1", "amount": "25 g"}

    assert asker.post("bottles", label).status_code == 403
    received = done(keeper.post("bottles", label))["record"]
    assert (received["balance"], received["unit"], received["bottle"]["lot"]) == (25_000, "mg", "MK1")
    recipe = next(one for one in asker.get("recipes").json()["items"] if one["content"].get("makes") == "PbI2")
    prepared = done(asker.post("precursors", {"recipe": recipe["slug"], "as_planned": True}))["record"]
    assert prepared["kind"] == "precursor"
    place = keeper.post("places", {"title": "Fridge 9", "kind": "fridge", "nominal_temperature_c": 4})
    there = f"places/{done(place)['record']['id']}"
    changed = done(keeper.patch(there, {"title": "Fridge 10"}, If_Match=place["ETag"]))
    assert (changed["title"], changed["nominal_temperature_c"]) == ("Fridge 10", 4)
    assert done(keeper.post("equipment", {"title": "Rotor 5", "kind": "rotor", "rotor_radius_mm": 86}))["record"]


def test_tables_are_checked_and_imported_with_the_report_of_the_command_line(
    lab: Lab, asker: Asker, keeper: Asker
) -> None:
    def sent(who: Asker, query: str, text: str) -> Any:
        file = SimpleUploadedFile("bottles.csv", text.encode())
        return who.client.post(f"/api/v1/import{query}", {"tables": [file]})

    assert sent(asker, "", "code\nBT-1\n").status_code == 403
    wrong = sent(keeper, "?dry_run=1", "colour\nred\n")
    assert wrong.status_code == 422
    assert wrong.json()["dry_run"] is True
    assert wrong.json()["errors"]
