"""Long work beside the pages: a handler is given a Run, and a worker sees to it that its effect is there once."""
