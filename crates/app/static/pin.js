// Pins by dragging: what is dropped on a hall and a time is sent as the plain form sends it.

const grid = document.querySelector("table.grid");

function target(event) {
  return event.target.closest?.("td[data-start]");
}

function send(activity, place) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = grid.dataset.pins + activity;
  for (const [name, value] of [["hall", place.dataset.hall], ["start", place.dataset.start]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function over(place) {
  for (const old of grid.querySelectorAll(".over")) old.classList.remove("over");
  place?.classList.add("over");
}

grid?.addEventListener("dragstart", (event) => {
  const thing = event.target.closest?.("[data-activity]");
  if (!thing) return;
  event.dataTransfer.setData("text/plain", thing.dataset.activity);
  event.dataTransfer.effectAllowed = "move";
});
grid?.addEventListener("dragover", (event) => {
  const place = target(event);
  if (!place) return;
  event.preventDefault();
  over(place);
});
grid?.addEventListener("dragend", () => over(null));
grid?.addEventListener("drop", (event) => {
  const place = target(event);
  const activity = event.dataTransfer.getData("text/plain");
  over(null);
  if (!place || !/^(session|meeting)-[0-9a-f-]+$/.test(activity)) return;
  event.preventDefault();
  if (place.querySelector(`[data-activity="${activity}"]`)) return;
  send(activity, place);
});
