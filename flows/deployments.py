"""What `prefect.yaml` declares, served by this one process: for those without a work pool and a worker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.flow_runs import arun_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.events import AutomationCore, DeploymentTriggerTypes
from prefect.runner import Runner
from prefect.schedules import Cron
from pydantic import TypeAdapter

from flows.settings import PROJECT

DEPLOYMENTS = PROJECT / "prefect.yaml"
AUTOMATIONS = PROJECT / "deploy" / "automations.yaml"
_TRIGGER: TypeAdapter[DeploymentTriggerTypes] = TypeAdapter(DeploymentTriggerTypes)


async def serve_deployments(*, now: bool) -> None:
    """Register every deployment, and run what is due until interrupted; `now`: the monitor at once, too."""
    declared = yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))["deployments"]
    runner = Runner(name="undisclosed", pause_on_shutdown=False)
    for entry in declared:
        os.environ.update(entry["work_pool"]["job_variables"]["env"])
        await runner.aadd_deployment(as_deployment(entry))
    async with get_client() as client:
        await make_automations(client, AUTOMATIONS)
    if now:
        await arun_deployment("monitor/monitor", timeout=0, as_subflow=False)
    await runner.start()


def as_deployment(entry: dict[str, Any]) -> RunnerDeployment:
    """An entry of `prefect.yaml` as a deployment that is served; its work pool is not asked."""
    limit = entry.get("concurrency_limit")
    return RunnerDeployment.from_entrypoint(
        entry["entrypoint"],
        name=entry["name"],
        description=entry["description"],
        tags=entry["tags"],
        parameters=entry.get("parameters"),
        schedules=[
            Cron(each["cron"], **{key: each[key] for key in each if key != "cron"})
            for each in entry.get("schedules", ())
        ],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        triggers=[_TRIGGER.validate_python(trigger) for trigger in entry.get("triggers", ())],
    )


async def make_automations(client: PrefectClient, path: Path) -> None:
    """Make the automations of a file that the server lacks, by their names."""
    for declared in yaml.safe_load(path.read_text(encoding="utf-8"))["automations"]:
        if not await client.read_automations_by_name(declared["name"]):
            await client.create_automation(AutomationCore.model_validate(declared))
