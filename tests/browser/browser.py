"""Debian's Chromium under Playwright, and what every page is asked."""

import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def launch(playwright):
    # The sandbox of Chromium does not start as root.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET + root)


def sign_in(page, address, email):
    """Chooses a persona of the exercise."""
    page.goto(f"{address}/demo/personas")
    page.locator("li", has_text=email).locator("button").first.click()
    page.wait_for_url("**/me")


def overflow(page):
    """How many pixels the page is wider than the window, and by which element."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.scrollWidth - window.innerWidth;
            if (wide <= 0) return null;
            const inner = (e) => e.closest('.scroll, .board, pre');
            const out = [...document.querySelectorAll('main *, header *, nav *, footer *')].filter(
                (e) => !inner(e) && e.getBoundingClientRect().right > window.innerWidth + 1);
            const last = out.at(-1);
            return `${wide} px, ${last ? last.outerHTML.slice(0, 120) : 'unknown'}`;
        }"""
    )


def axe(page, source):
    """What axe finds serious or critical, one line each."""
    page.evaluate(source)
    violations = page.evaluate(
        """async () => {
            const result = await axe.run(document, {
                resultTypes: ['violations'],
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            });
            return result.violations
                .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                .map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} (${v.nodes.length})`);
        }"""
    )
    return violations


def listen(page, problems):
    """Collects script errors and refused content of a page."""
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))

    def said(message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(f"{page.url}: {message.text}")

    page.on("console", said)
