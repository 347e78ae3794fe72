package opd.service;

import java.util.List;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.RequestId;

/// One line of a roster.
///
/// @param id under which what it opens stands in the log
/// @param sessions of one doctor, one for each day
public record RosterEntry(RequestId id, List<SessionPlan> sessions) {
  static final int MOST_SLOTS = 2_000;

  /// @throws OpdException INVALID_INPUT when it holds too many slots
  public RosterEntry {
    int slots = sessions.stream().mapToInt(session -> session.starts().size()).sum();
    if (slots > MOST_SLOTS) {
      throw new OpdException(
          opd.domain.ErrorCode.INVALID_INPUT,
          "the line would open %d slots; a line holds at most %d".formatted(slots, MOST_SLOTS),
          "write it as several lines, each for a shorter time");
    }
  }

  DoctorCode doctor() {
    return sessions.getFirst().doctor();
  }

  /// How many slots it asks for.
  public int slots() {
    return sessions.stream().mapToInt(session -> session.starts().size()).sum();
  }
}
