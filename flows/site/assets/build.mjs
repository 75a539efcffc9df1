// Bundle the scripts with the libraries that package-lock.json pins; the results stand in dist/.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";

const pages = ["page", "board", "changes", "company", "table", "ask"];
const whole = [
  "style.css",
  "icon.svg",
  "node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
  "node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js",
  "node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm",
];

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await build({
  entryPoints: pages.map((name) => `${name}.js`),
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "linked",
  define: { "import.meta.url": "document.baseURI" },
  logLevel: "warning",
});
for (const file of whole) await copyFile(file, `dist/${file.split("/").pop()}`);
