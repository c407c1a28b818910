"""Makes the paper of a campaign: `make paper [CAMPAIGN=DIR]`."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from scripts.bench.lists import prepare
from scripts.console import ROOT, say
from scripts.paper.judging import Judgement, judge
from scripts.paper.numbers import Number, numbers_of
from scripts.paper.truths import Truth

CAMPAIGN = ROOT.parent / "shared" / "data" / "campaign"
# What was made is kept, so that it can be looked at.
KEPT = ROOT / "var" / "paper"


def main() -> None:
    """Print one JSON line per number, table and figure, and a summary; exit 0 only if chance allows all of it."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--campaign", type=Path, default=CAMPAIGN, help="a folder with records and raw files")
    arguments.add_argument("--into", type=Path, default=KEPT, help="where tables and figures are kept")
    options = arguments.parse_args()
    if not (options.campaign / "records").is_dir():
        say(f"There is no campaign in {options.campaign}.")
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="labbook-paper-") as folder:
        prepare(Path(folder))
        sys.exit(0 if made(options.campaign, options.into) else 1)


def made(campaign: Path, into: Path) -> bool:
    """Take a campaign in, analyse all of it, print what came out, and say whether it holds."""
    from scripts.paper.campaign import take_in
    from scripts.paper.further import analyse_further
    from scripts.paper.publishing import publish
    from scripts.paper.working import do_queued, failed_jobs, fit_every_series

    began = time.monotonic()
    taken = take_in(campaign)
    do_queued()
    fit_every_series(taken.lab, taken.by)
    analyse_further(taken.lab, taken.by)
    truth = Truth.of(campaign)
    numbers = list(numbers_of(taken.lab, truth))
    for one in numbers:
        print(json.dumps(one.plain(), ensure_ascii=False))
    published = publish(taken.lab, taken.by, into)
    for line in published:
        print(json.dumps(line, ensure_ascii=False))
    failed = [f"{job.kind}: {job.error}" for job in failed_jobs(taken.lab)]
    judgement = judge(numbers, truth)
    missing = [line for line in published if not line["is_made"]]
    print(json.dumps(summary(judgement, time.monotonic() - began, len(published), len(missing), failed)))
    return judgement.holds and not failed and not missing


def summary(
    judgement: Judgement, seconds: float, made_count: int, missing_count: int, failed: list[str]
) -> dict[str, object]:
    """Return the last line."""
    judged, beyond = judgement.judged, judgement.beyond
    return {
        "summary": f"{judged} numbers judged, {len(beyond)} beyond {judgement.limit_sigma:.2f} σ",
        "beyond": [f"{one.method} {one.what} of {one.sample} {one.condition}: {one.sigma:.2f} σ" for one in beyond],
        "good_but_not_counting": [words(one) for one in judgement.flagged_good],
        "bad_but_counting": [words(one) for one in judgement.silently_fitted],
        "pulls": judgement.by_what,
        "tables_and_figures": made_count,
        "not_made": missing_count,
        "failed_jobs": failed,
        "seconds": round(seconds, 1),
        "holds": judgement.holds and not failed and not missing_count,
    }


def words(number: Number) -> str:
    """Return which fit a number is of, and why it does not count."""
    return f"{number.method} of {number.sample}: {number.refused or ', '.join(number.flags)}"


if __name__ == "__main__":
    main()
