package opd.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// What a backup holds, as its entry `manifest.json` tells. A file comes from outside: what is no
/// facility's, or could not have been written by a backup, is refused when it is read.
///
/// @param format of the file, [#FORMAT]
/// @param facility that was backed up
/// @param schemaVersion that its schema noted, see [opd.store.schema.Schema#VERSION]
/// @param region of phone numbers without a plus sign
/// @param zone for people's eyes
/// @param clock that dates its decisions, fixed with the facility
/// @param takenAt the time of the snapshot by that clock, ISO-8601
/// @param tables each once
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

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /// @throws OpdException INVALID_INPUT
  Manifest {
    FacilitySettings.of(region, zone, clock);
    checkClock(new FacilityName(facility), clock);
    checkTime(takenAt);
    tables = List.copyOf(tables);
    checkNames("table", tables.stream().map(Content::name).toList());
  }

  /// @throws OpdException INVALID_INPUT for a facility that was made for a simulation
  static void checkClock(FacilityName facility, ClockSource clock) {
    if (clock != ClockSource.DATABASE) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "facility " + facility + " was made for a simulation, whose clock stands still elsewhere",
          "play the day again with the same seed: 'opd simulate'");
    }
  }

  private static void checkTime(String text) {
    try {
      Instant.parse(text);
    } catch (DateTimeException e) {
      throw OpdException.invalid(PlainText.quote(text) + " is not a time");
    }
  }

  private static void checkNames(String what, List<String> names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw OpdException.invalid(PlainText.quote(name) + " is not the name of a " + what);
      }
    }
    if (names.stream().distinct().count() < names.size()) {
      throw OpdException.invalid("a " + what + " stands there twice");
    }
  }

  /// The rows of a table.
  ///
  /// @param columns at least one, each once
  /// @param rows how many, not negative
  /// @param sha256 over them as they stand in the file's entry, in hexadecimal digits
  record Content(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<String> columns,
      @JsonProperty(required = true) long rows,
      @JsonProperty(required = true) String sha256) {
    /// @throws OpdException INVALID_INPUT
    Content {
      columns = List.copyOf(columns);
      checkNames("column", columns);
      if (columns.isEmpty() || rows < 0 || !SHA_256.matcher(sha256).matches()) {
        throw OpdException.invalid("the content of table " + PlainText.quote(name) + " is none");
      }
    }

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
    return FacilitySettings.of(region, zone, clock);
  }

  Optional<Content> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /// How many rows all tables have together.
  long rows() {
    return tables.stream().mapToLong(Content::rows).sum();
  }

  long rows(String table) {
    return table(table).map(Content::rows).orElse(0L);
  }
}
