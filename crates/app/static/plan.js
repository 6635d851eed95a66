// Shows how a run stands, until it is over; then the page itself says how it ended.

const box = document.querySelector("[data-progress]");

function row(cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const field = document.createElement("td");
    field.className = "number";
    field.textContent = cell;
    line.append(field);
  }
  return line;
}

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const now = await answer.json();
  const enough = box.querySelector('input[value="enough"]');
  if (now.over || (now.total > 0 && !enough)) {
    location.reload();
    return;
  }
  box.querySelector("progress").value = now.percent;
  const words = box.querySelector("[data-words]");
  if (words.textContent !== now.words) words.textContent = now.words;
  box.querySelector("[data-curve]").replaceChildren(...now.curve.map(row));
  setTimeout(watch, 700);
}

function watch() {
  look().catch(() => setTimeout(watch, 3000));
}

if (box) watch();
