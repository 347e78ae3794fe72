package opd.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command in a process of its own, which can be killed.
final class OtherProcess {
  private static final int KILLED = 137;

  private OtherProcess() {}

  /// Starts it; what it prints goes to the files `out` and `err` of the folder.
  static Process start(FrontDesk desk, Path folder, List<String> words) throws IOException {
    return desk.other()
        .orElseGet(Build::here)
        .process(desk.environment(), words)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /// @return whether it had not ended by itself
  static boolean kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor() == KILLED;
  }

  /// @return whether it had not ended by itself
  static boolean killAfter(Process process, long milliseconds) throws InterruptedException {
    process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    return kill(process);
  }

  interface Condition {
    boolean holds() throws IOException, SQLException;
  }

  /// @return whether it had not ended by itself
  static boolean killWhen(Process process, Condition condition)
      throws InterruptedException, IOException, SQLException {
    while (process.isAlive() && !condition.holds()) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    return kill(process);
  }
}
