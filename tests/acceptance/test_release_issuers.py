"""Who issues a release of the archive, against what was read by hand."""

import tarfile
import tomllib
from pathlib import Path

import pytest

from extractors.issuers import release_issuer
from extractors.plain import read_markdown
from extractors.registry import bare_name

PACKED = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "press-releases-2000.tar.xz"
FACTS = Path(__file__).with_name("release_issuers.toml")


@pytest.mark.skipif(not PACKED.exists(), reason="the archive of press releases is not beside the project")
def test_issuers_are_those_that_were_read_by_hand() -> None:
    facts = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    right, wrong = [], []
    with tarfile.open(PACKED) as packed:
        for member in packed:
            known = facts.get(member.name.partition("releases/")[2])
            file = packed.extractfile(member) if known is not None else None
            if known is None or file is None:
                continue
            parts = read_markdown(file.read().decode())
            found = release_issuer(parts.title, parts.paragraphs, "en")
            if found and bare_name(found) == bare_name(known):
                right.append(found)
            elif found:
                wrong.append((known, found))
    assert len(wrong) <= 1, wrong
    assert len(right) >= 0.7 * sum(map(bool, facts.values()))
