package opd.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a server writes into `postmaster.pid` about itself: line 1 its process, 2 its data folder,
/// 4 its port, 8 its state. The only source of truth on whether and where it runs; after a crash it
/// may speak of a process that is gone.
///
/// @param folder the data folder, byte for byte, one character for each byte
record PostmasterFile(long pid, String folder, int port, boolean ready) {
  private static final int PID = 0;
  private static final int FOLDER = 1;
  private static final int PORT = 3;
  private static final int STATE = 7;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /// Empty when there is none, or when it is only half written, as at the very start.
  static Optional<PostmasterFile> read(Path data) throws IOException {
    try {
      byte[] content = Files.readAllBytes(in(data));
      return parse(new String(content, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /// Whether there is one that tells nothing: empty or half written, as a power cut leaves it.
  static boolean isDamaged(Path data) throws IOException {
    return Files.exists(in(data)) && read(data).isEmpty();
  }

  static Optional<PostmasterFile> parse(String content) {
    List<String> lines = content.lines().toList();
    if (lines.size() <= FOLDER) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(lines.get(PID).strip());
      int port = lines.size() > PORT ? Integer.parseInt(lines.get(PORT).strip()) : 0;
      boolean ready = lines.size() > STATE && lines.get(STATE).strip().equals("ready");
      // A negative number marks a stand-alone backend, which serves nobody.
      return Optional.of(new PostmasterFile(Math.abs(pid), lines.get(FOLDER), port, ready));
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }
}
