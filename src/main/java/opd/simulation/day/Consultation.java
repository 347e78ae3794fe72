package opd.simulation.day;

import java.time.Instant;
import opd.domain.TokenLabel;

/// A patient with the doctor, from the beginning until the patient leaves the room. One who was
/// sent for a test, or who made room for an emergency, comes back.
///
/// @param arrivedAt when the patient came to the hospital
public record Consultation(
    TokenLabel token, Instant arrivedAt, Instant calledAt, Instant endedAt) {}
