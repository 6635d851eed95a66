"""What ISO 19005-2 (PDF/A-2, level B) asks of a file, as far as it can be seen without a validator.

The file's syntax is checked by qpdf, through `pikepdf`; the rest is written from the standard, whose clauses
stand beside each check. Not checked are the widths of glyphs against the fonts, and the inside of profiles.
"""

import datetime
import re
import subprocess

import pikepdf

# Every filter that a stream may have (6.1.7.2).
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
# What may happen when somebody presses something (6.5.1).
ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
# Marks on a page that show no more than they are (6.3.1).
ANNOTATIONS = {"/Link", "/Text", "/FreeText", "/Widget"}


def objects(pdf):
    for one in pdf.objects:
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield one


def name_of(one, key):
    value = one.get(key)
    return str(value) if value is not None else ""


def fonts(pdf):
    """The programs of all fonts, by the font's name (6.2.11.4): one for each, in the file."""
    for one in objects(pdf):
        if name_of(one, "/Type") != "/Font" or name_of(one, "/Subtype") in ("/Type0", "/Type3"):
            continue
        described = one.get("/FontDescriptor", pikepdf.Dictionary())
        program = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in described]
        yield name_of(one, "/BaseFont"), one, program


def moment(written):
    """A date of a PDF as XMP writes it: to the second."""
    digits = re.match(r"D:(\d{14})(Z|[+-]\d\d)?", written)
    stamp = datetime.datetime.strptime(digits[1], "%Y%m%d%H%M%S")
    return stamp.strftime("%Y-%m-%dT%H:%M:%S")


def faults(path):
    """What is wrong with a file."""
    content = path.read_bytes()
    wrong = []

    def need(holds, clause, what):
        if not holds:
            wrong.append(f"{clause}: {what}")

    head, second = content.split(b"\n", 2)[:2]
    need(re.fullmatch(rb"%PDF-1\.[0-7]", head.strip()), "6.1.2", f"the first line is {head!r}")
    binary = second.startswith(b"%") and len(second) >= 5 and all(byte > 127 for byte in second[1:5])
    need(binary, "6.1.2", "four bytes behind the first line say that the file is binary")
    need(content.rstrip().endswith(b"%%EOF"), "6.1.3", "nothing follows the end")
    with pikepdf.open(path) as pdf:
        syntax = pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check()
        need(not syntax, "6.1", f"qpdf says {syntax}")
        need("/ID" in pdf.trailer, "6.1.3", "the file has an identifier")
        need("/Encrypt" not in pdf.trailer, "6.1.3", "the file is not encrypted")
        root = pdf.Root
        for key in ("/AA", "/OCProperties"):
            need(key not in root, "6.5.2", f"the catalogue has no {key}")
        names = root.get("/Names", pikepdf.Dictionary())
        for key in ("/JavaScript", "/EmbeddedFiles"):
            need(key not in names, "6.8", f"no {key}")
        described(pdf, need)
        intents(root, need)
        parts(pdf, need)
    return wrong


def described(pdf, need):
    """What the file says of itself, in both places the same (6.6.2)."""
    stream = pdf.Root.get("/Metadata")
    need(stream is not None, "6.6.2.1", "the file describes itself")
    if stream is None:
        return
    xmp = bytes(stream.read_bytes()).decode()
    need("/Filter" not in stream, "6.6.2.1", "its description can be read by anybody")
    need("<pdfaid:part>2<" in xmp and "<pdfaid:conformance>B<" in xmp, "6.6.4", "PDF/A-2b is named")
    said = {"/Title": "dc:title", "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer"}
    for key, element in said.items():
        value = pdf.docinfo.get(key)
        need(value is None or str(value) in xmp, "6.6.2.3", f"{key} is {element}")
    for key, element in {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}.items():
        value = pdf.docinfo.get(key)
        same = value is None or f"<{element}>{moment(str(value))}" in xmp
        need(same, "6.6.2.3", f"{key} is {element}")


def intents(root, need):
    """What colours mean (6.2.2, 6.2.4)."""
    found = [one for one in root.get("/OutputIntents", []) if name_of(one, "/S") == "/GTS_PDFA1"]
    need(len(found) == 1, "6.2.2", "what colours mean is said once")
    for one in found:
        profile = one.get("/DestOutputProfile")
        bytes_ = bytes(profile.read_bytes()) if profile is not None else b""
        need(bytes_[36:40] == b"acsp", "6.2.2", "by a profile of the International Color Consortium")
        space = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}.get(bytes_[16:20])
        need(profile is not None and profile.get("/N") == space, "6.2.2", "with as many colours as it says")


def parts(pdf, need):
    used = [name for name, _, _ in fonts(pdf)]
    need(used, "6.2.11", "there are fonts")
    for name, font, program in fonts(pdf):
        need(len(program) == 1, "6.2.11.4", f"{name} is in the file once: {program}")
        if name_of(font, "/Subtype") == "/CIDFontType2":
            need("/CIDToGIDMap" in font, "6.2.11.3.2", f"{name} says which glyph is which")
    for one in objects(pdf):
        kind, sub = name_of(one, "/Type"), name_of(one, "/Subtype")
        if isinstance(one, pikepdf.Stream):
            filters = one.get("/Filter", [])
            filters = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
            need({str(f) for f in filters} <= FILTERS, "6.1.7.2", f"a stream is packed by {filters}")
            need("/F" not in one, "6.1.7.1", "no stream lies outside of the file")
        if kind == "/Action" or (name_of(one, "/S") in ("/JavaScript", "/Launch")):
            need(name_of(one, "/S") in ACTIONS, "6.5.1", f"something would happen: {name_of(one, '/S')}")
        if kind == "/Annot":
            need(sub in ANNOTATIONS, "6.3.1", f"a mark of the kind {sub}")
            flags = int(one.get("/F", 0))
            shown = flags & 0b100 and not flags & 0b100011
            need(shown, "6.3.2", f"a mark that is not printed: {flags:b}")
        need("/TR" not in one or kind != "/ExtGState", "6.2.5", "no transfer functions")
    for page in pdf.pages:
        blends = any("/SMask" in state or float(state.get("/ca", 1)) < 1
                     for state in page.get("/Resources", {}).get("/ExtGState", {}).values())
        group = page.get("/Group", pikepdf.Dictionary())
        need(not blends or "/CS" in group, "6.2.10", "what shines through says in which colours")


def embedded(path):
    """The fonts as poppler sees them: all of them in the file."""
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    # Two lines of heading; emb is the fifth column from the end.
    rows = [line.split() for line in listed.splitlines()[2:]]
    return rows and [row[0] for row in rows if row[-5] != "yes"] == []
