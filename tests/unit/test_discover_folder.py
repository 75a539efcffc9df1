from pathlib import Path

import pytest

from extractors.model import Candidate
from flows.discover import Answer, DiscoverError
from tests.unit.discovering import AWeb, a_source, ask


def discover(url: str) -> Answer:
    return ask(a_source("folder", url=url), AWeb({}))


def test_documents_are_candidates_by_name(tmp_path: Path) -> None:
    for name in ("b.html", "a b#1.TXT", "2026-05 Acme.md", ".hidden.txt", "figures.pdf", "photo.jpg", "notes"):
        tmp_path.joinpath(name).write_text("text")
    tmp_path.joinpath("sub.txt").mkdir()
    assert discover(str(tmp_path)).candidates == (
        Candidate(source_id="acme", url=tmp_path.as_uri() + "/2026-05%20Acme.md", published="2026-05"),
        Candidate(source_id="acme", url=tmp_path.as_uri() + "/a%20b%231.TXT"),
        Candidate(source_id="acme", url=tmp_path.as_uri() + "/b.html"),
        Candidate(source_id="acme", url=tmp_path.as_uri() + "/figures.pdf"),
    )


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("2026-05-03.txt", "2026-05-03"),
        ("2026-05-03_acme.txt", "2026-05-03"),
        ("2026-05-03-acme.txt", "2026-05-03"),
        ("2026-02-30 acme.txt", None),
        ("2026-051.txt", None),
        ("acme 2026-05-03.txt", None),
    ],
)
def test_a_date_at_the_head_of_the_name_is_the_hint(tmp_path: Path, name: str, published: str | None) -> None:
    tmp_path.joinpath(name).write_text("text")
    assert [candidate.published for candidate in discover(str(tmp_path)).candidates] == [published]


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert discover(str(tmp_path)) == Answer(())


def test_a_folder_that_is_none_is_an_error_that_names_it(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("text")
    with pytest.raises(DiscoverError, match=f"acme: folder does not exist: {tmp_path}/none"):
        discover(str(tmp_path / "none"))
    with pytest.raises(DiscoverError, match="folder cannot be read"):
        discover(str(tmp_path / "file"))
