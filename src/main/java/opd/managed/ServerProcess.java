package opd.managed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Tells whether the process that a `postmaster.pid` names is still that server: process numbers
/// are used again, in containers within seconds.
enum ServerProcess {
  /// The process is gone.
  GONE,
  /// The number now belongs to something else, or to a dead process nobody has collected.
  FOREIGN,
  /// It is the server.
  SERVER;

  private static final Path PROCESSES = Path.of("/proc");

  static ServerProcess of(PostmasterFile file) throws IOException {
    if (!Files.isDirectory(PROCESSES.resolve("self"))) {
      return withoutProcessFolder(file);
    }
    Path commandLine = PROCESSES.resolve(Long.toString(file.pid())).resolve("cmdline");
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(commandLine);
    } catch (IOException vanished) {
      return Files.exists(commandLine) ? SERVER : GONE;
    }
    return judge(new String(bytes, StandardCharsets.ISO_8859_1), file);
  }

  /// The server is recognised by the data folder among its arguments, as the file spells it.
  private static ServerProcess judge(String commandLine, PostmasterFile file) {
    return commandLine.contains("postgres") && commandLine.contains(file.folder())
        ? SERVER
        : FOREIGN;
  }

  private static ServerProcess withoutProcessFolder(PostmasterFile file) {
    Optional<ProcessHandle> process = ProcessHandle.of(file.pid());
    if (process.isEmpty()) {
      return GONE;
    }
    return process
        .get()
        .info()
        .command()
        .map(command -> command.endsWith("postgres") ? SERVER : FOREIGN)
        .orElse(SERVER);
  }
}
