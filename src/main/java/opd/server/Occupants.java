package opd.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Whether any process of a server works in a data folder, whatever its `postmaster.pid` says: that
/// file may be damaged or name a stranger while the children of a killed server are still there.
final class Occupants {
  private static final Path PROCESSES = Path.of("/proc");

  private Occupants() {}

  /// The oldest process of a server in the folder, if there is one. Processes that cannot be looked
  /// at belong to other users, who cannot have the folder open.
  static OptionalLong of(Path data) throws IOException {
    if (!Files.isDirectory(PROCESSES.resolve("self"))) {
      return withoutProcessFolder(data);
    }
    try (Stream<Path> entries = Files.list(PROCESSES)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(process -> isServerOf(process, data))
          .mapToLong(process -> Long.parseLong(process.getFileName().toString()))
          .min();
    }
  }

  /// Servers and their children work in the data folder; one that has just begun has it among its
  /// arguments.
  private static boolean isServerOf(Path process, Path data) {
    try {
      byte[] commandLine = Files.readAllBytes(process.resolve("cmdline"));
      List<String> arguments =
          Arrays.asList(new String(commandLine, StandardCharsets.UTF_8).split("\0", -1));
      boolean isPostgres = arguments.getFirst().contains("postgres");
      return isPostgres
          && (arguments.contains(data.toString())
              || Files.isSameFile(process.resolve("cwd"), data));
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  private static OptionalLong withoutProcessFolder(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          Optional<String[]> arguments = process.info().arguments();
          return process.info().command().orElse("").endsWith("postgres")
              && arguments.isPresent()
              && Arrays.asList(arguments.get()).contains(data.toString());
        })
        .mapToLong(ProcessHandle::pid)
        .min();
  }
}
