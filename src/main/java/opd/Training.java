package opd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the commands of a desk one after the other in one process, which the JVM watches to make
/// its AOT cache: it can learn from a single process only.
final class Training {
  private Training() {}

  /// @param file one command a line, its arguments separated by blanks
  /// @return 0, whatever the commands say: errors are learnt too
  static int run(String file) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        Main.run(line.split(" "));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }
}
