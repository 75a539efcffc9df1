"""The command line: its exit codes, its messages, and the contract of `extract --jsonl`."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import app
from flows.settings import PROJECT

GOLDEN = PROJECT / "tests" / "golden" / "xiaomi_retold" / "article.txt"
COMMANDS = ("monitor", "demo", "newsroom", "board", "query", "extract", "parse", "explain")
COMMANDS += ("publish", "events", "company", "diff")
COMMANDS += ("config", "doctor", "maintain", "serve")
COMMANDS += ("backfill", "replay", "sources check", "sources add", "archive show", "archive verify")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDISCLOSED_HOME", str(tmp_path / "home"))
    return tmp_path


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    shown = run(*command.split(), "--help")
    assert (shown.exit_code, f"Example: undisclosed {command}" in shown.output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("extract",), 2, "give one document, or --jsonl IN"),
        (("extract", "a.txt", "--jsonl", "b.jsonl"), 2, "give one document, or --jsonl IN"),
        (("backfill", "--source", "x", "--since", "2023-02-30"), 2, "'2023-02-30' does not match"),
        (("backfill", "--source", "x", "--since", "2023-02-03", "--until", "2023-02-02"), 2, "is after until"),
        (("backfill", "--since", "2023-01-01"), 2, "name a --source or a --company"),
        (("backfill", "--company", "Velderwick", "--since", "2023-01-01"), 2, 'did you mean "Velderwiek"?'),
        (("backfill", "--source", "inbox", "--since", "2023-01-01", "--limit", "0"), 2, "0 is not in the range"),
        (("backfill", "--source", "x", "--since", "2999-01-01"), 2, "lies in the future"),
        (("extract", "/nowhere/a.txt"), 1, "/nowhere/a.txt: No such file or directory"),
        (("extract", "--jsonl", "/nowhere/a.jsonl"), 1, "/nowhere/a.jsonl: No such file or directory"),
        (("query", "select 1", "--format", "xml"), 2, "'xml' is not one of"),
        (("query", "select 1"), 1, "there is no warehouse yet"),
        (("monitor", "--source", "inbx"), 2, 'there is no such source (did you mean "inbox"?)'),
        (("board",), 1, "there is no warehouse yet"),
        (("archive", "show", "abc"), 1, "there is no warehouse yet"),
        (("archive", "verify"), 0, "0 records in 0 files, 0 pages: 0 problems"),
        (("sources", "check", "inbx"), 2, 'there is no such source (did you mean "inbox"?)'),
        (("sources", "check", "--offline"), 0, "source files are well, 0 faults"),
        (("sources", "add", "http://127.0.0.1:9/"), 1, "is not on the open internet"),
        (("parse",), 2, "give a file, or --list FILE"),
        (("parse", "--list", "/nowhere/files.txt"), 1, "/nowhere/files.txt: No such file or directory"),
        (("bord",), 2, "No such command 'bord'"),
        (("extract", "--sparkle"), 2, "No such option"),
    ],
)
def test_faults_are_one_line_with_the_right_exit_code(arguments: tuple[str, ...], code: int, said: str) -> None:
    shown = run(*arguments)
    assert (shown.exit_code, said in shown.output) == (code, True)


def test_a_document_is_shown_with_its_claims_and_their_sentences() -> None:
    shown = run("extract", str(GOLDEN))
    assert shown.exit_code == 0
    assert "withheld" in shown.output
    assert "> 100,000,000,000 CNY" in shown.output
    assert "[1] text:0" in shown.output


def test_a_document_as_json_gives_quotes_at_their_offsets() -> None:
    text = GOLDEN.read_text(encoding="utf-8").split(" ", 3)[3]
    shown = run("extract", "-", "--published", "2017-01", "--lang", "nl", "--json", given=text)
    claims = [json.loads(line) for line in shown.output.splitlines()]
    assert len(claims) == 5
    assert all(text[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)


def test_only_claims_that_are_sure_enough_are_shown() -> None:
    every = run("extract", str(GOLDEN), "--json").output.splitlines()
    shown = run("extract", str(GOLDEN), "--json", "--min-confidence", "0.9").output.splitlines()
    assert len(shown) < len(every)
    assert all(json.loads(line)["confidence"] >= 0.9 for line in shown)


def test_an_explanation_says_what_became_of_each_figure_and_each_refusal() -> None:
    shown = run("explain", str(GOLDEN)).output
    assert "refusal: Xiaomi, unit_sales" in shown
    assert "metrics: " in shown
    polish = run(
        "explain", "-", "--published", "2024-05", "--lang", "pl", given="Przychody wyniosły 12 mln euro w 2023 roku."
    )
    assert "the language is pl" in polish.output


def test_a_document_without_a_date_needs_one() -> None:
    shown = run("extract", "-", given="Xiaomi houdt voor zich hoeveel telefoons het heeft verkocht.")
    assert (shown.exit_code, "names no publication date" in shown.output) == (1, True)
    dated = run(
        "extract", "-", "--published", "2017-13", given="Xiaomi houdt voor zich hoeveel telefoons het verkoopt."
    )
    assert (dated.exit_code, "--published: '2017-13' is no date" in dated.output) == (2, True)


def test_jsonl_answers_every_document_in_order_whatever_one_of_them_holds(tmp_path: Path) -> None:
    good = {"id": "a", "lang": "nl", "published": "2017-01", "title": None, "text": GOLDEN.read_text(encoding="utf-8")}
    lines = [
        json.dumps(good).encode(),
        b"{broken",
        b"",
        json.dumps({"id": "b", "text": "No date."}).encode(),
        json.dumps(good | {"id": "c", "published": "last week"}).encode(),
        json.dumps(good | {"id": "d", "text": None}).encode(),
        json.dumps(good | {"id": "e", "lang": "xx"}).encode(),
        b"[1, 2]",
        b"\xff\xfe",
        b'{"id": "s", "lang": "nl", "published": "2017-01", "text": "\\ud800 0 \\u0000"}',
        json.dumps(good | {"id": "f"}).encode(),
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    shown = run("extract", "--jsonl", str(tmp_path / "in.jsonl"))
    answers = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, "b", "c", "d", "e", None, None, "s", "f"]
    assert [len(answer["claims"]) for answer in answers] == [5, 0, 0, 0, 0, 0, 0, 0, 0, 5]
    assert shown.exit_code == 1
    assert shown.stderr.splitlines()[0].endswith(
        "in.jsonl: line 2: is not JSON: Expecting property name enclosed in double quotes at character 2"
    )
    assert [line.split(": ")[2] for line in shown.stderr.splitlines()] == [
        "line 2",
        "line 4 (b)",
        "line 5 (c)",
        "line 6 (d)",
        "line 8",
        "line 9",
    ]


@pytest.mark.parametrize(
    "command", [("extract", str(GOLDEN)), ("explain", str(GOLDEN)), ("board",), ("query", "select 1")]
)
def test_quick_commands_never_start_prefect(command: tuple[str, ...]) -> None:
    code = f"import sys; sys.argv = ['undisclosed', *{command!r}]\ntry:\n    from flows.cli import main; main()\n"
    code += "finally:\n    sys.exit(99 if 'prefect' in sys.modules else 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_settings_are_shown_with_where_they_come_from_and_secrets_are_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDISCLOSED_SECRET_ACME", "hunter2")
    shown = run("config").output
    assert re.search(r"^home .*UNDISCLOSED_HOME", shown, re.MULTILINE)
    assert re.search(r"^secret acme +\*+ +UNDISCLOSED_SECRET_ACME", shown, re.MULTILINE)
    assert "hunter2" not in shown


def test_an_unknown_variable_ends_every_command_that_has_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDISCLOSED_HOEM", "x")
    for command in ("board", "config"):
        shown = run(command)
        assert (shown.exit_code, "UNDISCLOSED_HOEM is no setting" in shown.stderr) == (2, True)


def test_text_that_would_steer_the_terminal_does_not_reach_it() -> None:
    text = "Acme Inc \x1b[2J sold 3 million phones in 2023, said Acme \x9b31m Inc. of its phones."
    shown = run("extract", "-", "--published", "2024-05", "--lang", "en", given=text)
    assert "\x1b" not in shown.output
    assert "\x9b" not in shown.output
    jsonl = run("extract", "--jsonl", "-", given='{"id": "\\u001b[31m", "text": 1}')
    assert "\x1b" not in jsonl.stderr
