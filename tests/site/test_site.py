from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from extractors.model import content_id
from flows.site.pages import is_web
from flows.site.slugs import slug_of
from tests.site.given import FOREIGN, HOSTILE, LATER, URL, build, write_warehouse
from tests.warehouse.given import RUN, claim, reading, told_of
from warehouse.database import open_warehouse
from warehouse.load import load_readings

pytestmark = pytest.mark.usefixtures("assets")


@pytest.fixture(scope="module")
def root(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    build(warehouse, made)
    return made


def pages_of(root: Path) -> list[Path]:
    return sorted(root.rglob("*.html"))


def test_there_is_a_page_for_each_company_and_metric(root: Path) -> None:
    names = {str(page.relative_to(root)) for page in pages_of(root)}
    assert {"index.html", "changes.html", "ask.html", "sources.html", "method.html", "metrics.html"} < names
    assert {f"companies/{slug_of(name)}.html" for name in ("Acme", FOREIGN, HOSTILE)} < names
    assert {"metrics/revenue.html", "metrics/unit_sales.html", "metrics/net_income.html"} < names


def test_nothing_from_outside_becomes_markup(root: Path) -> None:
    for page in pages_of(root):
        scripts = BeautifulSoup(page.read_text("utf-8"), "lxml").find_all("script")
        for script in scripts:
            is_ours = re.fullmatch(r"(\.\./)?assets/\w+\.js", str(script.get("src", "")))
            assert is_ours or script.get("type") == "application/json", f"{page.name}: {script}"
        assert "document.title" in page.read_text("utf-8") or page.name != f"{slug_of(HOSTILE)}.html"


def test_links_lead_to_the_web_or_within_the_site(root: Path) -> None:
    for page in pages_of(root):
        for link in BeautifulSoup(page.read_text("utf-8"), "lxml").select("[href], [src]"):
            target = str(link.get("href") or link.get("src"))
            if is_web(target):
                continue
            path = target.partition("#")[0].partition("?")[0]
            assert not path or (page.parent / path).resolve().is_file(), f"{page.name} -> {target}"


def test_data_in_a_page_is_json_whatever_it_holds(root: Path) -> None:
    page = BeautifulSoup((root / f"companies/{slug_of(HOSTILE)}.html").read_text("utf-8"), "lxml")
    data = page.select_one("#data")
    assert data is not None
    held = json.loads(data.get_text())
    title = held["words"][0][held["word_fields"].index("title")]
    assert title.startswith("</script><script>")


def test_every_page_has_a_policy_without_inline_scripts(root: Path) -> None:
    for page in pages_of(root):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.read_text("utf-8"))
        assert policy
        assert "unsafe-inline" not in policy[1]
        assert "default-src 'none'" in policy[1]


def test_the_board_turns_with_time(root: Path) -> None:
    board = json.loads((root / "data/board/unit_sales.json").read_text("utf-8"))
    cells = {
        (cadence["labels"][cell[0]], name): cell[2::2]
        for cadence in board["cadences"]
        for name, _, held in cadence["companies"]
        for cell in held
    }
    assert cells[("2023-Q4", "Acme")] == ["D"]
    assert cells[("2024-Q1", "Acme")] == ["S"]
    assert cells[("2024", FOREIGN)] == ["W"]


def test_a_second_build_writes_nothing(warehouse: Path, root: Path) -> None:
    assert build(warehouse, root).written == ()


def test_a_lost_record_makes_the_same_files_again(warehouse: Path, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "site")
    (tmp_path / "site" / "site.json").unlink()
    built = build(warehouse, tmp_path / "site")
    assert (built.companies, list(built.written)) == (3, ["site.json"])


def test_only_companies_with_something_new_are_made_again(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path / "w.duckdb")
    build(warehouse, tmp_path / "site")
    with open_warehouse(warehouse) as db:
        more = told_of(FOREIGN, reading("2024-06-01", [claim("revenue", "2024-Q1", "5 CNY")]))
        load_readings(db, [more], run_id=RUN, extractor_version="1", recorded_at=LATER)
    built = build(warehouse, tmp_path / "site")
    companies = [name for name in built.written if name.startswith("companies/")]
    assert (built.companies, companies) == (1, [f"companies/{slug_of(FOREIGN)}.html"])


def test_a_company_that_is_no_longer_held_has_no_page(warehouse: Path, tmp_path: Path) -> None:
    record = tmp_path / "site.json"
    (tmp_path / "companies").mkdir()
    (tmp_path / "companies" / "gone.html").touch()
    record.write_text(json.dumps({"stamp": "old", "url": URL, "companies": {"Gone": "mark"}}), "utf-8")
    build(warehouse, tmp_path)
    assert not (tmp_path / "companies" / "gone.html").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "", "x" * 500, "CON", HOSTILE, FOREIGN])
def test_a_slug_is_a_plain_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,80}", slug_of(name))


def test_companies_that_differ_have_pages_that_differ() -> None:
    names = ["Acme", "Acme!", "Acme?", "A cme", "Ácme", content_id("Acme").hex]
    assert len({slug_of(name) for name in names}) == len(names)
