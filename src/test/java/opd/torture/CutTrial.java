package opd.torture;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import opd.testing.Wire;
import opd.testing.Wire.Afterwards;
import opd.testing.Wire.Cut;
import opd.testing.Wire.Direction;
import opd.testing.Wire.Manner;
import opd.testing.Wire.Place;

/// One cut, and what the desk was told.
///
/// @param isCut whether the conversation came as far as the cut
/// @param beginnings how often the desk began until then, see [Wire#beginnings]
record CutTrial(Cut cut, Told told, boolean isCut, int beginnings) {
  Optional<String> problem(Wire.Heard heard) {
    if (allowed(heard).contains(told.exit())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s should have ended with %s, begun %d times: %s"
            .formatted(cut, allowed(heard), beginnings, told));
  }

  /// More than one exit code only where chance decides.
  private Set<Integer> allowed(Wire.Heard heard) {
    Set<Integer> allowed = new HashSet<>();
    if (cut.afterwards() == Afterwards.STAYS_DOWN || cut.manner() == Manner.BLACK_HOLE) {
      allowed.add(told(heard));
    }
    if (cut.afterwards() == Afterwards.HEALS) {
      allowed.add(0);
    }
    if (beginnings > 1 && cut.afterwards() == Afterwards.STAYS_DOWN) {
      // What was counted is not what was heard: the cut came at another place.
      allowed.addAll(Set.of(0, Told.UNAVAILABLE, Told.UNKNOWN));
    }
    if (cut.direction() == Direction.TO_CLIENT && cut.message() == 1) {
      // The driver takes half a list of ways to log in for a whole one that it does not know.
      allowed.add(Told.NOT_SET_UP);
    }
    return allowed;
  }

  /// What can be known when nothing gets through any more: 6 from the moment on that COMMIT and the
  /// statements before it were sent until their answer is there.
  private int told(Wire.Heard heard) {
    int message = cut.message();
    boolean wasSent =
        switch (cut.direction()) {
          case TO_SERVER -> message >= heard.commit();
          case TO_CLIENT ->
              message > heard.told() || message == heard.told() && cut.place() == Place.AFTER;
        };
    boolean wasAnswered =
        switch (cut.direction()) {
          case TO_SERVER -> message > heard.commitEnd();
          case TO_CLIENT ->
              message > heard.acknowledged()
                  || message == heard.acknowledged() && cut.place() == Place.AFTER;
        };
    return wasAnswered ? 0 : wasSent ? Told.UNKNOWN : Told.UNAVAILABLE;
  }
}
