package opd.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import opd.domain.ClockSource;
import opd.domain.FacilitySettings;

/// What a backup holds, as its entry `manifest.json` tells.
///
/// @param format of the file, [#FORMAT]
/// @param facility that was backed up
/// @param schemaVersion the newest migration that had been applied to it
/// @param region of phone numbers without a plus sign, fixed with the facility
/// @param zone for people's eyes, fixed with the facility
/// @param clock that dates its decisions, fixed with the facility
/// @param takenAt the time of the snapshot by that clock, ISO-8601
record Manifest(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String facility,
    @JsonProperty(required = true) int schemaVersion,
    @JsonProperty(required = true) String region,
    @JsonProperty(required = true) String zone,
    @JsonProperty(required = true) ClockSource clock,
    @JsonProperty(required = true) String takenAt,
    @JsonProperty(required = true) List<Content> tables) {
  /// The only one so far.
  static final int FORMAT = 1;

  static final String ENTRY = "manifest.json";

  /// The rows of a table.
  ///
  /// @param sha256 over them as they stand in the file's entry, in hexadecimal digits
  record Content(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<String> columns,
      @JsonProperty(required = true) long rows,
      @JsonProperty(required = true) String sha256) {
    String entry() {
      return entry(name);
    }

    static String entry(String table) {
      return table + ".copy";
    }
  }

  static Manifest of(
      String facility,
      int schemaVersion,
      FacilitySettings settings,
      Instant takenAt,
      List<Content> tables) {
    return new Manifest(
        FORMAT,
        facility,
        schemaVersion,
        settings.region(),
        settings.zone().getId(),
        settings.clock(),
        takenAt.toString(),
        tables);
  }

  FacilitySettings settings() {
    return new FacilitySettings(region, ZoneId.of(zone), clock);
  }

  Optional<Content> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  long rows(String table) {
    return table(table).map(Content::rows).orElse(0L);
  }
}
