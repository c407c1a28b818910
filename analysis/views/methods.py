"""The table of methods, and what the lab states for each once and for all."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from analysis.forms.choices import ChoiceForm
from analysis.methods.table import METHODS
from analysis.models import MethodChoice
from analysis.queries.methods import method_lines
from analysis.services.choices import state_choice
from labbook.http import LabRequest, lab_view
from labbook.journal import journal_of
from labbook.roles import may
from samples.views.keeping import answer_form


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def method_list(request: LabRequest) -> HttpResponse:
    """Show every method: what it needs, what it tells, and what the lab states for it."""
    context = {"groups": method_lines(request.lab), "may_manage": may(request.membership.role, "manage")}
    return render(request, "analysis/method_list.html", context)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def method_edit(request: LabRequest, name: str) -> HttpResponse:
    """Ask what the lab states for a method, and whether it runs by itself."""
    method = METHODS.get(name)
    if method is None:
        raise Http404("There is no such method.")
    choice = MethodChoice.objects.visible_to(request.user).filter(lab=request.lab, method=name).first()
    form = ChoiceForm(request.POST or None, method=method, choice=choice)

    def page(status: int) -> HttpResponse:
        context = {"form": form, "method": method, "record": choice}
        return render(request, "analysis/method_edit.html", context, status=status)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            token = request.POST.get("version", "")
            state_choice(journal, method, settings=form.stated, is_automatic=form.is_automatic, token=token)
        messages.success(request, f"What the lab states for {method.title} is saved.")
        return redirect("method_list")

    return answer_form(request, form, page, save, record=choice)
