package opd.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// What `opd --version` prints: the version, and the tag or commit that it was built from.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"opd " + of(Version.class.getPackage().getImplementationVersion())};
  }

  private static String of(@Nullable String version) throws IOException {
    if (version == null) {
      return "(not packaged)";
    }
    String source = source();
    return source.isEmpty() ? version : version + " (" + source + ")";
  }

  /// Written by `scripts/source-version`; empty when the build knew of none.
  private static String source() throws IOException {
    try (InputStream stream = Version.class.getResourceAsStream("source-version.txt")) {
      return stream == null
          ? ""
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
