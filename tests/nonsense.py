"""Nonsense for forms and addresses: values that mean nothing, words of addresses, and parts that name nothing."""

from measurements.curves.heat_recipe import WORDS as MAP_WORDS
from measurements.curves.recipe import WORDS as PLOT_WORDS
from measurements.queries.measurements_search import MEASUREMENT_KEYS
from samples.queries.search_keys import SEARCH_KEYS

BIG = 2**63

NASTY = {
    "nothing": "",
    "word": "not a number",
    "unit": "3 furlongs",
    "negative": "-5",
    "nan": "NaN",
    "infinite": "-Infinity ml",
    "huge": "1e999",
    "many digits": "9" * 5000,
    "beyond bigint": str(BIG),
    "fraction": "0.00000000000000000001 ml",
    "future": "2999-01-01T10:00",
    "long ago": "0001-01-01",
    "end of time": "9999-12-31 23:59:59",
    "no day": "2026-02-30",
    "taken code": "CS-100",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markdown": "[x](javascript:alert(1)) ![y](https://elsewhere.example/z.png)",
    "nul": "a\0b",
    "emoji": "🧪👩‍🔬",
    "right to left": "\u202eabc\u200f\u2066",
    "long": "x" * 20_000,
    "template": "{{ 7|add:7 }}{% now %}",
    "path": "../../../etc/passwd",
    "quote": "'; DROP TABLE samples_sample; --",
    "percent": "%s%n%00",
    "arabic digits": "٣٫٥ ml",
    "forged token": "999:forged",
}
# Every word that an address may ask with: the lists' own, the facets', and what a plot and a map are drawn by.
PARAMETERS = sorted({
    "q", "kind", "size", "in", "stored", "status", "by", "project", "injT_from", "injT_to", "before", "after",
    "cursor", "limit", "page", "from", "draft", "part", "field", "person", "record", "first_day", "last_day",
    "format", "direction", "generations", "depth", "solvents", "of", "dev", "state", "recipe", "code", "scan", "step",
    "card", "view", "all", "do", "next", "lab", "place", "fields", "like", "edit", "refresh", "parts", "name",
    "batch", "row", "s", "sample", "technique", "instrument", "along", "made_from", "made_to", "points", "folder",
    "file", "lot", "kinds", "measurement", "reference", "references", "hide", "listed", "show", "dpi", "size_mm",
    "z", "width", "height", "method", "quantity", "counting", "log", *SEARCH_KEYS, *MEASUREMENT_KEYS,
    *PLOT_WORDS, *MAP_WORDS,
})  # fmt: skip
# What names the curves of a plot: nonsense around real ones gets further than nonsense alone.
DRAWN = ("plot_", "overlay", "map_", "curve_", "api_curve", "measurement_detail", "series_detail")
ADDRESSES = [
    "/s/{}", "/s/{}/lineage/", "/s/{}/statement/", "/s/{}/move/", "/syntheses/{}/", "/syntheses/{}/run/",
    "/stock/{}/", "/precursors/{}/", "/recipes/{}/", "/places/{}/", "/equipment/{}/", "/people/{}", "/projects/{}",
    "/history/sample/{}/", "/history/{}/1/", "/import/{}/run/", "/q/{}", "/s/NC-100-F1-FL1/parents/{}/", "/{}",
    "/sign-in/{}/", "/{}/samples/", "/m/{}", "/m/{}/edit", "/m/1/references/{}/remove", "/s/{}/measurements",
    "/series/{}", "/series/1/rungs/{}", "/instruments/{}", "/instruments/{}/log-sheet", "/sessions/{}",
    "/calibrations/{}/edit", "/curves/{}", "/curves/{}/map.bin", "/curves/{}/figure.svg", "/overlay/figure.{}",
    "/plot/table-{}.csv", "/recordings/{}/header", "/files/{}/download", "/files/{}/columns", "/jobs/{}",
    "/inbox/{}", "/inbox/1/rows/{}", "/inbox/receipts/{}", "/inbox/uploads/{}", "/inbox/links/{}/revoke", "/u/{}",
    "/fits/{}", "/fits/{}/model", "/fits/{}/plots/0.json", "/fits/{}/tables/0.csv", "/m/{}/fits", "/m/{}/analyse",
    "/series/{}/analysis", "/series/1/figures/{}", "/series/{}/tables/s2", "/s/{}/values", "/values/{}", "/methods/{}",
    "/tables/{}", "/tables/{}.csv", "/figures/{}", "/figures/x.{}",
]  # fmt: skip
PARTS = ("%00", "a%00b", "%ED%A0%80", "%FF", str(BIG), "9" * 30, "-1", "0", "%F0%9F%A7%AA", "%E2%80%AE", "x" * 3000,
         "..%2f..%2fetc", "%0d%0aSet-Cookie:x=1", "'", "%27%22%3Cscript%3Ealert(1)")  # fmt: skip
