// A table whose rows are narrowed by words, and by their state where they have one.
import { holds, keepInAddress, showOnly } from "./shared.js";

const form = document.getElementById("filters");
const rows = [...document.querySelectorAll("#rows > tbody > tr")];

keepInAddress(form, () => {
  const state = form.elements.state?.value;
  const isWanted = (row) => (!state || row.dataset.state === state) && holds(row.cells[0].textContent, form.q.value);
  showOnly(rows, isWanted, document.getElementById("count"), "rows");
});
