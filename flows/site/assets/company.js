// A company: of each metric a chart and its statements, as they could be known on a day.
import * as Plot from "@observablehq/plot";
import { Days, dayNumber, element, embedded, figure, keepInAddress, short, weblink } from "./shared.js";

const { names, word_fields, words, silence_fields, silences } = embedded();
const BASES = { actual: "reported", guidance: "its own outlook", estimate: "others' estimate" };
const DAY = 86_400_000;
const LENGTHS = { month: 30, quarter: 91, half: 182, year: 365, day: undefined };
const form = document.getElementById("filters");
const place = document.getElementById("metrics");
const known = words.map((row) => Object.fromEntries(row.map((value, at) => [word_fields[at], value])));
const missing = silences.map((row) => Object.fromEntries(row.map((value, at) => [silence_fields[at], value])));
const days = new Days(form);

const fact = (word) => [word.metric, word.scope, word.basis, word.measure, word.first_day, word.last_day].join("|");

/** The best word of each fact on a day, in the order of the data: the best one is the first that counts then. */
function bestOn(day) {
  const best = new Map();
  for (const word of known) {
    const isKnown = day === null || dayNumber(word.known_on) <= day;
    const isOver = word.known_until !== null && (day === null || dayNumber(word.known_until) <= day);
    if (isKnown && !isOver && !best.has(fact(word))) best.set(fact(word), word);
  }
  return [...best.values()];
}

const silentOn = (day) =>
  missing.filter(
    ({ known_on, cleared_on }) =>
      (day === null || dayNumber(known_on) <= day) && (cleared_on === null || (day !== null && dayNumber(cleared_on) > day)),
  );

/** Statements by metric and scope, those with most first. */
function grouped(best, silent) {
  const groups = new Map();
  const at = ({ metric, scope }) => {
    const key = `${metric}|${(scope ?? "").toLowerCase()}`;
    if (!groups.has(key)) groups.set(key, { metric, scope, words: [], silences: [] });
    return groups.get(key);
  };
  for (const word of best) at(word).words.push(word);
  for (const one of silent) at(one).silences.push(one);
  return [...groups.values()].sort((one, other) => (one.scope ? 1 : 0) - (other.scope ? 1 : 0) || other.words.length - one.words.length);
}

const middle = ({ first_day, last_day }) => {
  const days = [first_day, last_day].filter(Boolean).map((text) => Date.parse(text));
  return days.length ? new Date(days.reduce((sum, day) => sum + day, 0) / days.length) : null;
};

/** What a chart of one cadence shows: figures in the unit that most have, refusals and silences. */
function charted({ words: all, silences: silent }, cadence) {
  const levels = all.filter((word) => word.measure === "level" && word.cadence === cadence && middle(word));
  const told = levels.filter(({ status }) => status === "disclosed");
  const unit = mostFrequent(told, "unit");
  const points = told.filter((word) => word.unit === unit).map((word) => ({
    ...word,
    day: middle(word),
    value: word.low === null ? word.high : word.high === null ? word.low : (word.low + word.high) / 2,
    href: `#${word.claim_id}`,
    tip: `${word.period}: ${figure(word)}, ${BASES[word.basis]}`,
  }));
  const refused = levels
    .filter(({ status }) => status === "withheld")
    .map((word) => ({ ...word, day: middle(word), href: `#${word.claim_id}`, tip: `${word.period}: withheld` }));
  const gaps = silent
    .map((one) => ({ ...one, day: middle(one), tip: `${one.period}: fell silent` }))
    .filter((one) => LENGTHS[cadence] && Math.abs((Date.parse(one.last_day) - Date.parse(one.first_day)) / DAY - LENGTHS[cadence]) < 5);
  return { points, refused, gaps, unit };
}

