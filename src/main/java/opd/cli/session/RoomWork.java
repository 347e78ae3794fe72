package opd.cli.session;

import java.util.List;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.OpdException;

/// What the login of a consulting room works with.
public final class RoomWork {
  /// The commands, as a sentence goes on. A test holds them against those that say so themselves.
  public static final String COMMANDS =
      "call, next, park, return, complete, no-show, queue, slot list, slot show, doctor list,"
          + " doctor show, audit explain, check and db status";

  /// Said where a console opens, line by line.
  public static final List<String> GREETING =
      List.of(
          "A consulting room: 'n --doctor RAO --room 2' calls RAO's next patient and completes",
          "who was in. Others: d complete, ns no-show, p park, return, call, q queue.");

  private RoomWork() {}

  /// The error for any other command.
  public static OpdException refused(FacilityName facility) {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "a login with the rights of a consulting room (%s) may not do this"
            .formatted(facility.role(FacilityRole.ROOM)),
        "it may " + COMMANDS + "; the rest is done at the desk");
  }
}
