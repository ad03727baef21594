"""The commands of docs/api.md, taken from the page and run as a reader would paste them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cases.models import Call, Case, FollowUp, Notice, Referral
from helpline.local.accounts import make_accounts
from tests.api.server import Server
from tests.conftest import Servers

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_they_work_as_pasted(servers: Servers, tmp_path: Path) -> None:
    make_accounts(tmp_path)
    server = Server(servers, tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    with server as address:
        script = "\n".join(["set -euo pipefail", *blocks])
        script = script.replace("http://localhost:8000", address).replace(".local/", f"{tmp_path}/")
        script = script.replace(".venv/bin/python", sys.executable)
        ran = subprocess.run(
            ["bash", "-c", script],
            cwd=PAGE.parents[1],
            env=server.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert ran.returncode == 0, ran.stderr + ran.stdout[-2000:]
    assert len(blocks) > 6
    call, case = Call.objects.get(), Case.objects.get()
    assert (call.case, case.urgency, case.status, case.detentions.count()) == (case, "U1", "referred", 1)
    assert case.assignee is not None and case.assignee.handle == "demo-counsellor"
    assert FollowUp.objects.get().status == "done"
    assert list(Referral.objects.order_by("offered_at").values_list("status", flat=True)) == [
        "declined",
        "accepted",
    ]
    assert set(Notice.objects.values_list("kind", flat=True)) >= {
        "case.assigned",
        "case.opened",
        "referral.offered",
    }
    assert call.about is not None and call.about.name not in ran.stdout
