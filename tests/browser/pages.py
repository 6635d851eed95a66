"""Every page that the router lists is found by following links, and asked whether it is fit for use.

A page that no link leads to, for any persona, fails: it would be unvisited here and lost to people.
"""

import re
import urllib.parse

import browser

PERSONAS = [
    "secretariat-en@demo.example",
    "host-zh@demo.example",
    "focal-vymyslograd@demo.example",
    "chair@demo.example",
    "focal-xugou@demo.example",
    "officer-ru@demo.example",
    "int-04@demo.example",
    None,
]
# Not pages for people: files of the product itself, and what its scripts and keepers ask.
NO_PAGE = {
    "/static/{hash}/{file}",
    "/editions/{edition}/plan/progress",
    "/healthz",
    "/readyz",
    "/metrics",
    # What mirrors fetch, and files that nobody has filed in the exercise; black-box tests ask for them.
    "/register/tile/{*path}",
    "/register/rotations/{number}",
    "/register/evidence/{evidence}",
    "/editions/{edition}/instruments/{instrument}/papers/{paper}",
}
# Of pages, enough that some persona's own object is among them; files cost more to make.
PER_ROUTE = 14
PER_FILE = 3


class Finder:
    """Follows links as each persona and keeps a few addresses of each route."""

    def __init__(self, address, paths):
        self.address = address
        self.patterns = [(path, re.compile(self._pattern(path))) for path in paths]
        # The more is fixed in a path, the earlier it is tried: /cities/new before /cities/{city}.
        self.patterns.sort(key=lambda pair: (pair[0].count("{"), pair[0]))
        self.found = {path: [] for path in paths}
        self.files = set()
        self.looked_at = set()

    @staticmethod
    def _pattern(path):
        parts = re.split(r"\{[^}]*\}", path)
        return "^" + "[^/]+".join(re.escape(part) for part in parts) + "$"

    def route_of(self, url):
        path = urllib.parse.urlsplit(url).path
        return next((route for route, pattern in self.patterns if pattern.match(path)), None)

    def crawl(self, context, persona, first, report):
        page = context.new_page()
        if persona:
            browser.sign_in(page, self.address, persona)
        queue = ["/", *first, "/me", "/sign-in", "/no/such/page", *self.from_mails(page)]
        seen, taken = set(queue), {}
        while queue:
            url = queue.pop(0)
            route = self.route_of(url)
            most = PER_FILE if route in self.files else PER_ROUTE
            if route in NO_PAGE or (route and taken.get(route, 0) >= most):
                continue
            answer = context.request.get(self.address + url)
            taken[route] = taken.get(route, 0) + 1
            report.check(answer.status < 500, f"{persona} {url}: {answer.status}")
            if answer.status != 200:
                continue
            saved = answer.headers.get("content-disposition", "").startswith("attachment")
            page_like = answer.headers.get("content-type", "").startswith("text/html") and not saved
            if route and not page_like:
                self.files.add(route)
            if route:
                self.found[route].append((url, persona, page_like))
            if page_like:
                for link in self.links(answer.text(), url):
                    if link not in seen:
                        seen.add(link)
                        queue.append(link)
        page.close()

    @staticmethod
    def links(html, base):
        for href in re.findall(r'<a[^>]*\bhref="([^"#]+)', html):
            url = urllib.parse.urljoin(base, href.replace("&amp;", "&"))
            if url.startswith("/"):
                yield url

    def from_mails(self, page):
        """The links of the exercise's mailbox: sign-in, answers to invitations, calendar feeds."""
        page.goto(f"{self.address}/demo/mail")
        text = page.locator("main").text_content()
        links = re.findall(re.escape(self.address) + r"(/[^\s<>\"]+)", text)
        return list(dict.fromkeys(links))


def audit(page, url, axe_source, report, problems):
    """One page: no overflow on a phone, nothing serious for axe in light and dark."""
    address = page.context.base_url_of_ours
    for lang in ("zh", "ru", "en"):
        page.set_viewport_size(browser.PHONE)
        joint = "&" if "?" in url else "?"
        page.goto(f"{address}{url}{joint}lang={lang}")
        wide = browser.overflow(page)
        report.check(wide is None, f"{url} {lang} is wider than a phone: {wide}")
        missing = "⟦" not in page.content()
        report.check(missing, f"{url} {lang} has a message without words")
    for scheme in ("light", "dark"):
        page.set_viewport_size(browser.DESKTOP)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}{url}")
        for line in browser.axe(page, axe_source):
            report.check(False, f"{url} {scheme}: axe {line}")
        report.check(True, f"{url} {scheme}: axe")
    report.check(not problems, f"{url}: {problems}")
    problems.clear()


def visit(finder, contexts, axe_source, walk, report):
    """Follows every link as every persona, and looks at each page that was not looked at before."""
    letters = f"{walk.edition}/invitations"
    # A draft has pages that a letter which left has not, and the other way round.
    states = [f"{letters}?state=draft", f"{letters}?state=sent"]
    beside = [*states, walk.edition, f"{letters}/remind", *walk.seen]
    for persona, context in contexts.items():
        finder.crawl(context, persona, beside, report)
    for path, found in finder.found.items():
        # The public interface is asked by api.py, address by address.
        if path in NO_PAGE or path in finder.looked_at or path.startswith("/api/"):
            continue
        if found:
            finder.looked_at.add(path)
        # As whoever sees most of it: the personas stand in that order.
        seen = [(url, persona) for url, persona, page_like in found if page_like]
        for url, persona in seen[:1]:
            page = contexts[persona].new_page()
            problems = []
            browser.listen(page, problems)
            audit(page, url, axe_source, report, problems)
            page.close()


def run(playwright_browser, demo, paths, axe_source, walk, report, then):
    """Every page as the exercise stands; and, after `then`, those that are there only from then on."""
    finder = Finder(demo.address, paths)
    contexts = {}
    for persona in PERSONAS:
        context = playwright_browser.new_context()
        context.base_url_of_ours = demo.address
        contexts[persona] = context
    visit(finder, contexts, axe_source, walk, report)
    then()
    visit(finder, contexts, axe_source, walk, report)
    for path in finder.found:
        known = path in NO_PAGE or path in finder.looked_at or path.startswith("/api/")
        report.check(known, f"{path} is unvisited: no link leads to it for any persona")
    persian(contexts[None], finder, report)
    plain(playwright_browser, demo, finder, report)
    return finder


def public(found):
    """The first page of a route that anyone may see, if there is one."""
    return [url for url, persona, page_like in found if persona is None and page_like][:1]


def persian(context, finder, report):
    """The public pages in a language that is written from right to left."""
    for found in finder.found.values():
        for url in public(found):
            page = context.new_page()
            page.set_viewport_size(browser.PHONE)
            page.goto(f"{finder.address}{url}{'&' if '?' in url else '?'}lang=fa")
            direction = page.locator("html").get_attribute("dir")
            report.check(direction == "rtl", f"{url} fa is written {direction}")
            wide = browser.overflow(page)
            report.check(wide is None, f"{url} fa is wider than a phone: {wide}")
            page.close()


def plain(playwright_browser, demo, finder, report):
    """Every page says the same heading without scripts."""
    context = playwright_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for found in finder.found.values():
        for url in public(found):
            page.goto(f"{demo.address}{url}")
            report.check(page.locator("h1").count() == 1, f"{url} without scripts: one heading")
    context.close()
