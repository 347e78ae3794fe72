package opd.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.server.Privileges.OtherAccount;
import opd.server.Privileges.OwnNamespace;
import opd.server.Privileges.Plain;
import opd.server.Privileges.Reach;

/// Finds the identity for the server by trying. An existing data folder decides by its owner, so
/// that a cluster made one way is always run that way.
///
/// @param ways what root may try for a new cluster, in this order
record PrivilegeChoice(List<Way> ways) {
  private static final int ROOT = 0;

  enum Way {
    NAMESPACE,
    ACCOUNT
  }

  static PrivilegeChoice standard() {
    return new PrivilegeChoice(List.of(Way.NAMESPACE, Way.ACCOUNT));
  }

  Privileges choose(Home home, Binaries binaries) throws IOException {
    int writer = home.writerId();
    return Files.exists(home.data())
        ? forOwner(home, binaries, writer)
        : forNew(home, binaries, writer);
  }

  private Privileges forOwner(Home home, Binaries binaries, int writer) throws IOException {
    int owner = Home.userId(home.data());
    if (writer != ROOT) {
      if (owner != writer) {
        throw foreignOwner(home);
      }
      return new Plain();
    }
    Optional<? extends Privileges> found =
        owner == ROOT
            ? namespace(home, binaries)
            : account(home, binaries, owner, Home.groupId(home.data()));
    return found.orElseThrow(() -> owner == ROOT ? namespaceGone(home) : refused(home));
  }

  private Privileges forNew(Home home, Binaries binaries, int writer) throws IOException {
    if (writer != ROOT) {
      return new Plain();
    }
    for (Way way : ways) {
      Optional<? extends Privileges> found =
          switch (way) {
            case NAMESPACE -> namespace(home, binaries);
            case ACCOUNT -> unprivilegedAccount(home, binaries);
          };
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw refused(home);
  }

  private static Optional<OwnNamespace> namespace(Home home, Binaries binaries) throws IOException {
    OwnNamespace way = new OwnNamespace();
    return works(way, home, binaries) ? Optional.of(way) : Optional.empty();
  }

  private static Optional<OtherAccount> unprivilegedAccount(Home home, Binaries binaries)
      throws IOException {
    for (String name : List.of("postgres", "nobody")) {
      Optional<int[]> ids = ids(name);
      if (ids.isPresent()) {
        Optional<OtherAccount> found = account(home, binaries, ids.get()[0], ids.get()[1]);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<OtherAccount> account(Home home, Binaries binaries, int user, int group)
      throws IOException {
    if (!letThrough(home, group)) {
      return Optional.empty();
    }
    for (Reach reach : Reach.values()) {
      OtherAccount way = new OtherAccount(user, group, reach);
      if (works(way, home, binaries)) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }

  /// Lets the account's group pass through a folder of root's, but not list it. False where root is
  /// confined so that it cannot give anything away.
  private static boolean letThrough(Home home, int group) throws IOException {
    Path folder = home.folder();
    if (Home.userId(folder) != ROOT) {
      return true;
    }
    try {
      Files.setAttribute(folder, "unix:gid", group);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));
      return true;
    } catch (FileSystemException confined) {
      return false;
    }
  }

  /// Whether the server's program runs that way and reaches the home. The program by itself is not
  /// enough: it may have been started before the capabilities were dropped.
  private static boolean works(Privileges way, Home home, Binaries binaries) throws IOException {
    List<String> trial =
        List.of(
            "/bin/sh",
            "-c",
            "\"$1\" --version && cd \"$2\"",
            "sh",
            binaries.program("postgres").toString(),
            home.folder().toString());
    return Command.run(way.wrap(trial)).succeeded();
  }

  private static Optional<int[]> ids(String account) throws IOException {
    Path accounts = Path.of("/etc/passwd");
    for (String line : Files.readAllLines(accounts, StandardCharsets.ISO_8859_1)) {
      List<String> fields = List.of(line.split(":", -1));
      if (fields.size() > 3 && fields.getFirst().equals(account)) {
        return Optional.of(
            new int[] {Integer.parseInt(fields.get(2)), Integer.parseInt(fields.get(3))});
      }
    }
    return Optional.empty();
  }

  private static OpdException foreignOwner(Home home) throws IOException {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "The local PostgreSQL in "
            + home.data()
            + " belongs to the user "
            + Files.getOwner(home.data()).getName()
            + ".",
        "Work as that user, set OPD_HOME to a folder of your own, or name a server with --db.");
  }

  private static OpdException namespaceGone(Home home) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL in "
            + home.data()
            + " belongs to root, who can only run it in a user namespace, and this machine does not"
            + " let root open one (unshare).",
        "Allow user namespaces, or give that folder to an ordinary account (chown -R), under which"
            + " it will then run.");
  }

  private static OpdException refused(Home home) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "PostgreSQL does not run as root, and this machine lets root neither open a user namespace"
            + " (unshare) nor switch to the account that should own "
            + home.data()
            + " (setpriv).",
        "Work as an ordinary user, or name a PostgreSQL server with --db.");
  }
}
