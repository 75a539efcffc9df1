// What changed: show the events of a kind, a company or a metric.
import { holds, keepInAddress, showOnly } from "./shared.js";

const form = document.getElementById("filters");
const rows = [...document.querySelectorAll("#events > li")];

keepInAddress(form, () => {
  const { event, q } = form;
  const isWanted = ({ dataset }) =>
    (!event.value || dataset.event === event.value) &&
    holds(`${dataset.company} ${dataset.metric} ${dataset.metric.replaceAll("_", " ")}`, q.value);
  showOnly(rows, isWanted, document.getElementById("count"), "events");
});
