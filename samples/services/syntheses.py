"""What people do with a synthesis, under one roof: plan, start, stamp, record, end."""

from samples.services.crude import crude_of, make_crude, set_crude_volume
from samples.services.endings import end_synthesis, missing_to_finish, reopen_synthesis
from samples.services.injection_inputs import UsedAmount, return_input, settle_input
from samples.services.injections import MOMENTS, record_injection, stamp, undo_stamp
from samples.services.planning import (
    CS_INPUT,
    PB_INPUT,
    duplicate_synthesis,
    injection_of,
    plan_synthesis,
    start_synthesis,
)
from samples.services.used_amounts import dial_input

__all__ = [
    "CS_INPUT",
    "MOMENTS",
    "PB_INPUT",
    "UsedAmount",
    "crude_of",
    "dial_input",
    "duplicate_synthesis",
    "end_synthesis",
    "injection_of",
    "make_crude",
    "missing_to_finish",
    "plan_synthesis",
    "record_injection",
    "reopen_synthesis",
    "return_input",
    "set_crude_volume",
    "settle_input",
    "stamp",
    "start_synthesis",
    "undo_stamp",
]
