package opd.service;

import java.nio.file.Files;
import java.nio.file.Path;
import opd.output.json.SealWriter;

/// A seal in a file, as `opd audit seal` prints it.
final class SealedLog {
  private SealedLog() {}

  static Path write(FacilityServices desk, Path folder) throws Exception {
    Path file = folder.resolve("seal.json");
    try (var out = Files.newBufferedWriter(file)) {
      desk.verification().seal(new SealWriter(out));
    }
    return file;
  }
}
