"""What the pages with one form share: show it, save it once, come back with the reason when refused."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpResponse

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal
from labbook.models import LabRecord
from labbook.views.conflicts import refusal_page

Page = Callable[[int], HttpResponse]


def answer_form(
    request: LabRequest,
    form: BaseForm,
    page: Page,
    save: Callable[[], HttpResponse],
    *,
    record: LabRecord | None = None,
) -> HttpResponse:
    """Answer a page with one form; `record` is what it changes, so that a conflict can be shown."""

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            return save()
        except Refusal as refusal:
            if record is not None:
                return refusal_page(request, refusal, form, record, page)
            attach_refusal(form, refusal)
            return page(422)

    return answer_once(request, write) if request.method == "POST" else page(200)