function mostFrequent(words, name) {
  const counts = new Map();
  for (const word of words) counts.set(word[name], (counts.get(word[name]) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0];
}

/** Reported figures as a line that breaks where a period is missing, outlooks as bands, estimates as open marks. */
function chart(group, cadence, name) {
  const { points, refused, gaps, unit } = charted(group, cadence);
  if (points.length < 2) return null;
  const line = [];
  const reported = points.filter(({ basis }) => basis === "actual").sort((one, other) => one.day - other.day);
  for (const point of reported) {
    const last = line.at(-1);
    if (last?.day && (point.day - last.day) / DAY > 1.5 * (LENGTHS[cadence] ?? 366)) line.push({ day: null, value: null });
    line.push(point);
  }
  const outlooks = points.filter(({ basis }) => basis === "guidance");
  const bottom = Math.min(0, ...points.map(({ value }) => value));
  const svg = Plot.plot({
    width: 620, height: 220, marginLeft: 60, marginBottom: 28,
    x: { type: "utc", label: null },
    y: { label: unit === "count" ? null : unit, grid: true, zero: true, tickFormat: short },
    ariaLabel: `${name} by ${cadence}, a chart; its figures stand in the table below`,
    marks: [
      Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.rectY(outlooks, {
        x1: ({ first_day }) => new Date(first_day), x2: ({ last_day }) => new Date(last_day),
        y1: ({ low, value }) => low ?? value * 0.99, y2: ({ high, value }) => high ?? value * 1.01,
        fill: "var(--outlook)", fillOpacity: 0.35, stroke: "var(--outlook)", href: "href", title: "tip",
      }),
      Plot.lineY(line, { x: "day", y: "value", stroke: "var(--told)", strokeWidth: 1.5 }),
      Plot.dot(reported, { x: "day", y: "value", r: 4, fill: "var(--told)", href: "href", title: "tip" }),
      Plot.dot(points.filter(({ basis }) => basis === "estimate"), {
        x: "day", y: "value", r: 4, stroke: "var(--muted)", fill: "var(--paper)", href: "href", title: "tip",
      }),
      Plot.text(refused, {
        x: "day", y: bottom, text: () => "✕", fill: "var(--withheld)", fontSize: 15, dy: -8, href: "href", title: "tip",
      }),
      Plot.dot(gaps, { x: "day", y: bottom, r: 5, dy: -8, stroke: "var(--silent)", strokeWidth: 2, title: "tip" }),
    ],
  });
  svg.querySelector("style")?.remove(); // its rules stand in style.css, where the page's policy allows them
  svg.setAttribute("role", "group");
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label"); // none without a role
  for (const link of svg.querySelectorAll("a")) {
    link.setAttribute("aria-label", link.querySelector("title")?.textContent ?? "statement");
    link.setAttribute("tabindex", "-1"); // the table below has the same links for the keyboard
  }
  return element("figure", {}, svg, element("figcaption", {}, `by ${cadence}`));
}

/** A chart for each cadence that has figures enough, the one with most of them first. */
function charts(group, name) {
  const counts = Object.keys(LENGTHS).map((cadence) => [cadence, group.words.filter((word) => word.cadence === cadence).length]);
  const drawn = counts.sort((one, other) => other[1] - one[1]).map(([cadence]) => chart(group, cadence, name));
  return element("div", { class: "charts" }, ...drawn);
}

function statements(group, name) {
  const rows = [...group.words].sort((one, other) => (other.last_day ?? other.first_day ?? "").localeCompare(one.last_day ?? one.first_day ?? ""));
  const body = rows.map((word) =>
    element("tr", { id: word.claim_id, "data-period": word.period, "data-basis": word.basis },
      element("th", { scope: "row" }, word.period ?? "undated"),
      element("td", { class: word.status === "withheld" ? "withheld number" : "number" },
        word.status === "withheld" ? "✕ withheld" : `${word.measure === "change" && word.low > 0 ? "+" : ""}${figure(word)}`),
      element("td", {}, word.measure === "change" ? `${BASES[word.basis]}, change` : BASES[word.basis]),
      element("td", {}, element("q", {}, word.quote), " ", weblink(word.url, word.title ?? word.source_id),
        element("span", { class: "hint" }, ` ${word.known_on}${word.is_own ? "" : ", a report"}`)),
    ));
  for (const one of group.silences) {
    body.unshift(element("tr", { "data-period": one.period, "data-basis": "actual" },
      element("th", { scope: "row" }, one.period), element("td", { class: "silent number" }, "○ silent"), element("td", {}, "absent"),
      element("td", {}, `Given up to ${one.last_period}, and not in `, weblink(one.url, one.title ?? "this statement"),
        element("span", { class: "hint" }, ` ${one.known_on}`))));
  }
  const heads = ["Period", "Figure", "Kind", "Sentence"].map((text) => element("th", { scope: "col" }, text));
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Statements on ${name}` },
    element("table", { class: "rows statements" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body)));
}

function show() {
  if (!days.steps.length) days.offer([...known, ...missing].map(({ known_on }) => dayNumber(known_on)));
  const day = days.chosen;
  const open = new Set([...place.querySelectorAll("details[open]")].map(({ dataset }) => dataset.key));
  for (const event of document.querySelectorAll(".event")) {
    event.hidden = day !== null && dayNumber(event.querySelector("time").dateTime) > day;
  }
  const seen = new Set();
  place.replaceChildren(...grouped(bestOn(day), silentOn(day)).map((group) => {
    const name = (names[group.metric] ?? group.metric) + (group.scope ? ` (${group.scope})` : "");
    const id = seen.has(group.metric) ? null : group.metric;
    seen.add(group.metric);
    const key = `${group.metric}|${group.scope ?? ""}`;
    const count = group.words.length + group.silences.length;
    return element("section", { id, class: "metric" },
      element("h2", {}, name),
      charts(group, name),
      element("details", { "data-key": key, open: open.has(key) || group.words.length < 4 },
        element("summary", {}, `${count} statement${count === 1 ? "" : "s"}`), statements(group, name)));
  }));
}

/** Open and show what the address points at: a metric, a metric's period, or a statement. */
function goToAnchor() {
  const [metric, period] = decodeURIComponent(location.hash.slice(1)).split("/");
  const section = document.getElementById(metric);
  const rows = [...(section?.querySelectorAll("tr[data-period]") ?? [])];
  const reported = rows.filter(({ dataset }) => dataset.basis === "actual");
  const row = period
    ? reported.find(({ dataset }) => dataset.period === period) ??
      reported.find(({ dataset }) => dataset.period.startsWith(`${period}/`)) ?? // from then on
      rows.find(({ dataset }) => dataset.period === period)
    : section;
  const target = row ?? section;
  target?.closest("details")?.setAttribute("open", "");
  target?.scrollIntoView({ block: period || target.localName === "tr" ? "center" : "start" });
  for (const one of document.querySelectorAll(".target")) one.classList.remove("target");
  target?.classList.add("target");
}

keepInAddress(form, show);
goToAnchor();
addEventListener("hashchange", goToAnchor);
