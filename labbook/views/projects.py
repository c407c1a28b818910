"""Projects of the lab: the list, a new one, and a project with its members."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.forms.people import ProjectForm, ProjectMembersForm
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.models import Project
from labbook.queries.drafts import draft_data
from labbook.queries.projects import projects_of
from labbook.roles import may
from labbook.services.projects import change_project, start_project


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def project_list(request: LabRequest) -> HttpResponse:
    projects = projects_of(request.lab, seen_by=request.user)
    context = {"projects": projects, "may_record": may(request.membership.role, "record")}
    return render(request, "labbook/project_list.html", context)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: LabRequest) -> HttpResponse:
    form = ProjectForm(request.POST or draft_data(request) or None)

    def page(status: int = 200) -> HttpResponse:
        return render(request, "labbook/project_new.html", {"form": form}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            project = start_project(lab=request.lab, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        messages.success(request, f"{project} is there.")
        return redirect("project_edit", project.slug)

    return answer_once(request, write) if request.method == "POST" else page()


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: LabRequest, slug: str) -> HttpResponse:
    project = find(request, Project.objects, slug=slug)
    told = {"name": project.name, "is_restricted": project.is_restricted, "members": project.members.all()}
    form = ProjectMembersForm(request.POST or draft_data(request) or None, initial=told, lab=request.lab)

    def page(status: int = 200) -> HttpResponse:
        return render(request, "labbook/project_edit.html", {"form": form, "record": project}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        token = request.POST.get("version", "")
        try:
            change_project(project=project, token=token, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        messages.success(request, f"{project} is saved.")
        return redirect("project_list")

    return answer_once(request, write) if request.method == "POST" else page()
