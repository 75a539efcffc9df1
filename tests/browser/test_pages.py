from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from flows.site.slugs import slug_of
from tests.browser.conftest import Open
from tests.site.given import FOREIGN, HOSTILE

ACME = "companies/acme.html"
PAGES = [
    "index.html", "changes.html", "metrics.html", "metrics/revenue.html", "sources.html", "method.html", "ask.html",
    ACME, f"companies/{slug_of(FOREIGN)}.html", f"companies/{slug_of(HOSTILE)}.html",
]  # fmt: skip
PHONE = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}


def signs(page: Page, company: str) -> list[str]:
    row = page.locator("#board tbody tr").filter(has=page.get_by_role("link", name=company, exact=True))
    return [text.strip() for text in row.locator("td").all_inner_texts()]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_opens_and_keeps_nobody_out(open_page: Open, axe: Path, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme, bypass_csp=True)
    expect(page.locator("h1")).to_be_visible()
    page.add_script_tag(path=axe)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found["violations"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_a_page_without_scrolling_sideways(open_page: Open, path: str) -> None:
    page = open_page(path, **PHONE)
    expect(page.locator("h1")).to_be_visible()
    widths = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert widths[0] <= widths[1]


def test_nothing_hostile_is_run(open_page: Open) -> None:
    for path in (f"companies/{slug_of(HOSTILE)}.html", "changes.html", "index.html?metric=revenue&by=year"):
        page = open_page(path)
        expect(page.locator("h1")).to_be_visible()
        assert "owned" not in page.title() or "<script>" in page.title()
        assert page.locator("a[href^='javascript']").count() == 0


def test_the_board_tells_the_states_apart_by_shape(open_page: Open) -> None:
    page = open_page("index.html?metric=unit_sales")
    expect(page.locator("#count")).to_have_text("1 companies")
    assert signs(page, "Acme") == ["●", "●", "●", "●", "○", "○"]


def test_the_slider_goes_back_in_time_and_its_view_has_a_link(open_page: Open) -> None:
    page = open_page("index.html?metric=unit_sales")
    expect(page.locator("#count")).to_have_text("1 companies")
    slider = page.get_by_label("As known on")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowLeft")
    expect(page.locator("output")).to_have_text("2024-01-20")
    assert signs(page, "Acme") == ["●", "●", "●", "●", "", ""]
    again = open_page(page.url.partition("/index.html")[2].join(["index.html", ""]))
    expect(again.locator("output")).to_have_text("2024-01-20")
    assert signs(again, "Acme") == ["●", "●", "●", "●", "", ""]


def test_a_word_and_a_state_narrow_the_board(open_page: Open) -> None:
    page = open_page("index.html?metric=revenue&by=year")
    expect(page.locator("#count")).to_have_text("2 companies")
    page.get_by_label("Companies").fill("acm")
    expect(page.locator("#count")).to_have_text("1 of 2 companies")
    page.get_by_label("Companies").fill("")
    page.get_by_label("State").select_option("P")
    expect(page.locator("#board tbody tr")).to_have_count(1)
    assert signs(page, FOREIGN) == ["◐"]


def test_the_keyboard_alone_walks_the_board_to_a_sentence(open_page: Open) -> None:
    page = open_page("index.html?metric=unit_sales")
    expect(page.locator("#count")).to_have_text("1 companies")
    page.locator("#board td a").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("tr.target")).to_contain_text("2023-Q4")
    expect(page.locator("tr.target q")).to_be_visible()


def test_search_finds_a_company(open_page: Open) -> None:
    page = open_page("changes.html")
    page.get_by_label("Find a company or a metric").fill("acm")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Acme")


def test_events_are_narrowed_by_kind(open_page: Open) -> None:
    page = open_page("changes.html?event=guidance_cut")
    expect(page.locator("#events > li:visible")).to_have_count(1)
    expect(page.locator("#events > li:visible")).to_contain_text("400–420m EUR → 380–400m EUR")


def test_a_chart_leads_to_its_sentence(open_page: Open) -> None:
    page = open_page(f"{ACME}#revenue")
    link = page.locator("#revenue svg a").first
    link.dispatch_event("click")
    expect(page.locator("tr.target q")).to_be_visible()


def test_a_company_is_seen_as_it_was_known(open_page: Open) -> None:
    page = open_page(ACME)
    expect(page.locator("#unit_sales summary")).to_have_text("7 statements")
    page.get_by_label("As known on").evaluate(
        "slider => { slider.value = 0; slider.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(page.locator("#unit_sales summary")).to_have_text("1 statement")
    expect(page.locator(".event:visible").first).to_contain_text("2023-04-20")


def test_sql_is_answered_in_the_browser(open_page: Open) -> None:
    page = open_page("ask.html?ask=who-fell-silent")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#count")).to_contain_text("rows in", timeout=60_000)
    expect(page.locator("#answer tbody tr")).to_have_count(1)
    expect(page.locator("#answer tbody tr")).to_contain_text("unit_sales")


@pytest.mark.parametrize(
    ("sql", "said"),
    [("select nothing", "nothing"), ("select value_low from disclosures where metric = 'capex'", "0 rows")],
)
def test_sql_that_fails_or_finds_nothing_says_so(open_page: Open, sql: str, said: str) -> None:
    page = open_page("ask.html", may_complain=True)
    page.locator("#sql").fill(sql)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#count")).to_contain_text(said, timeout=60_000)


def test_every_question_of_the_browser_has_an_answer(open_page: Open) -> None:
    page = open_page("ask.html")
    names = [option.get_attribute("value") for option in page.locator("#questions option").all()][1:]
    assert len(names) >= 5
    for name in names:
        page.locator("#questions").select_option(name)
        page.get_by_role("button", name="Run").click()
        expect(page.locator("#count")).to_contain_text("rows in", timeout=60_000)


def test_light_and_dark_are_kept(open_page: Open) -> None:
    page = open_page("index.html")
    page.locator("#theme").click()
    page.goto(page.url.replace("index.html", "method.html"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_printed_page_leaves_the_controls_out(open_page: Open) -> None:
    page = open_page(ACME)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
