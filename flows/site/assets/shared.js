// What several pages need: the page's data, its address as state, days, figures.

export const root = document.documentElement.dataset.root;

/** The data that stands in the page. */
export function embedded() {
  const place = document.getElementById("data");
  return place ? JSON.parse(place.textContent) : null;
}

/** A file of the site, as JSON. */
export async function load(path) {
  const answer = await fetch(root + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** An element with attributes and children; text is never read as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A link to the web, or the text alone where the address is of another kind. */
export function weblink(url, text) {
  return /^https?:\/\//i.test(url ?? "")
    ? element("a", { href: url, rel: "noopener external" }, text)
    : element("span", {}, text);
}

/** A form whose fields stand in the address, so that every view has a link; calls `show` now and after each change. */
export function keepInAddress(form, show) {
  const fields = [...form.elements].filter((field) => field.name);
  const initial = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    if (!asked.has(field.name)) continue;
    field.value = asked.get(field.name);
    field.dataset.asked = asked.get(field.name); // a choice may have its options later
  }
  const changed = () => {
    const wanted = new URLSearchParams();
    for (const field of fields) {
      if (field.value && field.value !== initial[field.name]) wanted.set(field.name, field.value);
    }
    const query = wanted.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    show();
  };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

const DAY = 86_400_000;

/** Days since 1970 of a date as `YYYY-MM-DD`, and back. */
export const dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
export const dayText = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/**
 * A slider through the days on which anything became known; its end is "now". The day itself, not its place among
 * the others, stands in the form's hidden field, so that a link goes to the same day when more has become known.
 */
export class Days {
  constructor(form) {
    this.slider = form.querySelector("input[type=range]");
    this.output = form.querySelector("output");
    this.field = form.elements.at;
    this.steps = [];
    this.slider.addEventListener("input", () => {
      const step = this.steps[Number(this.slider.value)];
      this.field.value = step === undefined ? "" : dayText(step);
    });
  }

  /** The days there are; the slider goes to the one that is asked for, or to the last one before it. */
  offer(days) {
    this.steps = [...new Set(days)].sort((one, other) => one - other);
    this.slider.max = this.steps.length;
    this.slider.disabled = this.steps.length < 2;
    const asked = /^\d{4}-\d\d-\d\d$/.test(this.field.value) ? dayNumber(this.field.value) : Infinity;
    const later = this.steps.findIndex((step) => step > asked);
    this.slider.value = later < 0 && asked === Infinity ? this.steps.length : later < 0 ? this.steps.length - 1 : Math.max(0, later - 1);
  }

  /** The day that is asked for, as a number; null for now. */
  get chosen() {
    const day = this.steps[Number(this.slider.value)] ?? null;
    this.output.textContent = day === null ? "now" : dayText(day);
    this.slider.setAttribute("aria-valuetext", this.output.textContent);
    return day;
  }
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** A number in a few characters. */
export const short = (number) =>
  (Math.abs(number) < 10_000 ? whole.format(number) : compact.format(number).replace("K", "k").replace("B", "bn").replace("M", "m").replace("T", "tn"));

/** A figure with its bounds and unit. */
export function figure({ low, high, unit, is_approx }) {
  if (low === null && high === null) return "";
  const about = is_approx ? "~" : "";
  const number =
    low === null ? `<${about}${short(high)}`
    : high === null ? `>${about}${short(low)}`
    : low === high ? about + short(low)
    : `${about}${short(low)}–${short(high)}`;
  return unit === "%" ? `${number}%` : unit && unit !== "count" ? `${number} ${unit}` : number;
}

/** Show those of the rows that hold every word that was typed; says how many there are. */
export function showOnly(rows, isWanted, status, noun) {
  let shown = 0;
  for (const row of rows) {
    row.hidden = !isWanted(row);
    shown += row.hidden ? 0 : 1;
  }
  status.textContent = shown === rows.length ? `${shown} ${noun}` : `${shown} of ${rows.length} ${noun}`;
}

/** Whether a text holds each of the words, in any case. */
export function holds(text, words) {
  const lower = text.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}
