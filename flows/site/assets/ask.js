// Ask: SQL over the exported Parquet files, in DuckDB as WebAssembly; nothing leaves the browser.
import * as duckdb from "@duckdb/duckdb-wasm";
import openParquet, { readParquet } from "parquet-wasm/esm";
import { element, embedded, root } from "./shared.js";

const MOST = 1000; // rows shown
const { questions, tables } = embedded();
const form = document.getElementById("ask");
const sql = document.getElementById("sql");
const status = document.getElementById("count");
const answer = document.getElementById("answer");
const held = new Set();
let connection = null;

async function connect() {
  const asset = (name) => new URL(`${root}assets/${name}`, location.href).href;
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(asset("duckdb-browser-eh.worker.js")));
  await db.instantiate(asset("duckdb-eh.wasm"));
  await openParquet({ module_or_path: asset("parquet_wasm_bg.wasm") });
  return db.connect();
}

/** DuckDB's own reader of Parquet is an extension from elsewhere; this one came with the page. */
async function need(name) {
  if (held.has(name)) return;
  status.textContent = `Loading ${name} …`;
  const file = await fetch(`${root}exports/${name}.parquet`);
  if (!file.ok) throw new Error(`${name}.parquet: ${file.status}`);
  const rows = readParquet(new Uint8Array(await file.arrayBuffer()));
  const on = await connection;
  await on.insertArrowFromIPCStream(rows.intoIPCStream(), { name, create: true });
  // instants as times in UTC: what DuckDB does with zones is an extension too
  for (const { column_name, column_type } of (await on.query(`describe ${name}`)).toArray()) {
    if (column_type === "TIMESTAMP WITH TIME ZONE") await on.query(`alter table ${name} alter "${column_name}" type timestamp`);
  }
  held.add(name);
}

async function run() {
  answer.replaceChildren();
  try {
    status.textContent = "Loading DuckDB …";
    connection ??= connect();
    const on = await connection;
    for (const name of tables) if (new RegExp(`\\b${name}\\b`, "i").test(sql.value)) await need(name);
    status.textContent = "Running …";
    const begun = performance.now();
    const found = await on.query(sql.value);
    show(found, performance.now() - begun);
  } catch (error) {
    status.textContent = String(error.message ?? error);
  }
}

function show(found, milliseconds) {
  const names = found.schema.fields.map(({ name }) => name);
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const rows = found.toArray().slice(0, MOST).map((row) =>
    element("tr", {}, ...names.map((name, at) => element("td", {}, text(row[name], found.schema.fields[at])))));
  answer.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  const cut = found.numRows > MOST ? `, the first ${MOST} shown` : "";
  status.textContent = `${found.numRows} rows in ${Math.round(milliseconds)} ms${cut}`;
}

function text(value, field) {
  if (value === null || value === undefined) return "";
  const type = String(field.type);
  if (type.startsWith("Timestamp")) return new Date(Number(value)).toISOString().replace("T", " ").slice(0, 19);
  if (type.startsWith("Date")) return new Date(Number(value)).toISOString().slice(0, 10);
  if (type.startsWith("Decimal")) return String(Number(decimal(value)) / 10 ** field.type.scale);
  return String(value);
}

/** Arrow gives a decimal as its 32-bit parts, the least first. */
function decimal(parts) {
  let whole = 0n;
  for (let at = parts.length - 1; at >= 0; at--) whole = (whole << 32n) | BigInt(parts[at] >>> 0);
  return parts.length && parts[parts.length - 1] >>> 31 ? whole - (1n << BigInt(32 * parts.length)) : whole;
}

const chooser = document.getElementById("questions");
chooser.addEventListener("change", () => {
  sql.value = questions[chooser.value] ?? "";
  history.replaceState(null, "", `${location.pathname}?ask=${chooser.value}`);
});
const asked = new URLSearchParams(location.search);
chooser.value = asked.get("ask") in questions ? asked.get("ask") : "";
sql.value = asked.get("sql") ?? questions[chooser.value] ?? "select company, count(*) as statements\nfrom disclosures\ngroup by company\norder by statements desc";
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams(questions[chooser.value] === sql.value ? { ask: chooser.value } : { sql: sql.value })}`);
  run();
});
sql.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
