package opd.simulation.day;

import java.time.Instant;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.simulation.plan.Operation;

/// Something for a desk to do, and what follows from the answer.
record Task(Instant at, Operation operation, Consumer<Outcome> then) {}
