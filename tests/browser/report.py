"""Counts checks and keeps what was wrong."""


class Report:
    def __init__(self):
        self.passed = 0
        self.wrong = []

    def check(self, holds, what):
        """Notes one check; returns whether it holds."""
        if holds:
            self.passed += 1
        else:
            self.wrong.append(what)
            print(f"  FAILED {what}", flush=True)
        return holds

    def add(self, other):
        """Takes over what another counted."""
        self.passed += other.passed
        self.wrong += other.wrong

    def close(self):
        """Prints the closing line; returns the exit status."""
        for what in self.wrong:
            print(f"FAILED {what}")
        print(f"{self.passed} passed, {len(self.wrong)} failed")
        return 1 if self.wrong else 0
