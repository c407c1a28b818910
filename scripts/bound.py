"""Becomes another program that ends when the process that started it is gone: `python -m scripts.bound PROGRAM …`."""

import ctypes
import os
import signal
import sys

# Linux: the signal that a process gets when its parent ends; it stays through an exec. Elsewhere nothing is bound.
PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execv(sys.argv[1], sys.argv[1:])
