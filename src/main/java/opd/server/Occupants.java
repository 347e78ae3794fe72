package opd.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether any process of a server works in a data folder, whatever its `postmaster.pid` says: that
/// file may be damaged or name a stranger while the children of a killed server are still there.
final class Occupants {
  // Process numbers begin anew when they are used up: a child may have a lower one.
  private static final Comparator<ProcessHandle> AGE =
      Comparator.comparing(
              (ProcessHandle process) -> process.info().startInstant().orElse(Instant.MAX))
          .thenComparingLong(ProcessHandle::pid);

  private Occupants() {}

  /// The oldest process of a server in the folder, if there is one. Processes that cannot be looked
  /// at belong to other users, who cannot have the folder open.
  static Optional<ProcessHandle> oldest(Path data) {
    return ProcessHandle.allProcesses().filter(process -> isServerOf(process, data)).min(AGE);
  }

  /// Servers and their children work in the data folder; one that has just begun has it among its
  /// arguments.
  private static boolean isServerOf(ProcessHandle process, Path data) {
    if (!ServerProcess.hasProcessFolder()) {
      return process.info().command().orElse("").endsWith("postgres")
          && List.of(process.info().arguments().orElse(new String[0])).contains(data.toString());
    }
    Path folder = ServerProcess.folder(process.pid());
    try {
      List<String> arguments = ServerProcess.arguments(folder);
      // A child says what it is: "postgres: checkpointer".
      return arguments.getFirst().contains("postgres")
          && (arguments.contains(byteForByte(data)) || ServerProcess.worksIn(folder, data));
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  private static String byteForByte(Path path) {
    return new String(
        path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
