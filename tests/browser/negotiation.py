"""The second half of the walk: a text is amended, put in brackets, decided, translated, signed for, kept
silent over, objected to, adopted by two people, and its package is verified with the network off.

Elements are found by address and field name, never by words.
"""

import datetime
import os
import re
import subprocess
import tempfile
import zoneinfo

import browser
import walk

SECRETARIAT = "secretariat-en@demo.example"
CHAIR = "chair@demo.example"
OFFICERS = ["officer-zh@demo.example", "officer-ru@demo.example"]
FOCAL = "focal-vymyslograd@demo.example"
OTHER = "focal-mysalkala@demo.example"
AUTHENTIC = ["zh", "ru"]
NEW_WORDS = {
    "zh": "申明本宣言不影响各城市依法承担的义务，",
    "ru": "подтверждая, что декларация не затрагивает обязательств городов по закону,",
}


class Negotiation:
    def __init__(self, walk):
        self.walk = walk
        self.page = walk.page
        self.check = walk.check

    def form(self, ending, **holding):
        """The form that leads to an address, and whose hidden fields hold these values."""
        marks = "".join(f':has(input[name="{name}"][value="{value}"])' for name, value in holding.items())
        return f'form[action$="{ending}"]{marks}'

    def send(self, ending, **holding):
        self.walk.press(f"{self.form(ending, **holding)} button")

    def there(self, ending, **holding):
        return self.page.locator(self.form(ending, **holding)).count() > 0

    def open(self):
        self.walk.be(SECRETARIAT)
        self.walk.exercise()
        self.walk.go(f"{self.walk.edition}/declarations")
        row = self.page.locator("main :is(tr, li)").filter(has_text="EX/2027/L.1").last
        link = row.locator(f'a[href^="{self.walk.edition}/declarations/0"]').first
        self.text = link.get_attribute("href").split("?")[0]
        self.walk.go(self.text)
        self.check(self.page.locator(".exercise, .mark, .demonstration").count() > 0
                   or "EXERCISE" in self.page.content(), "an exercise text says so")
        self.walk.go(f"{self.text}?view=side")
        units = self.page.locator(f'main a[href^="{self.text}/units/"]')
        hrefs = [units.nth(i).get_attribute("href").split("?")[0] for i in range(units.count())]
        self.units = list(dict.fromkeys(h for h in hrefs if re.search(r"/units/[0-9a-f-]{36}$", h)))
        self.check(len(self.units) > 20, f"the text has its units, {len(self.units)}")

    def amend(self):
        """A delegation proposes other words of a paragraph that nobody has amended yet."""
        self.walk.be(FOCAL)
        for unit in self.units[3:]:
            self.walk.go(unit)
            if self.page.locator('main a[href*="/amendments/"]').count() == 0:
                break
        self.unit = unit
        self.walk.go(f"{unit}/amend?in=zh")
        self.page.locator('main [name="text"]').first.fill(NEW_WORDS["zh"])
        self.page.locator('main [name="explanation"]').first.fill("更简明")
        self.walk.press('main form[action$="/amend"] button.main')
        if not self.check("/amendments/" in self.walk.path(), f"an amendment is kept, {self.walk.why()}"):
            return
        self.amendment = self.walk.path()
        self.walk.be(OTHER)
        answer = self.walk.context.request.get(self.walk.demo.address + self.amendment)
        self.check(answer.status in (403, 404), f"another delegation's look at a draft: {answer.status}")
        self.walk.be(FOCAL)
        self.walk.go(self.amendment)
        self.send("/table")
        self.walk.be(OTHER)
        self.walk.go(f"{self.text}/wordings?in=zh")
        self.check("更简明" in self.page.content() or "[" in self.walk.main_text(), "brackets are shown")

    def decide(self):
        self.walk.be(CHAIR)
        console = self.unit.replace("/units/", "/console/")
        self.walk.go(console)
        form = self.form("/decide", amendment=self.amendment.rsplit("/", 1)[1])
        self.walk.press(f'{form} button[value="accepted"]')
        self.walk.go(self.unit)
        self.check(NEW_WORDS["zh"] in self.page.content(), "accepted words stand in the text")

    def reject_the_rest(self):
        """The chair settles every other amendment, each with a reason."""
        for unit in self.units:
            self.walk.go(unit.replace("/units/", "/console/"))
            form = self.form("/decide")
            for _ in range(20):
                if self.page.locator(form).count() == 0:
                    break
                self.page.locator(f'{form} [name="reason"]').first.fill("The text stays as it is.")
                self.walk.press(f'{form} button[value="rejected"]')

    def languages(self):
        """Everything that is behind is written, offered and signed for by somebody else."""
        for unit in self.units:
            self.walk.be(SECRETARIAT)
            self.walk.go(unit)
            behind = [lang for lang in AUTHENTIC if self.page.locator(
                f'main a[href$="/write?in={lang}"]').count() > 0]
            states = self.states()
            if all(states.get(lang) == "concordant" for lang in AUTHENTIC):
                continue
            for lang in behind:
                if states.get(lang) in ("stale", "missing", "machine-draft"):
                    self.write(unit, lang)
            for lang in AUTHENTIC:
                self.walk.go(unit)
                if self.there("/offer", lang=lang):
                    self.send("/offer", lang=lang)
            for officer in OFFICERS:
                self.walk.be(officer)
                for lang in AUTHENTIC:
                    self.walk.go(unit)
                    if self.there("/concord", lang=lang):
                        self.send("/concord", lang=lang)
            self.walk.go(unit)
            states = self.states()
            self.check(all(states.get(lang) == "concordant" for lang in AUTHENTIC),
                       f"{unit} says the same in both languages: {states}")

    def states(self):
        """Where the unit stands in each language."""
        cells = self.page.locator("main [data-state][data-lang]")
        return {cells.nth(i).get_attribute("data-lang"): cells.nth(i).get_attribute("data-state")
                for i in range(cells.count())}

    def write(self, unit, lang):
        self.walk.go(f"{unit}/write?in={lang}")
        words = self.page.locator('main textarea[name="text"]').input_value().strip()
        new = NEW_WORDS[lang] if unit == self.unit or not words else words
        self.page.locator('main textarea[name="text"]').fill(new)
        self.page.locator('main input[name="manner"][value="follows"]').check()
        self.walk.press('main form[action$="/write"] button.main')
        self.check(self.page.locator(".wrong").count() == 0, f"{lang} follows, {self.walk.why()}")

    def settle(self):
        """Open objections are turned into reservations by their own delegations."""
        for focal in (FOCAL, OTHER, "focal-xugou@demo.example", "focal-nemuneshahr@demo.example"):
            self.walk.be(focal)
            self.walk.go(f"{self.text}/consensus")
            while self.there("/consensus/resolve", outcome="reserved"):
                self.send("/consensus/resolve", outcome="reserved")

    def agree(self):
        self.walk.be(CHAIR)
        for _ in range(4):
            self.walk.go(f"{self.text}/console")
            boxes = self.page.locator('main input[name="unit"]')
            if boxes.count() == 0:
                break
            for i in range(boxes.count()):
                boxes.nth(i).check()
            self.send("/console/agree")
        self.walk.go(f"{self.text}/console")
        if self.there("/console/revise"):
            self.send("/console/revise")

    def silence(self):
        self.walk.be(CHAIR)
        self.walk.go(f"{self.text}/console")
        zone = zoneinfo.ZoneInfo("Asia/Shanghai")
        until = datetime.datetime.now(zone) + datetime.timedelta(hours=80)
        self.page.locator('main [name="until"]').fill(until.strftime("%Y-%m-%dT%H:%M"))
        self.walk.press(f'{self.form("/console/silence")} button.main')
        self.check(self.page.locator(".wrong").count() == 0, f"a silence begins, {self.walk.why()}")

    def objection(self):
        self.walk.be(OTHER)
        self.walk.go(f"{self.text}/consensus")
        form = self.form("/consensus/object")
        self.page.locator(f'{form} [name="reason"]').fill("Мысалкала просит уточнить срок.")
        self.walk.press(f"{form} button.main")
        self.walk.go(f"{self.text}/consensus")
        self.check("Мысалкала просит уточнить срок." in self.page.content(), "an objection is heard")
        mail = self.walk.context.new_page()
        mail.goto(f"{self.walk.demo.address}/demo/mail")
        self.check("EX/2027/L.1" in mail.content(), "everyone is told")
        mail.close()

    def adopt(self):
        self.walk.be(CHAIR)
        self.walk.go(f"{self.text}/console")
        self.send("/console/gavel")
        self.check(not self.there("/consensus/record"), "the chair does not record its own gavel")
        self.walk.be(SECRETARIAT)
        self.walk.go(f"{self.text}/consensus")
        if self.check(self.there("/consensus/record"), f"a second person records it, {self.walk.why()}"):
            self.send("/consensus/record")

    def sign(self):
        for focal in (FOCAL, OTHER, "focal-xugou@demo.example", "focal-nemuneshahr@demo.example"):
            self.walk.be(focal)
            self.walk.go(f"{self.text}/consensus")
            if self.there("/consensus/sign"):
                self.send("/consensus/sign")
        self.walk.be(SECRETARIAT)
        self.walk.go(f"{self.text}/consensus")
        if self.check(self.there("/consensus/publish"), "all have signed"):
            self.send("/consensus/publish")

    def verify(self):
        """The package of the adopted text, by the product itself and without a network."""
        self.walk.page.context.clear_cookies()
        self.walk.language()
        self.walk.go(self.text)
        link = self.page.locator('main a[href$="/bundle"]').first
        if not self.check(link.count() == 1, "the published text offers its package"):
            return
        href = link.get_attribute("href")
        package = self.walk.context.request.get(self.walk.demo.address + href)
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(package.body())
            file.flush()
            alone = ["unshare", "--net"] if os.geteuid() == 0 else []
            command = [*alone, self.walk.demo.binary, "verify", file.name, "--lang", self.walk.lang]
            done = subprocess.run(command, capture_output=True, text=True)
            said = (done.stdout + done.stderr).strip()
            self.check(done.returncode == 0, f"the package is verified offline: {said[-300:]}")

    def persian(self):
        self.walk.go(f"{self.text}?lang=fa")
        self.check(self.page.locator("html").get_attribute("dir") == "rtl", "the text in Persian")
        wide = browser.overflow(self.page)
        self.check(wide is None, f"the text in Persian is wider than the window: {wide}")
        self.walk.language()

    STEPS = [
        open,
        amend,
        decide,
        reject_the_rest,
        languages,
        settle,
        agree,
        silence,
        objection,
        settle,
        adopt,
        sign,
        verify,
        persian,
    ]


def run(chromium, demo, lang, scripts, window, report):
    own = walk.begin(chromium, demo, lang, scripts, window, report)
    walk.take(own, Negotiation(own), Negotiation.STEPS)
