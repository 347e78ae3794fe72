package opd.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What was written since a start began: the start's own words, among those of the clients and of
/// an earlier server's last processes. The first lines of a start go to the start log; once its log
/// collector runs, to a file for the hour in the data folder's `log`, which the server itself
/// empties when the hour comes round the next day.
final class ServerLog {
  private static final long LARGEST_BYTES = 4L * 1024 * 1024;
  private static final Pattern FAULT =
      Pattern.compile("(?:.*\\b(?:FATAL|PANIC):\\s+|.*\\berror:\\s+)(.*)");
  // As in: startup process (PID 41) exited with exit code 1
  private static final Pattern CHILD_FAILED =
      Pattern.compile("\\(PID (\\d+)\\) (?:exited|was terminated)");
  private static final Pattern NO_REASON = Pattern.compile(".*\\b(?:LOG|HINT):\\s.*");

  private final Path startLog;
  private final Path folder;
  // By file, what it held before.
  private final Map<Path, Long> before = new HashMap<>();

  private ServerLog(Home home) {
    this.startLog = home.startLog();
    this.folder = home.data().resolve("log");
  }

  /// Reads only what is written from now on. Empties the start log, and removes a file that grew
  /// too large in one hour: the server itself only empties them hour by hour.
  static ServerLog begin(Home home) throws IOException {
    ServerLog log = new ServerLog(home);
    Files.write(log.startLog, new byte[0]);
    for (Path file : log.files()) {
      long bytes = Files.size(file);
      if (bytes > LARGEST_BYTES) {
        Files.deleteIfExists(file);
      } else {
        log.before.put(file, bytes);
      }
    }
    return log;
  }

  /// The reason of the last fault of this start, in the server's words, or empty when it has not
  /// said one, or the administrator's log_line_prefix does not tell whose a line is. A fault of a
  /// client ("too many connections") is no reason: whoever refuses clients has started.
  ///
  /// @param postmaster the process that was started
  Optional<String> cause(long postmaster) throws IOException {
    Optional<String> early = lastFault(startLines());
    if (early.isPresent()) {
      return early;
    }
    List<String> lines = collectedLines();
    List<String> own = linesOf(postmaster, lines);
    List<String> reasons = new ArrayList<>(own);
    for (String line : own) {
      Matcher child = CHILD_FAILED.matcher(line);
      if (child.find()) {
        reasons.addAll(linesOf(Long.parseLong(child.group(1)), lines));
      }
    }
    return lastFault(reasons);
  }

  /// What was said last, before there was a log: by the system's loader, for instance.
  Optional<String> lastWords() throws IOException {
    List<String> lines = startLines();
    return lines.isEmpty() || NO_REASON.matcher(lines.getLast()).matches()
        ? Optional.empty()
        : Optional.of(lines.getLast());
  }

  boolean contains(String text) throws IOException {
    return Stream.concat(startLines().stream(), collectedLines().stream())
        .anyMatch(line -> line.contains(text));
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

  private static List<String> linesOf(long process, List<String> lines) {
    return lines.stream().filter(line -> line.contains("[" + process + "]")).toList();
  }

  private List<String> startLines() throws IOException {
    return Files.exists(startLog)
        ? Files.readAllLines(startLog, StandardCharsets.ISO_8859_1)
        : List.of();
  }

  private List<String> collectedLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      added(file).lines().forEach(lines::add);
    }
    return lines;
  }

  private String added(Path file) throws IOException {
    long known = before.getOrDefault(file, 0L);
    try (InputStream content = Files.newInputStream(file)) {
      // A file that was emptied meanwhile is new as a whole.
      content.skipNBytes(known > Files.size(file) ? 0 : known);
      return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
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
