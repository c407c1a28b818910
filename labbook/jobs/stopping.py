"""Whether this process was asked to end; a signal sets it, and what runs looks at it now and then."""

from dataclasses import dataclass


@dataclass
class StopSign:
    """A plain flag: a signal handler must not touch a lock that its own thread may hold."""

    is_asked: bool = False


STOP = StopSign()
