"""Guards that read code. Each answers the places that break its habit."""

import ast
from collections.abc import Collection, Iterator

from tests.house.sources import ROOMS, Sources, calls, functions, name_of, python

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TASK = 350, 60, 10
LONGEST_TEST_FILE = 450  # a list of sentences, read one at a time
_REFUSALS = "cases/errors.py"  # they tell of a status and move none
_SETTERS = {"update", "create", "update_or_create", "get_or_create"}


def statuses_moved_outside_actions(sources: Sources) -> list[str]:
    """Only actions move a status; the outbox moves those of its own deliveries."""
    return [
        f"{path} moves {what}"
        for path, tree in python(sources, *ROOMS)
        if not path.startswith("cases/actions/") and path not in ("cases/outbox.py", _REFUSALS)
        for what in _status_moves(tree)
    ]


def _status_moves(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for part in (part for target in targets for part in ast.walk(target)):
                if isinstance(part, ast.Attribute) and part.attr == "status":
                    yield ast.unparse(part)
        elif isinstance(node, ast.Call) and _sets_status(node):
            yield ast.unparse(node)[:80]


def _sets_status(call: ast.Call) -> bool:
    name = name_of(call)
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if name in ("setattr", "bulk_update"):
        listed = [part.value for part in ast.walk(call) if isinstance(part, ast.Constant)]
        return "status" in (words if name == "setattr" else listed)
    return name in _SETTERS and any(each.arg == "status" for each in call.keywords)


def long_waits_in_the_broker(sources: Sources) -> list[str]:
    """What is to happen later stands in PostgreSQL: a broker hands a waiting message out twice, or loses it."""
    return [
        f"{path}:{call.lineno} waits in the broker ({each.arg})"
        for path, tree in python(sources, *ROOMS)
        for call in calls(tree)
        for each in call.keywords
        if each.arg == "eta" or (each.arg == "countdown" and not _is_short(each.value))
    ]


def _is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value <= 60


def long_tasks(sources: Sources) -> list[str]:
    """A task takes ids and calls one thing; its body is no place for work."""
    return [
        f"{path}:{function.lineno} {function.name} is a task of {_body_lines(function)} lines"
        for path, tree in python(sources, *ROOMS)
        for function in functions(tree)
        if any(name_of(each) in ("shared_task", "task") for each in function.decorator_list)
        and _body_lines(function) > LONGEST_TASK
    ]


def _body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def long_functions(sources: Sources) -> dict[str, int]:
    """Functions nobody reads at a glance: `path name` -> lines."""
    return {
        f"{path} {function.name}": lines
        for path, tree in python(sources, *ROOMS, "tests/")
        for function in functions(tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }


def long_files(sources: Sources) -> dict[str, int]:
    """Files one scrolls in: path -> lines."""
    ends = (".py", ".html", ".css", ".js")
    return {
        path: lines
        for path, text in sources.items()
        if path.endswith(ends) and path.startswith((*ROOMS, "tests/")) and "/migrations/" not in path
        if (lines := text.count("\n")) > (LONGEST_TEST_FILE if path.startswith("tests/") else LONGEST_FILE)
    }


def rooms_without_meaning(sources: Sources) -> list[str]:
    """A room says what it holds; these names would hold anything."""
    nothing = {"utils", "util", "helpers", "services", "common", "misc", "signals"}
    return [
        path
        for path in sources
        if path.startswith(ROOMS) and nothing & {part.removesuffix(".py") for part in path.split("/")}
    ]


def signals(sources: Sources) -> list[str]:
    """What happens after a save stands in the action, where one can read it."""
    return [
        f"{path}:{call.lineno} listens to a signal"
        for path, tree in python(sources, "cases/", "api/", "helpline/web/")
        for call in calls(tree)
        if name_of(call) == "receiver"
        or (name_of(call) == "connect" and "signal" in ast.unparse(call.func).lower())
    ]


def dead_or_unknown_verbs(sources: Sources, tables: dict[str, Collection[str]]) -> list[str]:
    """Every verb of a lifecycle table is applied by an action, and no action applies one that is in no table."""
    used: dict[str, set[str]] = {table: set() for table in tables}
    for _path, tree in python(sources, "cases/actions/"):
        for call in calls(tree):
            if name_of(call) == "status_after" and isinstance(call.args[0], ast.Constant):
                table = name_of(call.args[2]) if len(call.args) > 2 else "CASE"
                used.setdefault(table, set()).add(str(call.args[0].value))
    dead = [
        f"{table}: no action applies {verb!r}"
        for table in tables
        for verb in set(tables[table]) - used[table]
    ]
    unknown = [
        f"{table}: {verb!r} stands in no table"
        for table, verbs in used.items()
        for verb in verbs - set(tables.get(table, ()))
    ]
    return sorted(dead + unknown)
