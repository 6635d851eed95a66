"""The walk from the city map to a mayor's agenda: in each language, with scripts and without, on a
desktop and on a phone. Elements are found by address and field name, never by words, so that one walk
serves all languages.
"""

import pathlib
import re

import playwright.sync_api

import browser

# Language, whether scripts run, window.
WAYS = [
    ("zh", True, browser.DESKTOP),
    ("ru", False, browser.DESKTOP),
    ("en", True, browser.PHONE),
]
SECRETARIAT = "secretariat-en@demo.example"
FOCAL = "focal-vymyslograd@demo.example"
OTHER = "focal-mysalkala@demo.example"
THIRD = "focal-nemuneshahr@demo.example"
INTERPRETER = "int-04@demo.example"
TOPIC = {
    "title.zh": "城市树荫",
    "title.ru": "Городская тень",
    "title.en": "Urban shade",
    "summary.en": "Trees along the streets.",
}
PLAN_SECONDS = 180
WORKBOOKS = pathlib.Path(__file__).parents[2] / "data/demo/workbooks"


class Walk:
    def __init__(self, context, demo, lang, scripts, report):
        self.context = context
        self.demo = demo
        self.lang = lang
        self.scripts = scripts
        self.report = report
        self.page = context.new_page()
        # Addresses that stand in no link: what mails and answers to forms tell.
        self.seen = []
        self.problems = []
        browser.listen(self.page, self.problems)

    # Small words.

    def check(self, holds, what):
        return self.report.check(holds, f"walk {self.lang}: {what}")

    def go(self, path):
        for tries in range(5):
            try:
                answer = self.page.goto(f"{self.demo.address}{path}")
                break
            except playwright.sync_api.Error:
                # A script of the page that is left may have been reloading it.
                if tries == 4:
                    raise
                self.page.wait_for_timeout(500)
        self.check(answer.status == 200, f"{path} answers {answer.status}")

    def path(self):
        return self.page.url.removeprefix(self.demo.address).split("?")[0]

    def be(self, email):
        browser.sign_in(self.page, self.demo.address, email)

    def fill(self, fields, form="main form"):
        scope = self.page.locator(form)
        for name, value in fields.items():
            field = scope.locator(f'[name="{name}"]').first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, button="main form button.main"):
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def why(self):
        """Where the page stands, and what a form said was wrong."""
        said = self.page.locator(".notice.error")
        return f"{self.path()}: {said.first.inner_text() if said.count() else 'no refusal'}"

    def main_text(self):
        return self.page.locator("main").inner_text()

    # The steps, in the order in which a secretariat takes them.

    def map_and_register(self):
        self.go("/cities")
        self.check(self.page.locator("svg.map, .map svg").count() > 0, "the register shows a map")
        for asked in ("Тяньцзинь", "天津", "tianjin"):
            self.go("/cities")
            self.page.locator('input[name="q"]').fill(asked)
            self.press('form[role="search"] button')
            self.check("天津" in self.page.content() or "Tianjin" in self.page.content(),
                       f"a search for {asked} finds Tianjin")
        link = self.page.locator('main a[href^="/cities/"]').filter(
            has_text=re.compile("天津|Тяньцзинь|Tianjin")).first
        link.click()
        self.page.wait_for_load_state()
        self.check(self.page.locator("h1").count() == 1, "a city has a page")

    def sign_in_by_code(self):
        self.page.context.clear_cookies()
        self.language()
        self.go("/sign-in")
        self.fill({"email": FOCAL})
        self.press()
        mail = self.context.new_page()
        mail.goto(f"{self.demo.address}/demo/mail")
        text = mail.locator("main").text_content()
        code = re.search(r"(?<!\d)(\d{6})(?!\d)", text)
        mail.close()
        link = re.search(r"/sign-in/[\w-]{20,}", text)
        self.seen.append(link.group(0) if link else "/")
        if self.check(code is not None, "the mail holds a code"):
            self.fill({"code": code.group(1)})
            self.press()
            self.check(self.path() == "/me", f"the code signs in, to {self.path()}")

    def open_edition(self):
        self.be(SECRETARIAT)
        self.go("/editions/new")
        self.fill({
            "title.zh": "第二届对话", "title.ru": "Второй диалог", "title.en": "Second dialogue",
            "first_day": "2027-05-18", "last_day": "2027-05-16", "zone": "Asia/Shanghai",
            "initiators.0.zh": "示例秘书处", "initiators.0.ru": "Секретариат примера",
        })
        self.press()
        self.check(self.page.locator(".wrong").count() > 0, "an impossible edition is refused")
        typed = self.page.locator('[name="title.ru"]').input_value()
        self.check(typed == "Второй диалог", "what was typed is still there")
        self.fill({"last_day": "2027-05-20", "host": "Tianjin"})
        self.press()
        self.check(re.fullmatch(r"/editions/[0-9a-f-]{36}", self.path()) is not None,
                   f"an edition is opened, at {self.path()}")
        self.second = self.path()

    def hand_in(self, path):
        """Hands in the workbook of a whole summit, and gives the figures above what it would do."""
        self.go(f"{self.second}{path}")
        book = WORKBOOKS / f"summit-{'zh' if self.lang == 'zh' else 'ru'}.xlsx"
        self.page.locator('input[type="file"]').set_input_files(book)
        self.press()
        wide = browser.overflow(self.page)
        self.check(wide is None, f"the preview of {path} is not too wide, {wide}")
        return [figure.inner_text() for figure in self.page.locator(".figure strong").all()]

    def lists(self):
        """The new edition is filled from the office's own workbook: first who comes, then who meets."""
        figures = self.hand_in("/delegations/import")
        self.check(figures == ["40", "0", "117", "0", "2"], f"a summit's people are shown, {figures}")
        for row in self.page.locator('input[name="leave"]').all():
            row.check()
        self.press('button[value="check"]')
        self.press('button[value="store"]')
        self.check(self.page.locator(".notice.ok").count() == 1, f"they are stored, {self.why()}")
        figures = self.hand_in("/meetings/import")
        self.check(figures[:3] == ["150", "0", "0"], f"its meetings are shown, {figures}")
        self.page.locator('input[name="otherwise"][value="accepted"]').check()
        self.press('button[value="store"]')
        self.check(self.path() == f"{self.second}/meetings", f"they are stored, {self.why()}")

    def exercise(self):
        """The exercise's own edition, for the steps that follow."""
        self.go("/editions")
        editions = self.page.locator('main a[href^="/editions/0"]')
        mine = editions.filter(has_text=re.compile("УЧЕБН|演示|EXERCISE", re.IGNORECASE)).first
        self.edition = mine.get_attribute("href")

    def topics(self):
        self.be(FOCAL)
        self.exercise()
        self.go(f"{self.edition}/topics/new")
        self.fill({name: "" for name in TOPIC})
        self.press()
        self.check(self.page.locator(".wrong").count() > 0, "a topic without a title is refused")
        self.fill(TOPIC)
        self.press()
        topic = self.path()
        self.check("Городская тень" in self.page.content() or "城市树荫" in self.page.content()
                   or "Urban shade" in self.page.content(), "a proposed topic is shown")
        if topic.endswith("/topics"):
            found = self.page.locator("main a").filter(
                has_text=re.compile("Городская тень|城市树荫|Urban shade")).first
            topic = found.get_attribute("href")
        self.be(OTHER)
        self.go(topic)
        self.press('form[action$="/support"] button')
        self.be(SECRETARIAT)
        self.go(topic)
        self.fill({"decision": "chosen", "reason.en": "Supported by a neighbour."},
                  'form[action$="/decision"]')
        self.press('form[action$="/decision"] button')
        self.check("Supported by a neighbour." in self.page.content(), "a decision shows its reason")

    def invitation(self):
        self.be(SECRETARIAT)
        self.go(f"{self.edition}/invitations")
        self.check(self.page.locator(".figure").count() >= 6, "all invitations at a glance")
        self.go(f"{self.edition}/invitations/new?body=new")
        self.fill({
            "name.zh": "河畔研究所", "name.ru": "Институт у реки", "name.en": "River Institute",
            "lang": self.lang, "addressee": "Образцов Пример", "salutation": "Уважаемый Пример!",
            "email": "river@example.org", "quota": "4",
        })
        self.press()
        letter = self.path()
        if not self.check(re.search(r"/invitations/[0-9a-f-]{36}$", letter), f"a draft, {self.why()}"):
            return
        pdf = self.context.request.get(f"{self.demo.address}{letter}/letter.pdf")
        self.check(pdf.body().startswith(b"%PDF"), "an invitation is printed as a letter")
        self.press('form[action$="/send"] button')
        mail = self.context.new_page()
        mail.goto(f"{self.demo.address}/demo/mail")
        text = mail.locator("details.mail").filter(has_text="river@example.org").first.text_content()
        link = re.search(r"/reply/[\w-]+", text)
        mail.close()
        if self.check(link is not None, "the letter's mail holds a link"):
            self.seen.append(link.group(0))
            self.answer(link.group(0))
        self.be(SECRETARIAT)
        self.go(letter)
        self.check("3" in self.page.locator("dl.facts").last.inner_text(), "the answer is on record")

    def answer(self, link):
        """The invited side answers without an account."""
        self.page.context.clear_cookies()
        self.go(link)
        lang = self.page.locator("html").get_attribute("lang")
        self.check(lang.startswith(self.lang), f"the answer's page speaks the letter's language, {lang}")
        self.page.locator('[name="answer"][value="accepted"]').check()
        self.fill({"people": "3"})
        self.press()
        self.check(self.page.locator(".notice.ok").count() == 1, "an answer by link is recorded")
        self.language()

    def meetings(self):
        """The bilaterals that the reader is shown."""
        self.go(f"{self.edition}/meetings")
        links = self.page.locator(f'main a[href^="{self.edition}/meetings/"]')
        paths = {links.nth(i).get_attribute("href").split("?")[0] for i in range(links.count())}
        return {path for path in paths if re.search(r"/meetings/[0-9a-f-]{36}$", path)}

    def meeting(self):
        # The exercise has a meeting with the other one already: here that one is the stranger.
        self.be(THIRD)
        self.go(f"{self.edition}/delegations")
        partner = self.page.locator(".title a.button.main").get_attribute("href").rsplit("/", 1)[1]
        self.be(FOCAL)
        before = self.meetings()
        self.go(f"{self.edition}/meetings/new")
        self.fill({
            "to": partner, "purpose.zh": "密谈", "purpose.ru": "Тайный предмет",
            "purpose.en": "A confidential matter", "minutes": "30",
        })
        self.press()
        new = self.meetings() - before
        if not self.check(len(new) == 1, f"a request is listed, {self.why()}"):
            return
        meeting = new.pop()
        self.be(THIRD)
        self.go(meeting)
        accept = 'form:has(input[name="what"][value="accept"]) button'
        self.press(accept)
        self.check(self.page.locator(accept).count() == 0, "the other side accepts")
        self.be(OTHER)
        answer = self.context.request.get(self.demo.address + meeting)
        self.check(answer.status in (403, 404), f"a third delegation's look answers {answer.status}")
        answer = self.context.request.get(f"{self.demo.address}{self.edition}/meetings")
        self.check("Тайный предмет" not in answer.text(), "a third delegation reads nothing of it")

    def delegation(self):
        self.be(FOCAL)
        self.go(f"{self.edition}/delegations")
        # The page's one main action leads a focal point to its own delegation.
        self.own = self.page.locator(".title a.button.main").get_attribute("href")
        self.go(f"{self.own}/people/new")
        self.fill({"name.ru": "Выдумкин Образец Примерович", "office.ru": "советник"})
        self.press()
        self.check("Выдумкин" in self.page.content(), "a person is filed by hand")
        self.go(f"{self.own}/import")
        self.page.locator('input[type="file"]').set_input_files(self.workbook())
        self.press()
        figures = self.page.locator(".figure").count()
        self.check(figures > 0, "an untidy workbook is shown before it is stored")
        self.go(self.own)
        self.check("Черновиков" not in self.main_text(), "looking at a workbook stores nothing")

    @staticmethod
    def workbook():
        """A list as a city might send it: a title above, a line of headings, a date as text."""
        rows = "Список делегации;;\nФИО;Должность;Дата прибытия\n"
        return {
            "name": "delegation.csv",
            "mimeType": "text/csv",
            "buffer": (rows + "Черновиков Проба Пробович;заместитель главы;17 мая 2027 г.\n").encode(),
        }

    def venues_and_sessions(self):
        self.be(SECRETARIAT)
        self.go(f"{self.edition}/venues")
        self.go(f"{self.edition}/venues/new")
        self.fill({"name.zh": "河畔会馆", "name.ru": "Зал у реки", "name.en": "River house"})
        self.press()
        self.check("/venues" in self.path() and "new" not in self.path(), "a site is stored")
        self.go(f"{self.edition}/sessions/new")
        self.fill({
            "title.zh": "河畔圆桌", "title.ru": "Круглый стол у реки", "title.en": "River table",
            "kind": "roundtable", "minutes": "60", "people": "20",
        })
        self.press()
        self.check("/sessions" in self.path() and "new" not in self.path(), "a session is stored")

    def plan(self):
        self.be(SECRETARIAT)
        self.go(f"{self.edition}/plan")
        self.press(f'form[action="{self.edition}/plan"] button')
        waits = 0
        running = f'form[action="{self.edition}/plan/wish"]'
        while self.page.locator(running).count() and waits < PLAN_SECONDS:
            if waits == 8:
                # Good enough: the reader stops the search and keeps what was found.
                self.press(f"{running} button.main")
            self.page.wait_for_timeout(1000)
            self.page.reload()
            waits += 1
        self.check(waits < PLAN_SECONDS, "the plan is ready in time")
        for view in ("delegations", "halls", "days"):
            self.go(f"{self.edition}/plan/{view}")
            if view == "delegations":
                self.page.locator("select#of").select_option(index=1)
                self.press('form[role="search"] button, form.search button')
            lines = self.page.locator("main time, main .slots li, main td").count()
            self.check(lines > 0, f"the plan by {view} has lines")
        pins = self.page.locator(f'main a[href^="{self.edition}/pins/"]')
        if self.check(pins.count() > 0, "a line of the plan can be pinned by a plain form"):
            pins.first.click()
            self.page.wait_for_load_state()
            self.press("main form button.main")
            self.check(self.page.locator(".wrong").count() == 0, "a pin is set where it stands")

    def release(self):
        self.go(f"{self.edition}/programme/release")
        self.fill({"note.zh": "第一版", "note.ru": "Первый выпуск", "note.en": "First release"})
        self.press('form button.main')
        self.check("/programme" in self.path(), f"a programme is released, at {self.path()}")
        mail = self.context.new_page()
        mail.goto(f"{self.demo.address}/demo/mail")
        self.check(mail.locator("details.mail").count() > 1, "those concerned get a mail")
        mail.close()
        answer = self.context.request.get(f"{self.demo.address}{self.edition}/programme/1/pdf")
        self.check(answer.body().startswith(b"%PDF"), "the programme is there as PDF")

    def disruption(self):
        """A session takes longer on the day: ask, choose the first way, print."""
        self.go(f"{self.edition}/disruptions")
        self.fill({"said": "?"})
        self.press("form.search button")
        self.check(self.page.locator(".wrong").count() == 1, "what is not understood is told")
        self.go(f"{self.edition}/disruptions/longer")
        self.page.locator("select[name=session]").select_option(index=1)
        self.fill({"minutes": "95"})
        self.press("main form button.main")
        ways = self.page.locator("section.way form button")
        if self.check(ways.count() > 0, f"there is a way to go on, at {self.path()}"):
            ways.first.click()
            self.page.wait_for_load_state()
            self.check(self.path().endswith("/sheets"), f"a way is released, at {self.path()}")
            notices = self.page.locator('main a[href*="/notice"]')
            if self.check(notices.count() > 0, "a notice of change is offered"):
                notice = self.context.request.get(
                    self.demo.address + notices.first.get_attribute("href")
                )
                self.check(notice.body().startswith(b"%PDF"), "a notice of change is a PDF")

    def agenda(self):
        self.be(FOCAL)
        self.go(f"{self.edition}/agenda")
        self.check(self.page.locator("main time, main .slots li").count() > 0, "the agenda has lines")
        cards = self.page.locator('main a[href*="/card"]')
        if self.check(cards.count() > 0, "the agenda offers a day card"):
            card = self.context.request.get(self.demo.address + cards.first.get_attribute("href"))
            self.check(card.body().startswith(b"%PDF"), "a day card is a PDF")
        self.press('form[action$="/feed"] button')
        found = re.search(r"(/feed/[\w.-]+)", self.page.content())
        if self.check(found is not None, "a feed has an address"):
            self.seen.append(found.group(1))
            self.calendar(found.group(1))

    def calendar(self, path):
        from icalendar import Calendar

        answer = self.context.request.get(self.demo.address + path)
        calendar = Calendar.from_ical(answer.body())
        events = calendar.walk("VEVENT")
        self.check(len(events) > 0, "the feed has events")
        for event in events:
            start = event["DTSTART"]
            self.check(start.params.get("TZID") == "Asia/Shanghai", f"an event starts in {start.params}")
        self.check(not calendar.walk("VTIMEZONE") or calendar.walk("VTIMEZONE")[0]["TZID"], "a zone")

    def assignments(self):
        """An interpreter finds where to work, and takes it along as a calendar."""
        self.be(INTERPRETER)
        self.go(f"{self.edition}/assignments")
        self.check(self.page.locator("main time, main .slots li").count() > 0, "assignments have lines")
        self.press('form[action$="/feed"] button')
        found = re.search(r"(/feed/assignments/[\w.-]+)", self.page.content())
        if self.check(found is not None, "a feed of assignments has an address"):
            self.seen.append(found.group(1))
            self.calendar(found.group(1))

    def discretion(self):
        """What a third delegation is shown of the agenda that is not its own."""
        path = self.own.replace("/delegations/", "/agenda/") + "/feed"
        self.be(THIRD)
        answer = self.context.request.get(f"{self.demo.address}{self.own}/people/export/csv")
        self.check(answer.status in (403, 404), f"another delegation's list answers {answer.status}")
        answer = self.context.request.post(self.demo.address + path)
        self.check(answer.status in (403, 404), f"a stranger's feed answers {answer.status}")

    def language(self):
        self.context.add_cookies([{"name": "lang", "value": self.lang, "url": self.demo.address}])

    STEPS = [
        map_and_register,
        sign_in_by_code,
        open_edition,
        lists,
        topics,
        invitation,
        delegation,
        meeting,
        venues_and_sessions,
        plan,
        release,
        disruption,
        agenda,
        assignments,
        discretion,
    ]


def begin(chromium, demo, lang, scripts, window, report):
    """A reader of this language with a window and, or without, scripts."""
    context = chromium.new_context(viewport=window, java_script_enabled=scripts)
    walk = Walk(context, demo, lang, scripts, report)
    walk.language()
    return walk


def take(walk, of, steps):
    """Takes the steps; one that cannot go on is one failure, and the next one is tried."""
    for step in steps:
        try:
            step(of)
        except Exception as error:
            first = str(error).splitlines()[0] if str(error) else repr(error)
            walk.check(False, f"{step.__name__} stopped at {walk.page.url}: {first}")
            walk.language()
    walk.check(not walk.problems, f"scripts and content: {walk.problems}")
    walk.context.close()


def run(chromium, demo, lang, scripts, window, report):
    walk = begin(chromium, demo, lang, scripts, window, report)
    take(walk, walk, Walk.STEPS)
    return walk
