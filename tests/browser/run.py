"""The browser's part of script/test: every page, and the walk through the main job.

    python tests/browser/run.py PATH/TO/caravanserai

AXE names axe-core's file. Chromium is the system's, or the one that CHROMIUM names.
"""

import concurrent.futures
import os
import sys

from playwright.sync_api import sync_playwright

import browser
import demo
import negotiation
import pages
import walk
from report import Report

# Each has a product and a browser of its own.
AT_ONCE = 2


def go(binary, way):
    """One way, as a process of its own; gives its report. The last way looks at every page, too."""
    lang, scripts, window = way
    report = Report()
    with sync_playwright() as playwright, demo.Demo(binary) as running:
        print(f"walk in {lang}, ready after {running.seconds:.1f} s", flush=True)
        chromium = browser.launch(playwright)
        walked = walk.run(chromium, running, lang, scripts, window, report)
        # Last, because a published text has no console and no drafts any longer.
        def negotiate():
            print(f"negotiation in {lang}", flush=True)
            negotiation.run(chromium, running, lang, scripts, window, report)

        if way == walk.WAYS[-1]:
            with open(os.environ["AXE"]) as file:
                axe_source = file.read()
            paths = sorted({path for method, path in demo.routes(binary) if method == "GET"})
            print("every page", flush=True)
            pages.run(chromium, running, paths, axe_source, walked, report, negotiate)
        else:
            negotiate()
        chromium.close()
    return report


def main(binary):
    report = Report()
    with concurrent.futures.ProcessPoolExecutor(AT_ONCE) as processes:
        # The longest first.
        for one in [processes.submit(go, binary, way) for way in reversed(walk.WAYS)]:
            report.add(one.result())
    return report.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
