"""What a lab states for a method once and for all; fits that rest on another statement say that they are stale."""

from collections.abc import Mapping

from analysis.methods.contract import Method, SettingValue
from analysis.models import Fit, MethodChoice
from analysis.services.listening import check_later
from labbook.journal import Journal
from labbook.services.editing import edit


def state_choice(
    journal: Journal, method: Method, *, settings: Mapping[str, SettingValue], is_automatic: bool, token: str = ""
) -> MethodChoice:
    """Write what a lab states; `token` is the version that the person saw, empty where there was none.

    Raises Conflict when somebody else stated something else meanwhile.
    """
    choice, is_new = MethodChoice.objects.get_or_create(
        lab=journal.lab, method=method.name,
        defaults={"settings": dict(settings), "is_automatic": is_automatic, "created_by": journal.by},
    )  # fmt: skip
    if is_new:
        journal.created(choice, method=method.name, settings=dict(settings), is_automatic=is_automatic)
    else:
        changes = {"settings": dict(settings), "is_automatic": is_automatic}
        choice = edit(journal, choice, changes=changes, token=token)
    fits = Fit.objects.current().filter(lab=journal.lab, method=method.name)
    check_later(journal, list(fits.values_list("pk", flat=True)))
    return choice
