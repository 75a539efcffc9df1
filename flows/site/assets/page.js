// On every page: find a company or a metric, light or dark.
import { load, root } from "./shared.js";

const search = document.getElementById("search");
let found = null;

async function listFound() {
  found ??= load("data/search.json").catch(() => []);
  const list = document.getElementById("found");
  if (!list.childElementCount) {
    list.append(...(await found).map(([name]) => new Option(name, name)));
  }
}

async function go(exactly) {
  const wanted = search.value.trim().toLowerCase();
  const all = (await (found ?? [])) ?? [];
  const hit =
    all.find(([name]) => name.toLowerCase() === wanted) ??
    (exactly ? null : all.find(([name]) => name.toLowerCase().includes(wanted)));
  if (hit && wanted) location.href = root + hit[1];
  return Boolean(hit && wanted);
}

search.addEventListener("focus", listFound);
search.addEventListener("input", (event) => {
  if (event.inputType === undefined || event.inputType === "insertReplacementText") go(true); // one was picked
});
search.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await listFound();
  if (!(await go(false))) search.setCustomValidity("Nothing by that name");
  search.reportValidity();
  search.addEventListener("input", () => search.setCustomValidity(""), { once: true });
});

const theme = document.getElementById("theme");
const kept = localStorage.getItem("theme");
if (kept) document.documentElement.dataset.theme = kept;
theme.addEventListener("click", () => {
  const isDark =
    document.documentElement.dataset.theme === "dark" ||
    (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
});
