package opd.simulation.day;

import java.time.Instant;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;

/// A slot of a generated day, as it was opened and as it ended.
///
/// @param end as planned, without the delay
/// @param capacity in the end
/// @param status in the end
/// @param delayMinutes in the end
public record SlotDay(
    SlotLabel label,
    Instant start,
    Instant end,
    int capacity,
    SlotStatus status,
    int delayMinutes) {}
