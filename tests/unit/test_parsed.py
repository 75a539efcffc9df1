"""`undisclosed parse`: one JSON object a file, in order, whatever one of them holds."""

import gzip
import json
from pathlib import Path

from click.testing import CliRunner

from flows.cli import app
from flows.parsed import parsed_lines

PROSE = "Brouwerij Zonnedauw verkocht in het derde kwartaal 4,1 miljoen kratten bier, meldt het bedrijf."
PAGE = f"""<html lang="nl"><head><meta property="article:published_time" content="2024-10-31T08:00:00+01:00"></head>
<body><article><h1>Meer kratten</h1><p>{PROSE}</p>
<table><tr><th></th><th>2024</th></tr><tr><td>Omzet</td><td>12,5</td></tr></table></article></body></html>"""


def test_a_page_gives_its_parts(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    [(line, fault)] = parsed_lines([file])
    assert fault is None
    assert json.loads(line) == {
        "file": str(file),
        "title": "Meer kratten",
        "published": "2024-10-31",
        "language": "nl",
        "publisher": None,
        "text": f"{PROSE}\n\n\t2024\nOmzet\t12,5",
        "tables": [[["", "2024"], ["Omzet", "12,5"]]],
        "error": None,
    }


def test_details_tell_who_wrote_it_where_it_is_and_the_role_of_each_paragraph(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        PAGE.replace("<head>", '<head><link rel="canonical" href="/nieuws/kratten">'
                     '<meta property="article:modified_time" content="2024-11-02T08:00:00Z">')
        .replace("</h1>", '</h1><p class="subtitle">Ook buiten Nederland</p><i itemprop="author">Door Anna Bos</i>')
        .replace("<tr>", "<caption>In miljoenen euro</caption><tr>", 1)
    )  # fmt: skip
    [(line, _)] = parsed_lines([file], "https://x.example/a?b", with_details=True)
    answer = json.loads(line)
    assert [answer[name] for name in ("subtitle", "byline", "canonical_url", "modified", "published_in")] == [
        "Ook buiten Nederland", "Anna Bos", "https://x.example/nieuws/kratten", "2024-11-02", "meta",
    ]  # fmt: skip
    assert ["lead", PROSE] in answer["paragraphs"]
    assert ["caption", "In miljoenen euro"] in answer["paragraphs"]


def test_each_file_is_answered_in_order_and_a_fault_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(f"{PROSE}\n\nEn nog een zin.")
    (tmp_path / "bad.txt").write_bytes(b"Caf\xe9 " * 20)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "empty.html").touch()
    names = ["missing.html", "good.txt", "bad.txt", "folder.html", "empty.html", "good.txt"]
    listing = tmp_path / "list.txt"
    listing.write_text("".join(f"{tmp_path / name}\n" for name in names[1:]))
    shown = CliRunner().invoke(app, ["parse", str(tmp_path / names[0]), "--list", str(listing)])
    answers = [json.loads(line) for line in shown.stdout.splitlines()]
    assert shown.exit_code == 1
    assert [Path(answer["file"]).name for answer in answers] == names
    assert [bool(answer["error"]) for answer in answers] == [True, False, True, True, True, False]
    assert answers[1]["text"] == f"{PROSE}\n\nEn nog een zin."
    assert answers[2]["text"] is None


def test_a_packed_page_is_unpacked_and_one_without_measure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"<p>" * 21_000_000))
    (tmp_path / "broken.html.gz").write_bytes(gzip.compress(PAGE.encode())[:5] + b"\xff" * 9)
    answers = [json.loads(line) for line, _ in parsed_lines(sorted(tmp_path.iterdir()))]
    assert [answer["error"] for answer in answers] == [
        "unpacks to more than 60,000,000 bytes",
        "is no whole gzip file",
        None,
    ]
    assert answers[2]["title"] == "Meer kratten"


def test_copies_are_named_where_they_are_asked_for(tmp_path: Path) -> None:
    for name, words in (("one.txt", PROSE * 5), ("two.txt", "Iets anders dan bier. " * 20), ("three.txt", PROSE * 6)):
        (tmp_path / name).write_text(words)
    files = [str(tmp_path / name) for name in ("one.txt", "two.txt", "three.txt")]
    shown = CliRunner().invoke(app, ["parse", "--copies", *files])
    assert [json.loads(line)["copy_of"] for line in shown.stdout.splitlines()] == [None, None, files[0]]
