"""Giving out codes and tags."""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from labbook.errors import Refusal
from labbook.models import Alias, Code, CodeCounter, Lab, LabRecord

MOST_IN_A_QUERY = 500
# Without 0 O 1 I: a tag is read aloud and typed from a frosted vial.
TAG_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def normalized(text: str) -> str:
    """Return a code as it is compared: upper case, letters and digits only, a prime minus like any dash."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def take_tag() -> str:
    """Return a new global tag of six characters."""
    return take_tags(1)[0]


def take_tags(count: int) -> list[str]:
    """Return new global tags, each different from the others and from every tag that is taken.

    Two of five thousand random ones would be the same in one of a hundred imports.
    """
    tags: set[str] = set()
    while len(tags) < count:
        wanted = {"".join(secrets.choice(TAG_LETTERS) for _ in range(6)) for _ in range(count - len(tags))}
        found = list(wanted)
        for start in range(0, len(found), MOST_IN_A_QUERY):
            some = found[start : start + MOST_IN_A_QUERY]
            wanted -= set(Code.objects.filter(tag__in=some).values_list("tag", flat=True))
        tags |= wanted
    return list(tags)


def next_number(*, lab: Lab, prefix: str) -> int:
    """Take the next number of a prefix in a lab; the counter's row is locked until the transaction ends."""
    CodeCounter.objects.get_or_create(lab=lab, prefix=prefix)
    counter = CodeCounter.objects.select_for_update().get(lab=lab, prefix=prefix)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number


def next_code(*, lab: Lab, prefix: str) -> str:
    """Take the next free code such as NC-025; numbers that were given by hand are stepped over."""
    while True:
        code = f"{prefix}-{next_number(lab=lab, prefix=prefix):03d}"
        if not Code.objects.filter(lab=lab, code=code).exists():
            return code


def remember_number(*, lab: Lab, code: str) -> None:
    """Move the counter of a code that was given by hand past its number."""
    match = re.fullmatch(r"([A-Z]{1,6})-(\d{1,6})", code)
    if not match:
        return
    _raise_counter(lab, match[1], int(match[2]))


def remember_numbers(*, lab: Lab, codes: Iterable[str]) -> None:
    """Move the counters of many codes past their numbers, each counter once."""
    highest: dict[str, int] = {}
    for code in codes:
        match = re.fullmatch(r"([A-Z]{1,6})-(\d{1,6})", code)
        if match:
            highest[match[1]] = max(highest.get(match[1], 0), int(match[2]))
    for prefix, number in sorted(highest.items()):
        _raise_counter(lab, prefix, number)


def _raise_counter(lab: Lab, prefix: str, number: int) -> None:
    counter, _ = CodeCounter.objects.select_for_update().get_or_create(lab=lab, prefix=prefix)
    if counter.last_number < number:
        counter.last_number = number
        counter.save(update_fields=["last_number"])


@contextmanager
def refusing_taken_code(code: str) -> Iterator[None]:
    """Turn the clash of a new record's code with one that exists, also one written at this moment, into a refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(f"{code} is already used in this lab.", field="code") from error


def register_code(*, record: LabRecord, code: str, tag: str, record_type: str) -> Code:
    """Write the code row of a new record.

    Raises Refusal("code") when the lab already uses this code.
    """
    with refusing_taken_code(code):
        return Code.objects.create(
            lab=record.lab,
            code=code,
            normalized=normalized(code),
            tag=tag,
            record_type=record_type,
            record_id=record.pk,
        )


def add_alias(*, code: Code, text: str) -> Alias:
    """Give a record another name that search and the inbox match; twice the same changes nothing."""
    alias, _ = Alias.objects.get_or_create(
        code=code, normalized=normalized(text), defaults={"lab": code.lab, "text": text.strip()}
    )
    return alias
