"""The public interface against its own description: 2,000 generated requests, none of which may be
answered by a fault of ours; what is answered has the shape that the description promises.

    python tests/browser/api.py PATH/TO/caravanserai
"""

import itertools
import re
import sys

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

import demo
from report import Report

REQUESTS = 2000
TURNS = 6
# The list of addresses, and the description itself.
INDEX = {"/api/v1", "/api/v1/openapi.json"}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def rows(value):
    """The rows of a list's answer: the list itself, or the first list in it."""
    if isinstance(value, list):
        return value
    lists = (v for v in value.values() if isinstance(v, list)) if isinstance(value, dict) else ()
    return next(lists, [])


def known(address, path):
    """Parameters for which `path` exists: taken from the lists above it, one after another."""
    found = [{}]
    for match in re.finditer(r"\{([^}]+)\}", path):
        name, longer = match.group(1), []
        for params in found:
            above = path[: match.start()].rstrip("/").format(**params)
            answer = requests.get(address + above, timeout=20)
            if answer.ok and answer.headers["content-type"].startswith("application/json"):
                keys = (name, "id", "number", "code")
                for row in rows(answer.json())[:5]:
                    key = next((k for k in keys if isinstance(row, dict) and k in row), None)
                    if key:
                        longer.append({**params, name: row[key]})
        found = longer
    return found


class Tally:
    """What came back, by status class."""

    def __init__(self):
        self.classes = {}

    def note(self, response):
        hundred = response.status_code // 100
        self.classes[hundred] = self.classes.get(hundred, 0) + 1

    def all(self):
        return sum(self.classes.values())


def ask(strategy, examples, turn, tally, wrong):
    """Sends generated requests; a fault or a broken promise is kept, once for each sentence."""

    @seed(turn)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case):
        response = case.call()
        tally.note(response)
        try:
            case.validate_response(response, checks=CHECKS)
        except Exception as failure:  # Every kind of broken promise is one line of the report.
            wrong.setdefault(f"{case.method} {case.path}: {failure}".splitlines()[0], str(failure))

    send()


def put(operation, parameters, measure, tally, wrong, report):
    """One operation: three in four requests ask for what exists, the others for anything at all."""
    (each, turn), what = measure, f"{operation.method} {operation.path}"
    report.check(bool(parameters), f"{what}: no example found in the list above it")
    for params in itertools.islice(itertools.cycle(parameters or [{}]), 3):
        strategy = operation.as_strategy(path_parameters=params or None)
        ask(strategy, each // 4, turn, tally, wrong)
    ask(operation.as_strategy(), each // 8, turn, tally, wrong)
    try:
        hostile = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        ask(hostile, each // 8, turn, tally, wrong)
    except Exception as error:  # An operation without parameters has no unsound request.
        print(f"  {what}: {type(error).__name__}")
    report.check(True, what)


def run(address, paths, report):
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    described = {operation.path for operation in operations} | INDEX
    for path in paths:
        report.check(path in described, f"{path} is not in the description")
    each = REQUESTS // max(1, len(operations)) + 1
    tally, wrong = Tally(), {}
    # An operation with few parameters has few different requests: more turns make up for it.
    for turn in range(1, TURNS):
        for operation in operations:
            put(operation, known(address, operation.path), (each, turn), tally, wrong, report)
        if tally.all() >= REQUESTS:
            break
    report.check(tally.all() >= REQUESTS, f"{tally.all()} requests")
    for line, text in wrong.items():
        report.check(False, f"{line}\n{text}")
    report.check(tally.classes.get(5, 0) == 0, f"faults of ours: {tally.classes}")
    good = tally.classes.get(2, 0)
    report.check(2 * good >= tally.all(), f"{good} of {tally.all()} answers are good ones")
    print(f"{tally.all()} requests: {dict(sorted(tally.classes.items()))}")


def main(binary):
    report = Report()
    with demo.Demo(binary) as running:
        routes = demo.routes(binary)
        run(running.address, [path for _, path in routes if path.startswith("/api/")], report)
    return report.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
