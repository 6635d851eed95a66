"""RC2 of PySAT on a B2B case: the same Booleans as clauses, every break a soft clause of weight 1."""

import b2b
from pysat.card import CardEnc, EncType, ITotalizer
from pysat.examples.rc2 import RC2Stratified
from pysat.formula import IDPool, WCNF


def solve(case, spread, seconds):
    pool, formula = IDPool(), WCNF()
    slots = range(case.slots)
    at = [{t: pool.id(("at", m, t)) for t in starts} for m, starts in enumerate(case.starts)]

    def most(literals, count):
        if len(literals) > count:
            kind = EncType.seqcounter if count > 1 else EncType.pairwise
            formula.extend(CardEnc.atmost(literals, count, vpool=pool, encoding=kind).clauses)

    for meeting in at:
        formula.append(list(meeting.values()))
        most(list(meeting.values()), 1)
    for t in slots:
        most([meeting[t] for meeting in at if t in meeting], case.tables)
    for later, earlier in enumerate(case.after):
        for before in earlier:
            for t, here in at[later].items():
                formula.append([-here] + [there for s, there in at[before].items() if s < t])
    breaks = [person(pool, formula, slots, [at[m] for m in own], most) for own in case.meetings]
    if spread >= 0:
        fair(pool, formula, breaks, spread)
    for begin in (one for own in breaks for one in own):
        formula.append([-begin], weight=1)
    with RC2Stratified(formula, solver="g4", adapt=True, exhaust=True, minz=True) as solver:
        with b2b.Clock(seconds, solver.interrupt) as clock:
            model = solver.compute(expect_interrupt=True)
        if model is None:
            return ("unknown" if clock.late.is_set() else "infeasible"), None, None, None
        true = set(model)
        found = [next(t for t, here in meeting.items() if here in true) for meeting in at]
        return "optimal", found, solver.cost, solver.cost


def person(pool, formula, slots, meetings, most):
    """One literal for every slot at which a break of the person begins."""
    here, later, begins = {}, {}, []
    for t in slots:
        choices = [meeting[t] for meeting in meetings if t in meeting]
        most(choices, 1)
        here[t] = pool.id()
        formula.append([-here[t]] + choices)
        formula.extend([here[t], -choice] for choice in choices)
    later[slots[-1]] = here[slots[-1]]
    for t in reversed(slots[:-1]):
        later[t] = pool.id()
        formula.extend([[-here[t], later[t]], [-later[t + 1], later[t]], [-later[t], here[t], later[t + 1]]])
    for t in slots[1:-1]:
        begin = pool.id()
        formula.append([-here[t - 1], here[t], -later[t], begin])
        formula.extend([[-begin, here[t - 1]], [-begin, -here[t]], [-begin, later[t]]])
        begins.append(begin)
    return begins


def fair(pool, formula, breaks, spread):
    """Whoever has so many breaks obliges everyone to have as many less the spread."""
    counts = []
    for own in breaks:
        if not own:
            counts.append([])
            continue
        counter = ITotalizer(own, ubound=len(own) - 1, top_id=pool.top)
        pool.occupy(pool.top + 1, counter.top_id)
        formula.extend(counter.cnf.clauses)
        counts.append(list(counter.rhs))
        counter.delete()
    longest = max(len(count) for count in counts)
    # `rhs[k]` says "more than k".
    for k in range(spread, longest):
        passed = pool.id()
        for count in counts:
            if k < len(count):
                formula.append([-count[k], passed])
            least = [count[k - spread]] if k - spread < len(count) else []
            formula.append([-passed] + least)


if __name__ == "__main__":
    b2b.run(solve)
