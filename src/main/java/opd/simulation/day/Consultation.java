package opd.simulation.day;

import java.time.Instant;
import opd.domain.TokenLabel;

/// A patient with the doctor. The token is completed when the patient is called in.
///
/// @param arrivedAt when the patient came to the hospital
/// @param waitedSeconds from the arrival, or from the slot's start where that was later
public record Consultation(
    TokenLabel token, Instant arrivedAt, Instant calledAt, Instant endedAt, long waitedSeconds) {}
