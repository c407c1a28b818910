"""Drafts: what was typed and not yet saved, one row per person and form, never part of the history."""

import json
from collections.abc import Mapping

from labbook.errors import Refusal
from labbook.models import Draft, User

MOST_BYTES = 512 * 1024
# What no draft keeps: secrets, and tokens that are made anew with every page.
NEVER_KEPT = {"csrfmiddlewaretoken", "idempotency_key", "draft_form", "draft_title", "password", "login"}


def save_draft(*, user: User, form: str, title: str, fields: Mapping[str, list[str]]) -> Draft:
    """Keep what a person has typed into a form, over what was kept before.

    Raises Refusal when it is too much to keep.
    """
    kept = {name: values for name, values in fields.items() if name not in NEVER_KEPT}
    if not form.startswith("/") or len(form) > 200:
        raise Refusal("A draft belongs to a form's address.", field="form")
    if "\0" in form + title or any("\0" in one for values in (kept, *kept.values()) for one in values):
        raise Refusal("A draft cannot hold the character with the number zero.", field="fields")
    if len(json.dumps(kept)) > MOST_BYTES:
        raise Refusal("This is too long to keep as a draft. Save the form, or shorten it.", field="fields")
    draft, _ = Draft.objects.update_or_create(user=user, form=form, defaults={"title": title[:200], "fields": kept})
    return draft


def discard_draft(*, user: User, form: str) -> None:
    """Forget a draft; one that is not there is no mistake."""
    if form:
        Draft.objects.filter(user=user, form=form).delete()
