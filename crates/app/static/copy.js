// Puts a button beside a field whose words are to be copied; without it, they are selected by hand.
for (const field of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = field.dataset.copy;
  button.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.setAttribute("aria-live", "polite");
    button.textContent = `✓ ${field.dataset.copy}`;
  });
  field.after(button);
}
