package opd.simulation;

import java.time.Instant;
import java.util.function.Consumer;
import opd.outcome.Outcome;
import opd.workload.Operation;

/// Something for a desk to do, and what follows from the answer.
record Task(Instant at, Operation operation, Consumer<Outcome> then) {}
