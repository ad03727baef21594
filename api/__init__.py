"""The machine door: the same actions, filters and rules as the pages, as JSON over HTTP."""
