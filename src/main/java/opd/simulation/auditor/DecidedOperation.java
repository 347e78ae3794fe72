package opd.simulation.auditor;

import java.time.Instant;
import opd.decision.Outcome;
import opd.simulation.plan.Operation;

/// A request and its answer, as a desk saw them.
///
/// @param at the time by which it was decided
/// @param answer the outcome in one line
/// @param began and `ended`: when the desk asked and when it had the answer, in nanoseconds of the
///   one clock that all desks share
public record DecidedOperation(
    String requestId,
    Instant at,
    Operation operation,
    Outcome outcome,
    String answer,
    long began,
    long ended) {}
