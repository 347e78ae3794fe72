package opd.store.schema;

import java.time.ZoneId;
import java.util.Optional;
import opd.domain.Actor;
import opd.domain.FacilitySettings;
import opd.domain.PhoneKey;

/// How a facility is to be set up.
///
/// @param initial settings of a facility that is not there yet
/// @param region that it must have even if it is there already, or empty for the one it has
/// @param zone that it must have even if it is there already, or empty for the one it has
/// @param phoneKey of a facility that is not there yet
/// @param actor who says so
public record FacilitySetup(
    FacilitySettings initial,
    Optional<String> region,
    Optional<ZoneId> zone,
    PhoneKey phoneKey,
    Actor actor) {

  /// A facility that is left as it is where it is there already.
  public static FacilitySetup of(FacilitySettings initial, PhoneKey phoneKey, Actor actor) {
    return new FacilitySetup(initial, Optional.empty(), Optional.empty(), phoneKey, actor);
  }
}
