"""Rooms of the frame that a later version fills; each page says honestly what is not there yet."""

from django.http import HttpResponse
from django.shortcuts import render

from labbook.http import LabRequest, lab_view


@lab_view("read")
def storage_map(request: LabRequest) -> HttpResponse:
    """Say that time at each temperature is not counted yet."""
    text = "Vials know the place they were put in; how long they stay there is counted from a later version."
    return coming(request, "Storage", text)


def coming(request: LabRequest, title: str, text: str) -> HttpResponse:
    """Show a room that is still empty."""
    return render(request, "labbook/coming.html", {"title": title, "text": text})
