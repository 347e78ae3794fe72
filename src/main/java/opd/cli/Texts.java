package opd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// The texts that lie beside the program's classes, one in each file.
final class Texts {
  private Texts() {}

  /// @throws NullPointerException when the program was built without it
  static String read(String file) {
    return Objects.requireNonNull(find(file).orElse(null), file);
  }

  static Optional<String> find(String file) {
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
