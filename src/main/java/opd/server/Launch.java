package opd.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// Starts the server of an existing data folder and waits until it accepts connections: its own
/// file says so, and whether its process lives; what it and others wrote into the log only gives
/// the words of an error. Needs the home's lock.
///
/// Not by `pg_ctl`, which looks only every 100 ms: with it a cold start took 40 ms longer (the
/// median of ten, 70 ms on a quiet machine). It also tells neither which process it started, which
/// finding the reason of a failure needs, nor a taken port from other failures.
final class Launch {
  private static final Path NOTHING = Path.of("/dev/null");
  // perl is there where setsid is not, as on macOS.
  private static final List<String> PERL_SETSID =
      List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV;");

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration LONGEST_WRITING = Duration.ofSeconds(2);
  private static final int MOST_UNEXPLAINED = 3;

  private final Home home;
  private final Binaries binaries;
  private final Privileges privileges;
  private final Duration wait;
  private final Deadline deadline;
  private int unexplained;

  Launch(Home home, Binaries binaries, Privileges privileges, Duration wait) {
    this.home = home;
    this.binaries = binaries;
    this.privileges = privileges;
    this.wait = wait;
    this.deadline = Deadline.in(wait);
  }

  /// Returns the port.
  int start() throws IOException {
    return start(Port.choose(home.portFile()));
  }

  /// Tries `firstPort`, and others when that is taken after all.
  int start(int firstPort) throws IOException {
    int port = firstPort;
    while (true) {
      ServerLog log = ServerLog.begin(home);
      removeStaleFile();
      Process process = spawn(port);
      if (becomesReady(process)) {
        Port.remember(home.portFile(), port);
        return port;
      }
      if (process.isAlive()) {
        throw tooSlow();
      }
      Optional<PostmasterFile> other = ServerProcess.live(home.data());
      if (other.isPresent() && other.get().ready()) {
        // Started past this program, by hand for instance.
        return other.get().port();
      }
      port = nextPort(port, log, cause(log, process.pid()));
      deadline.pause(BETWEEN_TRIES);
    }
  }

  /// Which port to try after a failure, when another try makes sense. A start that failed without a
  /// readable reason is tried again a few times: after a crash the old server's children are mostly
  /// the reason, and a log_line_prefix without a process id hides it.
  private int nextPort(int port, ServerLog log, Optional<String> cause) throws IOException {
    boolean taken = log.contains("could not create any TCP/IP sockets");
    if (cause.isEmpty()) {
      unexplained++;
    }
    boolean passing = cause.isPresent() ? isPassing(cause.get()) : unexplained <= MOST_UNEXPLAINED;
    if (deadline.passed() || !(taken || passing)) {
      throw failed(cause.orElse("it ended without saying why"));
    }
    // Somebody took it between its choice and now.
    return taken ? Port.anyFree() : port;
  }

  /// The server refuses to start while its old file names a living process, whichever that is, or
  /// tells nothing, as after a power cut. Of a process that is gone it notices that itself, and
  /// checks more than we could. Nothing is removed while any process of a server works in the
  /// folder.
  private void removeStaleFile() throws IOException {
    Path data = home.data();
    awaitWholeFile(data);
    Optional<PostmasterFile> file = PostmasterFile.read(data);
    boolean isForeign = file.isPresent() && ServerProcess.of(file.get()) == ServerProcess.FOREIGN;
    if ((isForeign || PostmasterFile.isDamaged(data)) && Occupants.oldest(data).isEmpty()) {
      Files.deleteIfExists(PostmasterFile.in(data));
    }
  }

  /// Somebody may just be starting a server by hand, whose file is not written yet.
  private void awaitWholeFile(Path data) throws IOException {
    Deadline patience = Deadline.in(LONGEST_WRITING);
    while (PostmasterFile.isDamaged(data)) {
      Optional<ProcessHandle> occupant = Occupants.oldest(data);
      if (occupant.isEmpty()) {
        return;
      }
      if (patience.passed() || deadline.passed()) {
        throw damaged(PostmasterFile.in(data), occupant.get().pid());
      }
      patience.pause(BETWEEN_TRIES);
    }
  }

  /// In a session of its own, so that Ctrl-C in the terminal does not reach it, and with none of
  /// the caller's streams, so that nobody waits for their end. Every step replaces the one before:
  /// the process is the server.
  private Process spawn(int port) throws IOException {
    List<String> command =
        new ArrayList<>(Command.exists("setsid") ? List.of("setsid") : PERL_SETSID);
    command.addAll(
        privileges.wrap(
            List.of(
                binaries.program("postgres").toString(),
                "-D",
                home.data().toString(),
                "-p",
                Integer.toString(port))));
    return Command.prepare(command)
        .redirectInput(NOTHING.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(home.startLog().toFile()))
        .start();
  }

  private boolean becomesReady(Process process) throws IOException {
    while (process.isAlive() && !deadline.passed()) {
      Optional<PostmasterFile> file = PostmasterFile.read(home.data());
      if (file.isPresent() && file.get().pid() == process.pid() && file.get().ready()) {
        return true;
      }
      deadline.pause();
    }
    return false;
  }

  /// The log collector may still be writing when the server is already gone.
  private static Optional<String> cause(ServerLog log, long postmaster) throws IOException {
    Deadline patience = Deadline.in(Duration.ofMillis(300));
    Optional<String> cause = log.cause(postmaster);
    while (cause.isEmpty() && !patience.passed()) {
      patience.pause();
      cause = log.cause(postmaster);
    }
    return cause.isPresent() ? cause : log.lastWords();
  }

  /// After a crash the old server's children may need a moment to notice; a server that was started
  /// a moment ago, by hand or by a command that did not wait for it, may need one to write its file
  /// and to be ready.
  private static boolean isPassing(String cause) {
    return cause.contains("pre-existing shared memory block")
        || cause.contains("\"postmaster.pid\" is empty")
        || cause.contains("\"postmaster.pid\" already exists");
  }

  private static OpdException damaged(Path file, long occupant) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The file %s of the local PostgreSQL is damaged, and a server runs there, as process %d."
            .formatted(file, occupant),
        "That server notices it within a minute or so and stops; try again then, or stop it with: kill"
            + " -INT "
            + occupant);
  }

  private OpdException failed(String cause) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL in " + home.data() + " did not start: " + cause,
        cause.contains("No space left")
            ? "Free some space on that disk, then try again."
            : "More may stand in "
                + home.startLog()
                + " and in "
                + home.data().resolve("log")
                + ".");
  }

  private OpdException tooSlow() {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL in %s was not ready after %d s; it goes on starting."
            .formatted(home.data(), wait.toSeconds()),
        "After a crash it may have much to recover: try again in a while.");
  }
}
