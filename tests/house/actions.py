"""The guard of the six beats: every action is asked for by somebody, whole or not at all, and written down."""

import ast
from collections.abc import Mapping

from tests.house.sources import Sources, calls, functions, name_of, python

Functions = Mapping[str, ast.FunctionDef]


def crooked_actions(sources: Sources) -> list[str]:
    """Actions whose `by` may be forgotten, that may save half, that ask no rule or leave no line."""
    everything = {
        function.name: function
        for _path, tree in python(sources, "cases/actions/")
        for function in functions(tree)
    }
    found = []
    for name in sorted(_exported(sources) & set(everything)):
        action = everything[name]
        if "by" not in {arg.arg for arg in action.args.kwonlyargs}:
            found.append(f"{name}: `by` is not keyword-only")
        elif action.args.kw_defaults[[arg.arg for arg in action.args.kwonlyargs].index("by")] is not None:
            found.append(f"{name}: `by` may be left out")
        if not any(_is_atomic(each) for each in _reached(name, everything)):
            found.append(f"{name}: is not atomic")
        found += [f"{name}: {what}" for word, what in _BEATS.items() if not _does(name, word, everything)]
    return found


_BEATS = {"require": "asks no rule", "record": "leaves no line in the timeline"}


def _exported(sources: Sources) -> set[str]:
    names: set[str] = set()
    for _path, tree in python(sources, "cases/actions/__init__.py"):
        for node in tree.body:
            if isinstance(node, ast.Assign) and name_of(node.targets[0]) == "__all__":
                names |= set(ast.literal_eval(node.value))
    return names


def _reached(name: str, everything: Functions) -> list[ast.FunctionDef]:
    """The function and all others of the room that it calls, directly or through others."""
    seen, ahead = {name}, [name]
    while ahead:
        for call in calls(everything[ahead.pop()]):
            called = name_of(call)
            if called in everything and called not in seen:
                seen.add(called)
                ahead.append(called)
    return [everything[each] for each in seen]


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any(name_of(each) == "atomic" for each in function.decorator_list)


def _does(name: str, word: str, everything: Functions) -> bool:
    return any(name_of(call) == word for each in _reached(name, everything) for call in calls(each))
