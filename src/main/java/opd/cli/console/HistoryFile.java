package opd.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The lines that were typed at consoles, in a file that its owner alone can read. A history that
/// cannot be kept keeps nobody from working.
public final class HistoryFile {
  private static final int MOST_LINES = 1_000;
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PRIVATE);
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final Function<String, Optional<String>> kept;
  private String newest = "";

  /// @param kept what of a line may be kept, if anything
  public HistoryFile(Path file, Function<String, Optional<String>> kept) {
    this.file = file;
    this.kept = kept;
  }

  /// The newest 1,000, oldest first.
  List<String> lines() {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      List<String> recent = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
      if (lines.size() > 2 * MOST_LINES) {
        replaceBy(recent);
      }
      return recent;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private void replaceBy(List<String> lines) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "console-history", ".part", PRIVATE_FILE);
    Files.write(part, lines, UTF_8);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void add(String line) {
    String text = line.strip();
    if (!text.isEmpty() && !text.equals(newest)) {
      newest = text;
      kept.apply(text).ifPresent(this::append);
    }
  }

  private void append(String line) {
    try {
      Files.createDirectories(file.getParent(), PRIVATE_FOLDER);
      if (Files.notExists(file)) {
        Files.createFile(file, PRIVATE_FILE);
      }
      Files.setPosixFilePermissions(file, PRIVATE);
      Files.write(file, List.of(line), UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The line is still in the memory of this console.
    }
  }
}
