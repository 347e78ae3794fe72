package opd.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// The data folder: made once, by `initdb` beside its place, and never removed.
final class Cluster {
  // The server itself allows the group to read.
  private static final Set<PosixFilePermission> REFUSED =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Home home;
  private final Binaries binaries;
  private final Privileges privileges;

  Cluster(Home home, Binaries binaries, Privileges privileges) {
    this.home = home;
    this.binaries = binaries;
    this.privileges = privileges;
  }

  /// Whether there is a data folder with anything in it, complete or not.
  static boolean exists(Home home) throws IOException {
    try (Stream<Path> entries = Files.list(home.data())) {
      return entries.findAny().isPresent();
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /// The major version of the server that made the data folder, as `18`.
  static String majorVersion(Home home) throws IOException {
    try {
      return Files.readString(home.data().resolve("PG_VERSION")).strip();
    } catch (NoSuchFileException incomplete) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The folder " + home.data() + " is not a complete PostgreSQL data folder.",
          "It was left untouched. Put its content back from a backup, or move it out of the way.");
    }
  }

  /// Fails when these programs cannot read this data folder; nothing is touched.
  void checkVersion() throws IOException {
    String made = majorVersion(home);
    if (!made.equals(binaries.majorVersion())) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The data in %s was made by PostgreSQL %s, but this program brings PostgreSQL %s."
              .formatted(home.data(), made, binaries.version()),
          "It was left untouched. Use the program's version that made it, dump the data there, and"
              + " load it into a new home.");
    }
  }

  /// Fails when the folder is open to others, which the server refuses; nothing is touched.
  void checkPermissions() throws IOException {
    for (PosixFilePermission permission : Files.getPosixFilePermissions(home.data())) {
      if (REFUSED.contains(permission)) {
        throw new OpdException(
            ErrorCode.ACCESS_DENIED,
            "The folder %s of the local PostgreSQL is open to other users.".formatted(home.data()),
            "Close it with: chmod 700 '%s'".formatted(home.data()));
      }
    }
  }

  void create(Secrets secrets) throws IOException {
    Path partial = Home.partial(home.data());
    try {
      Files.createDirectory(partial, Home.OWNER_ONLY_FOLDER);
      privileges.adopt(partial);
      initialise(partial);
      configure(partial);
      furnish(partial, secrets);
      Home.publish(partial, home.data());
    } catch (IOException | RuntimeException failure) {
      Home.removeTree(partial);
      throw failure;
    }
  }

  /// Text sorts by code point, by PostgreSQL's own tables: the same on every machine.
  private void initialise(Path data) throws IOException {
    List<String> initdb =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + Endpoint.ADMINISTRATOR,
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            // Nobody gets in until the rules and the password are in place.
            "--auth=reject",
            "--no-instructions");
    check(Command.run(privileges.wrap(initdb)));
  }

  private static void configure(Path data) throws IOException {
    Files.writeString(
        data.resolve("postgresql.conf"), ServerSettings.SETTINGS, StandardOpenOption.APPEND);
    Files.writeString(data.resolve("pg_hba.conf"), ServerSettings.ACCESS_RULES);
  }

  /// Sets the password and makes the database before anybody can connect, through a pipe: a
  /// password in an argument would show in the list of processes.
  private void furnish(Path data, Secrets secrets) throws IOException {
    List<String> single =
        List.of(
            binaries.program("postgres").toString(),
            "--single",
            "-D",
            data.toString(),
            "template1");
    String statements =
        "ALTER ROLE %s PASSWORD '%s';\nCREATE DATABASE %s;\n"
            .formatted(Endpoint.ADMINISTRATOR, secrets.administrator(), Endpoint.DATABASE);
    Command.Result result = Command.run(privileges.wrap(single), statements);
    check(result);
    if (result.output().contains("ERROR:")) {
      throw failed("a statement of the set-up was refused");
    }
  }

  private void check(Command.Result result) {
    if (!result.succeeded()) {
      throw failed(result.cause());
    }
  }

  private OpdException failed(String cause) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "The local PostgreSQL could not be set up in " + home.folder() + ": " + cause,
        "Mend that, or set OPD_HOME to another folder, or name a PostgreSQL server with --db.");
  }
}
