"""The compose file, as far as it can be judged without an engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

COMPOSE: dict[str, Any] = yaml.safe_load(Path("docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
SECRETS = {"secret_key", "helpline_keys", "database_url", "redis_url", "email_url"}


def test_all_parts_are_there() -> None:
    assert sorted(SERVICES) == sorted([*OURS, "postgres", "redis", "front"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_what_runs_for_long_is_watched_and_brought_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_as_files_and_never_as_variables(name: str) -> None:
    service = SERVICES[name]
    assert set(service["secrets"]) == SECRETS
    for secret in SECRETS:
        assert service["environment"][f"{secret.upper()}_FILE"] == f"/run/secrets/{secret}"
        assert secret.upper() not in service["environment"]


@pytest.mark.parametrize("name", OURS)
def test_our_processes_may_do_nothing_they_need_not(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_only_the_front_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["front"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_a_stopped_redis_or_worker_never_keeps_intake_from_starting() -> None:
    assert sorted(SERVICES["web"]["depends_on"]) == ["migrate", "postgres"]
    assert "/healthz" in str(SERVICES["web"]["healthcheck"]["test"])


def test_data_outlives_its_containers() -> None:
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert set(COMPOSE["volumes"]) == {"postgres", "redis", "certificates"}


def test_every_secret_is_a_file_outside_the_repository() -> None:
    assert all(secret["file"].startswith("./deploy/secrets/") for secret in COMPOSE["secrets"].values())
    assert "deploy/secrets/" in Path(".gitignore").read_text(encoding="utf-8").splitlines()


def test_redis_keeps_its_messages_and_refuses_rather_than_forgets() -> None:
    command = SERVICES["redis"]["command"]
    assert "--appendfsync everysec" in command and "--maxmemory-policy noeviction" in command
