"""Guards that read texts: what may stand in no committed file, and what the documents must name."""

import configparser
import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from tests.house.sources import ROOT, Sources

_HOMES = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+")
_OPTION = re.compile(r"^\s*(-i\b|-f\b|--(?:extra-)?index-url|--find-links|--trusted-host|--no-index)")
_ADDRESS = re.compile(r"\w+://|\s@\s")


def paths_of_one_machine(sources: Sources, folders: Iterable[Path] = (ROOT, Path.home())) -> list[str]:
    """Folders that exist for one person only; the checkout itself and the home where they are long enough to tell."""
    own = [re.escape(str(folder)) + r"(?![\w-])" for folder in folders if len(folder.parts) > 2]
    patterns = [_HOMES, *map(re.compile, own)]
    return [
        f"{path}:{number}"
        for path, text in sources.items()
        for number, line in enumerate(text.splitlines(), 1)
        if any(pattern.search(line) for pattern in patterns)
    ]


def addresses_of_registries(sources: Sources, hosts: Iterable[str] | None = None) -> list[str]:
    """Requirement files hold names, versions and hashes; where packages come from is the reader's own choice."""
    found = [
        f"{path}:{number} says where packages come from"
        for path, text in sources.items()
        if path.startswith("requirements/")
        for number, line in enumerate(text.splitlines(), 1)
        if _OPTION.search(line) or _ADDRESS.search(line.partition("#")[0])
    ]
    for host in _registries_here() if hosts is None else hosts:
        found += [
            f"{path} names a registry of this machine" for path, text in sources.items() if host in text
        ]
    return found


def _registries_here() -> set[str]:
    """The hosts this machine is told to take packages from."""
    places = [os.environ.get(name, "") for name in os.environ if name.endswith("INDEX_URL")]
    for file in (Path("/etc/pip.conf"), Path.home() / ".pip/pip.conf", Path.home() / ".config/pip/pip.conf"):
        config = configparser.RawConfigParser()
        config.read(file)
        for section in config.sections():
            places += [value for name, value in config.items(section) if name.endswith("index-url")]
    hosts = {urlsplit(place).hostname or "" for text in places for place in text.split()}
    return {host for host in hosts if "." in host}


def unhashed_requirements(sources: Sources) -> list[str]:
    """Every pinned package has the hashes of its files."""
    return [
        f"{path}: {line}"
        for path, text in sources.items()
        if re.fullmatch(r"requirements/\w+\.txt", path)
        for line in re.split(r"\n(?=[A-Za-z])", text)
        if re.match(r"[A-Za-z]", line) and "--hash=sha256:" not in line
    ]


def inline_code(sources: Sources) -> list[str]:
    """The policy of the pages forbids code and styles inside them; a browser would silently drop these."""
    inline = re.compile(
        r"<script(?![^>]*(?:\bsrc=|\btype=\"application/json\"))|<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:"
    )
    return [
        f"{path}:{number}"
        for path, text in sources.items()
        if path.endswith(".html")
        for number, line in enumerate(text.splitlines(), 1)
        if inline.search(line)
    ]


def commands_without_a_document(sources: Sources) -> list[str]:
    """Every management command is told of in README.md or docs/."""
    documents = "\n".join(
        text for path, text in sources.items() if re.match(r"(README\.md|docs/.*\.md)$", path)
    )
    commands = [
        Path(path).stem
        for path in sources
        if "/management/commands/" in path and path.endswith(".py") and not Path(path).name.startswith("_")
    ]
    return [name for name in commands if not re.search(rf"\b{name}\b", documents)]


def commands_that_do_not_exist(sources: Sources, known: Iterable[str]) -> list[str]:
    """A document never tells of a command of ours that is not there."""
    told = {
        (path, name)
        for path, text in sources.items()
        if re.match(r"(README\.md|ARCHITECTURE\.md|docs/.*\.md)$", path)
        for name in re.findall(r"manage\.py ([a-z_]+)", text)
    }
    return sorted(f"{path}: manage.py {name}" for path, name in told if name not in set(known))


def variables_without_a_document(sources: Sources) -> list[str]:
    """Every variable the settings read is told of in README.md or docs/operator.md."""
    told = sources.get("README.md", "") + sources.get("docs/operator.md", "")
    asked = re.compile(r"(?:optional|required|switch|environ\.get)\(\s*\"([A-Z][A-Z_]+)\"")
    read = {
        name for path, text in sources.items() if path.startswith("helpline/") for name in asked.findall(text)
    }
    return sorted(name for name in read if not re.search(rf"\b{name}\b", told))


def dead_links(sources: Sources) -> list[str]:
    """A link between our documents leads somewhere."""
    return [
        f"{path}: {target}"
        for path, text in sources.items()
        if path.endswith(".md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        if not (ROOT / path).parent.joinpath(target).exists()
    ]
