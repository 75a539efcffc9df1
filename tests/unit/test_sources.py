from pathlib import Path

import pytest

from extractors.model import Source
from flows.sources import read_sources

PROJECT = Path(__file__).parents[2]
WHOLE = {"name": '"Acme"', "kind": '"feed"', "url": '"https://acme.example/feed.xml"', "authority": '"press"'}


def write(folder: Path, file: str = "acme.toml", /, **fields: str | None) -> None:
    kept = {key: value for key, value in {**WHOLE, **fields}.items() if value is not None}
    folder.joinpath(file).write_text("".join(f"{key} = {value}\n" for key, value in kept.items()), encoding="utf-8")


def test_a_source_is_its_file_with_the_files_name_as_id(tmp_path: Path) -> None:
    write(tmp_path, include='"/press/"', language='"de"', pace_seconds="2", enabled="false")
    sources, errors = read_sources(tmp_path, newsroom="http://127.0.0.1:1")
    assert not errors
    assert sources == [
        Source(
            id="acme",
            name="Acme",
            kind="feed",
            url="https://acme.example/feed.xml",
            authority="press",
            include="/press/",
            language="de",
            pace_seconds=2.0,
            enabled=False,
        )
    ]


def test_a_folder_is_counted_from_beside_the_folder_of_sources(tmp_path: Path) -> None:
    tmp_path.joinpath("sources").mkdir()
    write(tmp_path / "sources", kind='"folder"', url='"inbox"')
    sources, errors = read_sources(tmp_path / "sources", newsroom="http://127.0.0.1:1")
    assert (sources[0].url, errors) == (str(tmp_path / "inbox"), [])


def test_the_newsroom_stands_in_the_url(tmp_path: Path) -> None:
    write(tmp_path, url='"{newsroom}/acme/feed.xml"')
    sources, _ = read_sources(tmp_path, newsroom="http://127.0.0.1:8017/")
    assert sources[0].url == "http://127.0.0.1:8017/acme/feed.xml"


def test_sources_are_sorted_and_a_faulty_file_costs_only_itself(tmp_path: Path) -> None:
    for name in ("b.toml", "a_b.toml", "a.toml"):
        write(tmp_path, name)
    write(tmp_path, "aa.toml", kind='"rss"')
    tmp_path.joinpath("notes.md").write_text("no source")
    sources, errors = read_sources(tmp_path, newsroom="http://127.0.0.1:1")
    assert [source.id for source in sources] == ["a", "a_b", "b"]
    assert [error.path.name for error in errors] == ["aa.toml"]


