"""The units of deploy/systemd are ones that systemd takes, where it is."""

import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
UNITS = sorted((PROJECT / "deploy" / "systemd").iterdir())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/undisclosed", str(PROJECT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],  # noqa: S607
        capture_output=True, text=True, check=False, env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_unit_has_no_more_rights_than_it_needs_and_no_secret(unit: Path) -> None:
    text = unit.read_text()
    for line in ("User=undisclosed", "NoNewPrivileges=true", "ProtectSystem=strict", "ProtectHome=true"):
        assert line in text
    assert "0.0.0.0" not in text  # noqa: S104
    assert "SECRET" not in text
