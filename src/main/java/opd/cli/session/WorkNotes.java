package opd.cli.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import opd.domain.FacilityName;
import opd.domain.Sha256;

/// When a facility's log was last sealed and verified, and the facility backed up, from this
/// machine: small files under OPD_HOME. In the database nobody could note it who may only read it,
/// as an auditor. So what another machine did is not known here.
public final class WorkNotes {
  private static final int SHORT = 16;

  private final Path folder;
  private final FacilityName facility;

  /// Work that is to be repeated every so often.
  public enum Work {
    SEAL,
    VERIFY,
    BACKUP
  }

  /// @param home `OPD_HOME`
  /// @param place of the database; the same facility of another one has notes of its own
  WorkNotes(Path home, String place, FacilityName facility) {
    this.folder = home.resolve("notes").resolve(digest(place));
    this.facility = facility;
  }

  private static String digest(String place) {
    return HexFormat.of()
        .formatHex(Sha256.of(place.getBytes(StandardCharsets.UTF_8)))
        .substring(0, SHORT);
  }

  private Path file(Work work) {
    return folder.resolve(facility.value() + "." + work.name().toLowerCase(Locale.ROOT));
  }

  /// Notes that the work was done to its end.
  ///
  /// @param when it began
  /// @throws IOException when the note cannot be kept
  public void done(Work work, Instant when) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, facility.value(), ".part");
    Files.writeString(part, when + "\n", StandardCharsets.UTF_8);
    Files.move(part, file(work), StandardCopyOption.ATOMIC_MOVE);
  }

  /// When it was last done from here, or empty when nobody knows.
  public Optional<Instant> last(Work work) {
    try {
      return Optional.of(
          Instant.parse(Files.readString(file(work), StandardCharsets.UTF_8).strip()));
    } catch (IOException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
