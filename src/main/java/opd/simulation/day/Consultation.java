package opd.simulation.day;

import java.time.Instant;
import opd.domain.TokenLabel;

/// A patient with the doctor, from the beginning until the patient leaves the room.
///
/// @param arrivedAt when the patient came to the hospital
/// @param waitedSeconds from the arrival, or from the slot's start where that was later, to the
///   first call; 0 for who was called before
/// @param isFirst whether the patient was not with the doctor before: one who was sent for a test,
///   or who made room for an emergency, comes back
public record Consultation(
    TokenLabel token,
    Instant arrivedAt,
    Instant calledAt,
    Instant endedAt,
    long waitedSeconds,
    boolean isFirst) {}
