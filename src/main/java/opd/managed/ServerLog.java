package opd.managed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the server wrote while it started. Its first lines go to the start log; once its log
/// collector runs, to a file for the hour in the data folder's `log`, which the server itself
/// empties when the hour comes round the next day.
final class ServerLog {
  private static final long LARGEST_BYTES = 4L * 1024 * 1024;
  private static final Pattern FAULT =
      Pattern.compile("(?:.*\\b(?:FATAL|PANIC):\\s+|.*\\berror:\\s+)(.*)");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path startLog;
  private final Path folder;
  private final String since;

  /// Reads only what is written from now on.
  ServerLog(Home home) {
    this.startLog = home.startLog();
    this.folder = home.data().resolve("log");
    this.since = STAMP.format(Instant.now());
  }

  /// The reason of the last fault, in the server's words, or empty when it has not said one.
  Optional<String> cause() throws IOException {
    return lastFault(lines());
  }

  /// What was said last, before there was a log: by the system's loader, for instance.
  Optional<String> lastWords() throws IOException {
    List<String> lines = Files.readAllLines(startLog, StandardCharsets.ISO_8859_1);
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast());
  }

  boolean contains(String text) throws IOException {
    return lines().stream().anyMatch(line -> line.contains(text));
  }

  /// Empties the start log, and removes a file that grew too large in one hour: the server itself
  /// only empties them hour by hour.
  void clear() throws IOException {
    Files.write(startLog, new byte[0]);
    for (Path file : files()) {
      if (Files.size(file) > LARGEST_BYTES) {
        Files.deleteIfExists(file);
      }
    }
  }

  static Optional<String> lastFault(List<String> lines) {
    for (String line : lines.reversed()) {
      Matcher matcher = FAULT.matcher(line);
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(startLog)) {
      lines.addAll(Files.readAllLines(startLog, StandardCharsets.ISO_8859_1));
    }
    for (Path file : files()) {
      try (Stream<String> logged = Files.lines(file, StandardCharsets.ISO_8859_1)) {
        logged.filter(line -> line.compareTo(since) >= 0).forEach(lines::add);
      }
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }
}
