// Small conveniences; every page works without them.

// On a phone the edition's bar scrolls: the page that is open should be seen in it.
document.querySelector("nav.edition [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
