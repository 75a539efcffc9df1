"""Stages as Prefect's tasks, at the least that a task costs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from functools import wraps
from typing import ParamSpec, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from flows.line import Stages

P = ParamSpec("P")
R = TypeVar("R")


def as_task(name: str, stage: Callable[P, Awaitable[R]], run_name: str | None = None) -> Callable[P, Awaitable[R]]:
    """The stage, each call of it a task run.

    An asynchronous task works with its flow's client; one that is not makes a client of its own at every run, which
    costs several times as much as all else. What a stage is given is quoted: Prefect would look through every page and
    claim of it for results of other tasks.
    """
    task = Task(stage, name=name, task_run_name=run_name, cache_policy=NO_CACHE, persist_result=False)

    @wraps(stage)
    async def take(*given: P.args, **named: P.kwargs) -> R:
        return await task(*map(quote, given), **named)  # type: ignore[arg-type]

    return take


def as_tasks(stages: Stages) -> Stages:
    """Every stage of a line as a task; a run of it is called by its name and its source's."""
    names = [field.name for field in fields(stages)]
    # a load's first parameter is no source
    run_names = {name: f"{name} {{source.id}}" for name in names if name != "load"}
    return Stages(**{name: as_task(name, getattr(stages, name), run_names.get(name)) for name in names})
