package opd.cli.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import opd.cli.session.Settings.Setting;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// Which facility lies in which database, where there are several: lines of a name and a URL.
/// Passwords do not belong there.
final class FacilityPlaces {
  private final Map<String, Setting> places = new LinkedHashMap<>();

  /// @param files of which the first that names a facility counts
  /// @throws OpdException INVALID_INPUT when one exists but cannot be read
  FacilityPlaces(List<Path> files) {
    files.forEach(this::read);
  }

  private void read(Path file) {
    try {
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          add(text.split("\\s+", -1), file + ", line " + number, file);
        }
      }
    } catch (NoSuchFileException e) {
      // It need not exist: then all lie in one database.
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the file of facilities " + file + " cannot be read",
          "mend it or its permissions, or remove it",
          e);
    }
  }

  private void add(String[] words, String place, Path file) {
    if (words.length != 2) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "%s: %s is no name of a facility and URL"
              .formatted(place, PlainText.quote(String.join(" ", words))),
          "such as: clinic_2 postgresql://db2.hospital.example/opd");
    }
    // A name that can be none is told here, and not where it is looked for.
    String name = new FacilityName(words[0]).value();
    if (DatabaseUrl.parse(words[1]).password() != null) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          place + ": a password stands in the URL, where others can read it",
          "put it into OPD_DB_PASSWORD or ~/.pgpass");
    }
    places.putIfAbsent(name, new Setting("db", words[1], file.toString()));
  }

  Optional<Setting> of(String facility) {
    return Optional.ofNullable(places.get(facility));
  }

  /// The names of all that are listed.
  Set<String> names() {
    return Set.copyOf(places.keySet());
  }
}
