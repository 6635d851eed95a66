"""What the peers share: the reader of B2B `.dzn` files, the command line, and the last line."""

import argparse
import json
import re
import resource
import sys
import threading


class Case:
    """A case with everything counted from 0."""

    def __init__(self, text):
        plain = re.sub(r"%.*", "", text)
        values = dict(re.findall(r"(\w+)\s*=\s*([^;]*);", plain))

        def number(name):
            return int(values[name])

        def numbers(words):
            return [int(word) for word in re.findall(r"\d+", words)]

        def sets(name, count):
            found = re.findall(r"\{([^}]*)\}", values.get(name, "{} " * count))
            return [[n - 1 for n in numbers(words) if n > 0] for words in found]

        self.people, self.slots = number("nBusiness"), number("nTotalSlots")
        self.tables = number("nTables")
        morning, count = number("nMorningSlots"), number("nMeetings")
        asked = numbers(values["requested"])
        self.sides = [(asked[3 * m] - 1, asked[3 * m + 1] - 1) for m in range(count)]
        windows = {1: range(morning), 2: range(morning, self.slots), 3: range(self.slots)}
        forbidden = sets("forbidden", self.people)
        fixed = numbers(values.get("fixed", values.get("fixat", "0 " * count)))
        self.after = sets("precedences", count)
        self.starts = []
        for meeting, (a, b) in enumerate(self.sides):
            allowed = set(windows[asked[3 * meeting + 2]]) - set(forbidden[a]) - set(forbidden[b])
            if fixed[meeting]:
                allowed &= {fixed[meeting] - 1}
            self.starts.append(sorted(allowed))
        self.meetings = [[] for _ in range(self.people)]
        for meeting, (a, b) in enumerate(self.sides):
            self.meetings[a].append(meeting)
            self.meetings[b].append(meeting)


class Clock:
    """Stops a solver when the process has used its CPU seconds, all threads together."""

    def __init__(self, seconds, stop):
        self.seconds, self.stop = seconds, stop
        self.late, self.done = threading.Event(), threading.Event()

    def __enter__(self):
        threading.Thread(target=self.watch, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.done.set()

    def watch(self):
        while not self.done.wait(0.05):
            if spent() > self.seconds:
                self.late.set()
                self.stop()
                return


def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def run(solve):
    """`solve(case, spread, seconds)` gives a status, the slot of each meeting, breaks and a bound."""
    reader = argparse.ArgumentParser()
    reader.add_argument("input")
    reader.add_argument("--out", required=True)
    reader.add_argument("--cpu", type=float, default=60)
    reader.add_argument("--fairness", type=int, default=2)
    words = reader.parse_args()
    with open(words.input, encoding="utf-8") as file:
        case = Case(file.read())
    status, slots, score, bound = solve(case, words.fairness, words.cpu)
    if slots is not None:
        with open(words.out, "w", encoding="utf-8") as file:
            json.dump({"slots": [slot + 1 for slot in slots]}, file)
    line = {"status": status, "score": score, "bound": bound, "cpu_s": round(spent(), 3)}
    print(json.dumps(line), flush=True)
    sys.exit({"infeasible": 3, "unknown": 4}.get(status, 0))
