"""One view set a noun: lists and records to read, one action a step."""
