"""The text of the house, as the guards read it."""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cases/", "api/", "helpline/")
_LEFT_OUT = {".git", ".venv", ".local", "__pycache__", "node_modules"}

# Path from the root of the checkout -> text. A guard takes one of these, so that a test can show it a bad one.
Sources = Mapping[str, str]


@cache
def committed() -> dict[str, str]:
    """Every text file under version control; in an unpacked archive, every file that is no by-product."""
    texts = {}
    for path in _names():
        try:
            texts[path] = (ROOT / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return texts


def _names() -> list[str]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return listed.stdout.splitlines()
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if not _LEFT_OUT & set(path.parts))


def python(sources: Sources, *rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """The Python files of some rooms, read; what a tool wrote (migrations) is left out."""
    for path, text in sources.items():
        if path.endswith(".py") and path.startswith(rooms) and "/migrations/" not in path:
            yield path, ast.parse(text, path)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function of a file, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node  # type: ignore[misc]


def name_of(node: ast.AST) -> str:
    """The last name of what is called, assigned or put on as a decorator: `x.y.z(…)` is `z`."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call inside."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
