"""Reading a file in a process of its own, where a hang, a crash or too much memory costs only that file."""
