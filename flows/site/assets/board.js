// The board: companies against periods, for one metric, as it could be known on a day.
import { Days, element, embedded, holds, keepInAddress, load, root } from "./shared.js";

const PAGE = 60; // rows at a time: a browser draws more than that slowly
const SIGNS = { D: "●", P: "◐", W: "✕", S: "○", N: "·" };
const WORDS = { D: "disclosed", P: "partly told", W: "withheld", S: "fell silent", N: "not found", "": "not covered" };

const form = document.getElementById("filters");
const table = document.getElementById("board");
const status = document.getElementById("count");
const more = document.getElementById("more");
const first = embedded();
const boards = new Map();
const days = new Days(form);
let shown = PAGE;
let shownBoard = null;

/** The state of a cell on a day; of all days where that is null. */
function stateOn(cell, day) {
  let code = "";
  for (let turn = 1; turn < cell.length && (day === null || cell[turn] <= day); turn += 2) code = cell[turn + 1];
  return code === "-" ? "" : code;
}

async function boardOf(metric) {
  if (!boards.has(metric)) boards.set(metric, load(`data/board/${encodeURIComponent(metric)}.json`));
  return boards.get(metric);
}

/** What is wanted and at hand: the part that came with the page, until the whole has come. */
function atHand() {
  const isFirst = form.metric.value === first.metric;
  if (isFirst && first.is_part === false) return first;
  const whole = boards.get(form.metric.value);
  if (whole && !(whole instanceof Promise)) return whole;
  boardOf(form.metric.value).then(
    (board) => {
      boards.set(board.metric, board);
      show();
    },
    () => {
      status.textContent = "The board's data could not be loaded.";
    },
  );
  return isFirst ? first : null;
}

function show() {
  const board = atHand();
  if (!board) {
    status.textContent = "Loading …";
    return;
  }
  if (board !== shownBoard) prepare(board);
  const cadence = board.cadences.find((one) => one.name === form.by.value) ?? board.cadences[0];
  const day = days.chosen;
  const rows = [];
  for (const [company, slug, cells] of cadence.companies) {
    if (form.q.value && !holds(company, form.q.value)) continue;
    const states = cadence.labels.map(() => "");
    for (const cell of cells) states[cell[0]] = stateOn(cell, day);
    if (form.state.value && !states.includes(form.state.value)) continue;
    if (day !== null && states.every((state) => state === "")) continue;
    rows.push([company, slug, states]);
  }
  draw(cadence, rows, board.metric);
  const all = cadence.companies.length;
  status.textContent = rows.length === all ? `${all} companies` : `${rows.length} of ${all} companies`;
  more.hidden = rows.length <= shown;
}

/** Choices that depend on the metric: its cadences, and the days of its slider. */
function prepare(board) {
  const asked = form.by.dataset.asked ?? form.by.value;
  form.by.replaceChildren(...board.cadences.map(({ name }) => new Option(name, name)));
  if (board.cadences.some(({ name }) => name === asked)) form.by.value = asked;
  if (!board.is_part) delete form.by.dataset.asked;
  const turns = board.cadences.flatMap(({ companies }) => companies.flatMap(([, , cells]) => cells));
  days.offer(turns.flatMap((cell) => cell.filter((part, place) => place % 2 === 1)));
  shownBoard = board;
}

function draw({ labels }, rows, metric) {
  const head = element("tr", {}, element("th", { scope: "col" }, "Company"));
  for (const label of labels) head.append(element("th", { scope: "col" }, element("span", {}, label)));
  table.tHead.replaceChildren(head);
  const body = rows.slice(0, shown).map(([company, slug, states]) => {
    const page = `${root}companies/${slug}.html`;
    const row = element("tr", {}, element("th", { scope: "row" }, element("a", { href: `${page}#${metric}` }, company)));
    states.forEach((state, place) => {
      const said = `${company}, ${labels[place]}: ${WORDS[state]}`;
      const href = `${page}#${metric}/${labels[place]}`;
      row.append(
        element("td", {}, state
          ? element("a", { class: `cell ${state}`, href, title: said, "aria-label": said, tabindex: -1 }, SIGNS[state])
          : element("span", { class: "cell", title: said })),
      );
    });
    return row;
  });
  table.tBodies[0].replaceChildren(...body);
  table.tBodies[0].querySelector("td a")?.setAttribute("tabindex", 0);
}

// one stop for the Tab key in the whole grid; the arrow keys go on from there
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
table.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell) return;
  event.preventDefault();
  const trs = [...table.tBodies[0].rows];
  let [row, place] = [trs.indexOf(cell.parentElement) + step[0], cell.cellIndex + step[1]];
  while (trs[row]?.cells[place] && place > 0) {
    const link = trs[row].cells[place].querySelector("a");
    if (link) {
      event.target.tabIndex = -1;
      link.tabIndex = 0;
      link.focus();
      return;
    }
    [row, place] = [row + step[0], place + step[1]];
  }
});

if (first) {
  more.addEventListener("click", () => {
    shown += PAGE;
    show();
  });
  form.addEventListener("input", () => {
    shown = PAGE;
  });
  keepInAddress(form, show);
}
