package opd.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// The server's programs as they lie on the class path, compressed, for this system and processor.
///
/// @param key names the version: equal for equal content, without reading the content
record Archive(URL location, String key) {
  private static final Pattern VERSION = Pattern.compile("-(\\d+(?:\\.\\d+)+)\\.jar$");

  /// Fails when the class path has none for this kind of machine.
  static Archive onClassPath() throws IOException {
    String name = resourceName(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL location = Archive.class.getResource("/" + name);
    if (location == null) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "This build brings no PostgreSQL for this kind of machine (" + name + ").",
          "Name a PostgreSQL server with --db, or build for this system and processor.");
    }
    return new Archive(location, key(location));
  }

  InputStream open() throws IOException {
    URLConnection connection = location.openConnection();
    connection.setUseCaches(false);
    return new BufferedInputStream(connection.getInputStream(), 1 << 16);
  }

  /// The names under which the packager files the systems and processors.
  static String resourceName(String operatingSystem, String processor) {
    String system = operatingSystem.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    String architecture =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> processor;
        };
    return "postgres-" + system + "-" + architecture + ".txz";
  }

  private static String key(URL location) throws IOException {
    URLConnection connection = location.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (var file = jar.getJarFile()) {
        Matcher version = VERSION.matcher(file.getName());
        String checksum = Long.toHexString(jar.getJarEntry().getCrc());
        return version.find() ? version.group(1) + "-" + checksum : checksum;
      }
    }
    return Long.toHexString(connection.getContentLengthLong());
  }
}
