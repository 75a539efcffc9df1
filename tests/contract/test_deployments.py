"""Every deployment in prefect.yaml names a flow that is there, with parameters that it has."""

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.flows import Flow

PROJECT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = yaml.safe_load((PROJECT / "prefect.yaml").read_text())["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_the_entry_point_is_a_flow_that_takes_the_parameters(deployment: dict[str, Any]) -> None:
    module, _, name = deployment["entrypoint"].rpartition(".")
    flow = getattr(importlib.import_module(module), name)
    assert isinstance(flow, Flow)
    assert flow.name == deployment["name"]
    assert deployment["description"]
    given = [
        deployment.get("parameters", {}),
        *(each.get("parameters", {}) for each in deployment.get("schedules", [])),
    ]
    assert {key for parameters in given for key in parameters} <= set(inspect.signature(flow.fn).parameters)


def test_monitor_runs_each_hour() -> None:
    monitor = next(each for each in DEPLOYMENTS if each["name"] == "monitor")
    assert [schedule["cron"].split()[1:] for schedule in monitor["schedules"]] == [["*"] * 4]
