// Small conveniences; every page works without them.

// On a phone the edition's bar scrolls: the page that is open should be seen in it.
document.querySelector("nav.edition [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A form that can show what it would do asks for it while somebody types.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const target = document.getElementById(form.dataset.preview);
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const fields = new URLSearchParams(new FormData(form));
      fields.set("preview", "1");
      const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => null);
      if (!answer) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const shown = page.getElementById(form.dataset.preview);
      if (shown) target.replaceChildren(...shown.childNodes);
    }, 600);
  });
}

// A screen that nobody touches asks again every few seconds; what did not change stays.
for (const live of document.querySelectorAll("[data-live]")) {
  setInterval(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(live.id);
    if (now && now.innerHTML !== live.innerHTML) live.replaceChildren(...now.childNodes);
  }, Number(live.dataset.live) * 1000);
}
