"""What a ministry does to a Word file, done by LibreOffice: opens it, tracks changes, saves it.

    /usr/bin/python3 tests/documents/office.py IN.docx OUT.docx CHANGES.json

Runs with the Python that has `uno`. CHANGES is a list of `{"find", "replace"}`, `{"find", "strike": true}`
(the whole paragraph) and `{"find", "behind": text}` (a new paragraph).
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

AUTHOR = "Учебный город А"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse">
<value>{}</value></prop></item></oor:items>
"""


def value(name, of):
    found = PropertyValue()
    found.Name, found.Value = name, of
    return found


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def paragraph_of(found):
    """A cursor over the whole paragraph in which something was found."""
    cursor = found.getText().createTextCursorByRange(found)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def change(document, wanted):
    search = document.createSearchDescriptor()
    search.SearchString = wanted["find"]
    search.SearchCaseSensitive = True
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"not in the file: {wanted['find']}")
    if "replace" in wanted:
        found.setString(wanted["replace"])
    elif "strike" in wanted:
        paragraph_of(found).setString("")
    else:
        cursor = paragraph_of(found)
        cursor.gotoEndOfParagraph(False)
        cursor.getText().insertControlCharacter(cursor, 0, False)
        cursor.getText().insertString(cursor, wanted["behind"], False)


def main(source, target, changes):
    with tempfile.TemporaryDirectory() as folder:
        user = pathlib.Path(folder, "user")
        user.mkdir()
        user.joinpath("registrymodifications.xcu").write_text(PROFILE.format(AUTHOR))
        pipe = f"caravanserai{time.time_ns()}"
        installed = f"-env:UserInstallation=file://{folder}"
        # A new profile makes the program start twice; the second start is the one to talk to.
        subprocess.run(["soffice", "--headless", "--terminate_after_init", installed], timeout=120,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # The command is a script around the program, so the whole group is ended.
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;",
             installed],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
            # Its lock stays with the copy, whatever happens.
            copy = pathlib.Path(shutil.copy(source, folder))
            address = copy.absolute().as_uri()
            hidden = (value("Hidden", True),)
            document = None
            for _ in range(50):
                document = document or desktop.loadComponentFromURL(address, "_blank", 0, hidden)
                time.sleep(0 if document else 0.2)
            print(f"tracking from the start: {document.RecordChanges}", flush=True)
            document.RecordChanges = True
            for wanted in json.loads(pathlib.Path(changes).read_text()):
                change(document, wanted)
            word = value("FilterName", "MS Word 2007 XML")
            document.storeToURL(pathlib.Path(target).absolute().as_uri(), (word,))
            document.close(True)
            desktop.terminate()
            office.wait(30)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:4])