FAULTS = [
    (
        {"kind": '"fed"'},
        ':2: kind = "fed" is not allowed: use feed, sitemap, listing, edgar, wayback, warc, folder (did ',
    ),
    ({"authority": '"state"'}, ':4: authority = "state" is not allowed: use company, regulator, wire, press'),
    ({"name": None}, ': key "name" is missing'),
    ({"authoritiy": '"press"'}, ':5: key "authoritiy" is unknown: did you mean "authority"?'),
    ({"id": '"acme"'}, ':5: key "id" is not allowed: a source\'s id is the name of its file'),
    ({"url": "3"}, ":3: url must be text in quotes, not 3"),
    ({"enabled": '"perhaps"'}, ":5: enabled must be true or false, not 'perhaps'"),
    ({"pace_seconds": '"slow"'}, ":5: pace_seconds must be a number, not 'slow'"),
    ({"pace_seconds": "-1"}, ":5: pace_seconds = -1.0 is not allowed: seconds from 0 up"),
    ({"pace_seconds": "nan"}, ":5: pace_seconds = nan is not allowed: seconds from 0 up"),
    ({"url": '"{newsrom}/x"'}, ':3: url = "{newsrom}/x" has the unknown placeholder {newsrom}: only {newsroom} is one'),
    ({"url": '"acme.example"'}, ':3: url = "acme.example" must be an http:// or https:// address, for kind feed'),
    ({"url": '"https://me:pw@acme.example/"'}, "must not hold a user name or password"),
    ({"url": '"https://[acme/"'}, "is no URL"),
    ({"kind": '"folder"', "url": '"file:///tmp"'}, ':3: url = "file:///tmp" must be a folder\'s path'),
    ({"authority": '"company"'}, ':4: authority = "company" needs company = "..."'),
    ({"company": '""'}, ':5: company = "" says nothing'),
    ({"language": '"en-US"'}, ':5: language = "en-US" is no ISO 639-1 code'),
    ({"language": '"qq"'}, ':5: language = "qq" is no ISO 639-1 code'),
    ({"concurrency": "0"}, ":5: concurrency = 0 is not allowed: requests from 1 up"),
    ({"expected_per_week": "0"}, ":5: expected_per_week = 0.0 is not allowed: pages from 0 up"),
    ({"kind": '"edgar"', "pace_seconds": "0.05"}, ":5: EDGAR takes ten requests a second"),
    ({"selectors": '{ itm = "li" }'}, ': key "itm" is unknown: did you mean "item"?'),
    ({"selectors": '{ item = "li[" }'}, 'item = "li[" is no CSS selector: '),
    ({"headers": '{ "X-Api-Key" = "abc" }'}, 'headers.X-Api-Key is a secret: write "{secret:name}"'),
    ({"headers": '{ "a b" = "c" }'}, "headers.a b is no header of HTTP"),
    ({"include": '"("'}, ':5: include = "(" is no regular expression: missing )'),
]


@pytest.mark.parametrize(("fields", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_fault_is_told_in_one_line_with_its_place_and_what_is_allowed(
    tmp_path: Path, fields: dict[str, str | None], message: str
) -> None:
    write(tmp_path, **fields)
    sources, errors = read_sources(tmp_path, newsroom="http://127.0.0.1:1")
    assert not sources
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{tmp_path / 'acme.toml'}:")
    assert message in str(errors[0])
    assert "\n" not in str(errors[0])


LAYOUT = "".join(f"{key} = {value}\n" for key, value in WHOLE.items()).encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAYOUT + b'[[layouts]]\nbody = "article["', "'article[' is no CSS selector"),
        (LAYOUT + b'[[layouts]]\nleave_out = ".x"', 'key "body" is missing'),
        (LAYOUT + b'[[layouts]]\nbody = ".x"\nbuttom = ".y"', 'key "buttom" is unknown'),
        (b"name = ", "is not TOML"),
        (b'name = "\xff"', "is not UTF-8 text"),
        (b"[feed]\n", 'key "feed" is unknown'),
    ],
)
def test_a_file_that_is_no_table_of_fields_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    tmp_path.joinpath("acme.toml").write_bytes(content)
    sources, errors = read_sources(tmp_path, newsroom="http://127.0.0.1:1")
    assert not sources
    assert any(message in str(error) for error in errors)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "acme.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [source.id for source in read_sources(tmp_path, newsroom="http://127.0.0.1:1")[0]] == ["acme"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    sources, errors = read_sources(tmp_path / "none", newsroom="http://127.0.0.1:1")
    assert not sources
    assert "there is no such folder" in str(errors[0])


def test_the_projects_own_sources_are_without_fault_and_none_reaches_out_unasked() -> None:
    sources, errors = read_sources(PROJECT / "sources", newsroom="http://127.0.0.1:8017")
    assert [str(error) for error in errors] == []
    outside = [s for s in sources if s.kind != "folder" and not s.url.startswith("http://127.0.0.1:8017/")]
    assert len(outside) >= 14
    assert [source.id for source in outside if source.enabled] == []
    assert [source.id for source in outside if source.kind == "edgar" and not source.needs_contact] == []


def test_every_field_stands_in_the_table_of_the_readme() -> None:
    readme = (PROJECT / "sources" / "README.md").read_text(encoding="utf-8")
    missing = [name for name in Source.__dataclass_fields__ if name != "id" and f"| `{name}` |" not in readme]
    assert missing == []
