"""OR-Tools CP-SAT on a B2B case: one Boolean for every meeting and slot, one for every break that begins."""

import b2b
from ortools.sat.python import cp_model


def solve(case, spread, seconds):
    model = cp_model.CpModel()
    slots = range(case.slots)
    at = [{t: model.new_bool_var("") for t in starts} for starts in case.starts]
    for meeting in at:
        model.add_exactly_one(list(meeting.values()))
    for t in slots:
        model.add(sum(meeting[t] for meeting in at if t in meeting) <= case.tables)
    when = [sum(t * here for t, here in meeting.items()) for meeting in at]
    for later, earlier in enumerate(case.after):
        for before in earlier:
            model.add(when[before] + 1 <= when[later])
    breaks = [person(model, slots, [at[m] for m in own]) for own in case.meetings]
    total = [sum(own) for own in breaks]
    if spread >= 0:
        most = model.new_int_var(0, case.slots, "")
        for own in total:
            model.add(own <= most)
            model.add(own >= most - spread)
    model.minimize(sum(total))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    with b2b.Clock(seconds, solver.stop_search):
        status = solver.solve(model)
    known = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible"}
    name = known.get(status, "infeasible" if status == cp_model.INFEASIBLE else "unknown")
    if name not in ("optimal", "feasible"):
        return name, None, None, None
    found = [next(t for t, here in meeting.items() if solver.value(here)) for meeting in at]
    return name, found, solver.objective_value, solver.best_objective_bound


def person(model, slots, meetings):
    """One Boolean for every slot at which a break of the person begins."""
    here = {}
    for t in slots:
        choices = [meeting[t] for meeting in meetings if t in meeting]
        here[t] = model.new_bool_var("")
        model.add(sum(choices) == here[t])
    later, begins = {slots[-1]: here[slots[-1]]}, []
    for t in reversed(slots[:-1]):
        later[t] = model.new_bool_var("")
        model.add_max_equality(later[t], [here[t], later[t + 1]])
    for t in slots[1:-1]:
        begin = model.new_bool_var("")
        model.add_bool_and([here[t - 1], here[t].negated(), later[t]]).only_enforce_if(begin)
        model.add_bool_or([here[t - 1].negated(), here[t], later[t].negated(), begin])
        begins.append(begin)
    return begins


if __name__ == "__main__":
    b2b.run(solve)
