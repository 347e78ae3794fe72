package opd.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL server of one home folder. Holds no resources: the server is a process of its own
/// that outlives this program. Every fault is an [OpdException]: `ACCESS_DENIED` for missing
/// permissions, else `DATABASE_UNAVAILABLE`.
public final class ManagedServer {
  private static final Duration UNBOUNDED = Duration.ofDays(1);

  private final Home home;
  private final Consumer<String> progress;
  private final Surroundings surroundings;

  /// @param home is made when it is missing
  /// @param progress receives one line for a person when something takes seconds, else nothing
  public ManagedServer(Path home, Consumer<String> progress) {
    this(home, progress, Surroundings.standard(home));
  }

  ManagedServer(Path home, Consumer<String> progress, Surroundings surroundings) {
    this.home = new Home(home);
    this.progress = progress;
    this.surroundings = surroundings;
  }

  /// What a test may set otherwise.
  ///
  /// @param binaries the folder in which the programs' folders lie, one for each version
  record Surroundings(
      Path binaries, PrivilegeChoice privileges, Duration lockWait, Duration startWait) {
    static Surroundings standard(Path home) {
      return new Surroundings(
          new Home(home).folder(),
          PrivilegeChoice.standard(),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));
    }
  }

  /// Where the server seems to listen, by two small files and without asking it. May be wrong right
  /// after a crash: then connecting fails, and the caller calls [#start()].
  public Optional<Endpoint> running() {
    return guarded(() -> {
      Optional<PostmasterFile> file = ServerProcess.live(home.data()).filter(PostmasterFile::ready);
      return file.isEmpty() ? Optional.empty() : Optional.of(endpoint(file.get().port()));
    });
  }

  /// Unpacks, initialises and starts as far as needed, and returns when the server accepts
  /// connections. Any number of processes and threads may call it at the same moment: one works,
  /// the others wait for it.
  public Endpoint start() {
    return startBy(Deadline.in(UNBOUNDED));
  }

  /// The same, but gives up when the time is over, whatever it was spent on. Only setting up, once,
  /// takes as long as it takes.
  ///
  /// @param within how long to wait for all of it
  public Endpoint start(Duration within) {
    boolean isSetUp = guarded(() -> Cluster.exists(home));
    return startBy(Deadline.in(isSetUp ? within : UNBOUNDED));
  }

  private Endpoint startBy(Deadline end) {
    return guarded(() -> {
      home.create();
      try (HomeLock _ = lock(end)) {
        Optional<PostmasterFile> server = settled(end.atMost(surroundings.startWait()));
        return server.isPresent()
            ? endpoint(server.get().port())
            : setUpAndLaunch(end.atMost(surroundings.startWait()));
      }
    });
  }

  /// Stops the server at once, breaking off sessions; what was committed stays. False when it was
  /// not running.
  public boolean stop() {
    return stop(UNBOUNDED);
  }

  /// The same, but gives up when the time is over.
  ///
  /// @param within how long to wait for all of it
  public boolean stop(Duration within) {
    Deadline end = Deadline.in(within);
    return guarded(() -> {
      if (ServerProcess.live(home.data()).isEmpty()) {
        return false;
      }
      try (HomeLock _ = lock(end)) {
        Optional<PostmasterFile> server = ServerProcess.live(home.data());
        if (server.isEmpty()) {
          return false;
        }
        interrupt(server.get(), end.atMost(surroundings.startWait()));
        return true;
      }
    });
  }

  /// The error for a server that refuses the passwords that are kept beside it.
  ///
  /// @param cause what its refusal was taken for
  public OpdException foreignPasswords(OpdException cause) {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "The local PostgreSQL in %s does not accept the passwords in %s."
            .formatted(home.data(), home.secretsFile()),
        "Put the file that belongs to it back from a backup.",
        cause);
  }

  /// What the files say; never starts or changes anything.
  public Status status() {
    return guarded(() -> {
      if (!Cluster.exists(home)) {
        return new Status(Status.State.NOT_SET_UP, home.root(), null, null, null);
      }
      Optional<PostmasterFile> server =
          ServerProcess.live(home.data()).filter(PostmasterFile::ready);
      Status.State state = server.isPresent() ? Status.State.RUNNING : Status.State.STOPPED;
      @Nullable Endpoint endpoint = server.isPresent() ? endpoint(server.get().port()) : null;
      @Nullable Long pid = server.isPresent() ? server.get().pid() : null;
      return new Status(state, home.root(), endpoint, pid, version());
    });
  }

  /// @param launchWait for the server, once it is set up
  private Endpoint setUpAndLaunch(Duration launchWait) throws IOException {
    Archive archive = Archive.onClassPath();
    Binaries binaries = Binaries.in(surroundings.binaries(), archive);
    boolean exists = Cluster.exists(home);
    Secrets secrets = exists ? Secrets.read(home.secretsFile()) : null;
    if (!exists || !binaries.unpacked()) {
      progress.accept(
          "Setting up the local PostgreSQL in " + home.root() + " (once, a few seconds)");
    }
    Home.removeLeftovers(home.folder());
    binaries.unpack(archive);
    Privileges privileges = surroundings.privileges().choose(home, binaries);
    Cluster cluster = new Cluster(home, binaries, privileges);
    if (secrets == null) {
      secrets = Secrets.readOrCreate(home.secretsFile());
      cluster.create(secrets);
    }
    cluster.checkVersion();
    cluster.checkPermissions();
    Launch launch = new Launch(home, binaries, privileges, launchWait);
    return secrets.endpoint(launch.start());
  }

  /// Waits for a server that is just starting or stopping; empty when none is left.
  private Optional<PostmasterFile> settled(Duration wait) throws IOException {
    Deadline deadline = Deadline.in(wait);
    Optional<PostmasterFile> server = ServerProcess.live(home.data());
    while (server.isPresent() && !server.get().ready()) {
      if (deadline.passed()) {
        throw unsettled("has been starting or stopping", wait);
      }
      deadline.pause();
      server = ServerProcess.live(home.data());
    }
    return server;
  }

  private void interrupt(PostmasterFile server, Duration wait) throws IOException {
    // SIGINT asks for the fast way; Java itself can only send SIGTERM, which waits for the clients.
    String pid = Long.toString(server.pid());
    Command.Result sent = Command.run(List.of("/bin/sh", "-c", "kill -INT \"$1\"", "sh", pid));
    if (!sent.succeeded() && ServerProcess.of(server) == ServerProcess.SERVER) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "The local PostgreSQL in " + home.data() + " cannot be stopped: " + sent.cause() + ".",
          "Stop it as the user who started it.");
    }
    Deadline deadline = Deadline.in(wait);
    while (ServerProcess.of(server) == ServerProcess.SERVER) {
      if (deadline.passed()) {
        throw unsettled("did not stop", wait);
      }
      deadline.pause();
    }
  }

  private Endpoint endpoint(int port) throws IOException {
    return Secrets.read(home.secretsFile()).endpoint(port);
  }

  private String version() throws IOException {
    String major = Cluster.majorVersion(home);
    Binaries binaries = Binaries.in(surroundings.binaries(), Archive.onClassPath());
    return binaries.unpacked() && binaries.majorVersion().equals(major)
        ? binaries.version()
        : major;
  }

  private HomeLock lock(Deadline end) throws IOException {
    return HomeLock.acquire(home.lockFile(), end.atMost(surroundings.lockWait()));
  }

  private OpdException unsettled(String what, Duration wait) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL in %s %s for more than %d s."
            .formatted(home.data(), what, wait.toSeconds()),
        "Its log is in " + home.data().resolve("log") + "; try again in a while.");
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (IOException failure) {
      throw Failures.of(home, failure);
    } catch (UnsupportedOperationException noPermissions) {
      throw Failures.unsupported(home, noPermissions);
    }
  }
}
