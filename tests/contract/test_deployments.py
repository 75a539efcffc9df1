"""Every deployment in prefect.yaml names a flow that is there, with parameters of its types, and can be served."""

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.events import AutomationCore
from prefect.flows import Flow

from flows.deployments import as_deployment

PROJECT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = yaml.safe_load((PROJECT / "prefect.yaml").read_text())["deployments"]
AUTOMATIONS = yaml.safe_load((PROJECT / "deploy" / "automations.yaml").read_text())["automations"]

REQUIRED = {"backfill": {"sources": ["acme_newsroom"], "since": "2024-01-01"}}
"""What the user gives."""


def flow_of(deployment: dict[str, Any]) -> Flow[..., Any]:
    module, _, name = deployment["entrypoint"].rpartition(".")
    flow = getattr(importlib.import_module(module), name)
    assert isinstance(flow, Flow)
    return flow


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_the_entry_point_is_a_flow_that_takes_the_parameters(deployment: dict[str, Any]) -> None:
    flow = flow_of(deployment)
    assert flow.name == deployment["name"]
    assert deployment["description"]
    assert "undisclosed" in deployment["tags"]
    uses = [*deployment.get("schedules", []), *deployment.get("triggers", []), deployment]
    for use in uses:
        flow.validate_parameters(REQUIRED.get(flow.name, {}) | use.get("parameters", {}))


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def test_what_is_served_is_what_is_declared(deployment: dict[str, Any]) -> None:
    served = as_deployment(deployment)
    assert (served.name, served.description) == (deployment["name"], deployment["description"])
    assert [each.slug for each in served.schedules or ()] == [each["slug"] for each in deployment.get("schedules", ())]
    assert [each.name for each in served.triggers] == [each["name"] for each in deployment.get("triggers", ())]
    assert served.concurrency_limit == deployment["concurrency_limit"]["limit"]


def test_monitor_looks_each_hour_at_every_kind_of_source_and_has_a_place_for_each() -> None:
    monitor = next(each for each in DEPLOYMENTS if each["name"] == "monitor")
    schedules = monitor["schedules"]
    assert [schedule["cron"].split()[1:] for schedule in schedules] == [["*"] * 4] * len(schedules)
    looked_at = [authority for schedule in schedules for authority in schedule["parameters"]["authorities"]]
    assert sorted(looked_at) == ["company", "press", "regulator", "wire"]
    assert monitor["concurrency_limit"]["limit"] == len(schedules)


@pytest.mark.parametrize("automation", AUTOMATIONS, ids=lambda automation: automation["name"])
def test_an_automation_is_one_that_prefect_takes(automation: dict[str, Any]) -> None:
    assert AutomationCore.model_validate(automation).description
