package opd.domain;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A facility's settings: region and zone are fixed when its first slot is opened, the clock when
/// it is made.
///
/// @param region ISO 3166 code, of two capital letters, that phone numbers without a country code
///   belong to
/// @param zone of the clock on the wall: labels, days and times for people's eyes; storage, rules,
///   JSON and logs are UTC
public record FacilitySettings(String region, ZoneId zone, ClockSource clock) {
  /// @throws OpdException INVALID_INPUT when there is no such region, or the zone is no named one
  public FacilitySettings {
    if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(region)) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          PlainText.quote(region) + " is not a country code",
          "give two letters, such as IN");
    }
    // No offset such as +05:30: PostgreSQL reads its sign the other way round.
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(zone.getId())) {
      throw noZone(zone.getId(), null);
    }
  }

  /// Those of a facility for which nobody says otherwise.
  ///
  /// @param system the zone of the machine on which it is made; UTC is taken where that has no name
  public static FacilitySettings standard(ZoneId system) {
    boolean isNamed = ZoneRulesProvider.getAvailableZoneIds().contains(system.getId());
    boolean isUtc = system.getRules().equals(ZoneOffset.UTC.getRules());
    return new FacilitySettings(
        "IN", isNamed && !isUtc ? system : ZoneId.of("UTC"), ClockSource.DATABASE);
  }

  /// Reads the zone from its name.
  ///
  /// @throws OpdException INVALID_INPUT when there is no such region or zone
  public static FacilitySettings of(String region, String zone, ClockSource clock) {
    try {
      return new FacilitySettings(region, ZoneId.of(zone), clock);
    } catch (DateTimeException e) {
      throw noZone(zone, e);
    }
  }

  private static OpdException noZone(String name, @Nullable DateTimeException cause) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(name) + " is not the name of a time zone",
        "give one such as Asia/Kolkata or UTC",
        cause);
  }
}
