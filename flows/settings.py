"""The settings of this installation, in one typed place, and where each comes from.

A variable `UNDISCLOSED_NAME` of the environment comes first, then, in a deployed run, the Prefect variable
`undisclosed` (a JSON object), then the file `undisclosed.toml`, then the default. Secrets are no settings: see
flows/credentials.py.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from warehouse.place import Lake, Place, read_lake, without_password

PROJECT = Path(__file__).resolve().parents[1]
PREFIX = "UNDISCLOSED_"
FILE = f"{PREFIX}CONFIG"
"""The variable that names another file of settings."""
SECRET_PREFIX = f"{PREFIX}SECRET_"
VARIABLE = "undisclosed"
"""The Prefect variable."""
RUN_VARIABLE = "PREFECT__FLOW_RUN_ID"
"""What Prefect sets in the process of a deployed run."""


class SettingsError(Exception):
    """A setting that is unknown or has a bad value; the message names it, where it stands, and what is allowed."""


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]+/?", text):
        raise ValueError("an address such as http://127.0.0.1:8017")
    return text.rstrip("/")


def _place(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+", text):
        raise ValueError("an address such as https://example.org/undisclosed")
    return text.rstrip("/")


def _scheduler(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", text):
        raise ValueError("an address such as tcp://10.0.0.5:8786")
    return text


def _warehouse(given: object, info: ValidationInfo) -> object:
    if isinstance(given, Path | Lake):  # by default, or made by us
        return given
    return read_lake(str(given), info.data.get("home", PROJECT) / "lake")


class Settings(BaseSettings):
    """Folders, addresses and limits. A path of the file counts from the file's folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    home: Path = Field(PROJECT / "data", description="warehouse, archive, backups, Prefect's own state")
    warehouse: Annotated[Place, BeforeValidator(_warehouse)] = Field(
        default_factory=lambda known: known["home"] / "live.duckdb",
        description="a lake that several machines write, as ducklake:postgresql://user@host/database#/folder",
    )
    sources: Path = Field(PROJECT / "sources", description="the folder of source files")
    watches: Path = Field(PROJECT / "watches", description="the folder of watch lists")
    contact: str | None = Field(None, description="the address that the User-Agent declares")
    workers: int | None = Field(
        None, ge=1, description="processes that a replay or a backfill reads in; by default one a core"
    )
    dask: Annotated[str | None, AfterValidator(_scheduler)] = Field(
        None, description="a Dask scheduler, whose workers read instead, such as tcp://10.0.0.5:8786"
    )
    newsroom: Annotated[str, AfterValidator(_address)] = Field(
        "http://127.0.0.1:8017", description="where the embedded newsroom listens"
    )
    site_url: Annotated[str, AfterValidator(_place)] = Field(
        "http://127.0.0.1:8000", description="where the site will stand, as its feeds name it"
    )
    news_days: float = Field(7, ge=0, description="what was known for longer when it was loaded alerts nobody")
    keep_backups: int = Field(7, ge=1, description="as many backups are kept")
    least_free_gb: float = Field(1, ge=0, description="with less room than this, the disk is told to be full")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given: the layers are read, and told apart, by `read_layers`."""
        return (init_settings,)

    @property
    def published(self) -> Place:
        """What analysts open: a copy of the file, put in place at the end of each run, or the lake itself."""
        return self.warehouse if isinstance(self.warehouse, Lake) else self.home / "undisclosed.duckdb"

    @property
    def site(self) -> Path:
        """The folder of the static site."""
        return self.home / "site"

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.home / "archive"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.home / "backups"

    @property
    def newsroom_clock(self) -> Path:
        """The file that holds the day on which the embedded newsroom stands."""
        return self.home / "newsroom-day.txt"


@dataclass(frozen=True)
class Layer:
    """The settings that one place gives, by name; names and values are not checked yet."""

    place: str
    """As messages name it: `{key}` stands for the setting. Example: undisclosed.toml: {key}"""
    values: Mapping[str, Any]
    root: Path
    """What a relative path counts from."""

    def name(self, key: str) -> str:
        """A setting, as it is called in this place."""
        return self.place.format(key=key, KEY=key.upper())


def read_settings() -> Settings:
    """The settings that hold now. Raises SettingsError where one is unknown or has a bad value."""
    return merge_layers(read_layers())


def read_layers(*, with_variable: bool | None = None) -> list[Layer]:
    """The places that settings are read from, first the one that comes first.

    `with_variable`: whether the Prefect server is asked for its variable; by default where this is a deployed run.
    """
    with_variable = RUN_VARIABLE in os.environ if with_variable is None else with_variable
    layers = [Layer(f"{PREFIX}{{KEY}}", EnvSettingsSource(Settings)() | dict(_unknown_variables()), Path.cwd())]
    if with_variable:
        layers.append(Layer(f"Prefect variable {VARIABLE}: {{key}}", _read_variable(), PROJECT))
    path = Path(os.environ.get(FILE) or PROJECT / "undisclosed.toml").absolute()
    if path.exists() or os.environ.get(FILE):
        layers.append(Layer(f"{path}: {{key}}", _read_file(path), path.parent))
    return layers


def merge_layers(layers: list[Layer]) -> Settings:
    """The settings that these layers give together. Raises SettingsError."""
    given: dict[str, Any] = {}
    for layer in layers:
        try:
            Settings(**layer.values)
        except ValidationError as error:
            raise SettingsError("; ".join(_describe(layer, detail) for detail in error.errors())) from None
        given = {key: _rooted(key, value, layer.root) for key, value in layer.values.items()} | given
    return Settings(**given)


def _rooted(key: str, value: Any, root: Path) -> Any:
    return root / Path(value).expanduser() if Settings.model_fields[key].annotation is Path else value


def _unknown_variables() -> Iterator[tuple[str, str]]:
    """What the environment has under our prefix, and nobody reads."""
    for variable, value in os.environ.items():
        key = variable.removeprefix(PREFIX)
        is_known = key.lower() in Settings.model_fields or variable == FILE or variable.startswith(SECRET_PREFIX)
        if key != variable and not is_known:
            yield key.lower(), value


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error


@cache
def _read_variable() -> Mapping[str, Any]:
    """What the Prefect server has for this process; asked once."""
    from prefect.client.orchestration import get_client  # only a deployed run, or who asks for it, waits for this

    with get_client(sync_client=True) as client:
        found = client.read_variable_by_name(VARIABLE)
    if found is not None and not isinstance(found.value, dict):
        raise SettingsError(f"Prefect variable {VARIABLE}: must be a JSON object of settings")
    return found.value if found is not None else {}  # type: ignore[return-value]


def _describe(layer: Layer, detail: ErrorDetails) -> str:
    """One of pydantic's findings, with the setting's name as it is written where it stands."""
    key = str(detail["loc"][0])
    if detail["type"] != "extra_forbidden":
        given = without_password(repr(detail["input"]))
        return f"{layer.name(key)} = {given} is not allowed: {detail['msg']}"
    names = [layer.name(name) for name in Settings.model_fields]
    close = get_close_matches(layer.name(key), names, n=1)
    allowed = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
    return f"{layer.name(key)} is no setting: {allowed}"
