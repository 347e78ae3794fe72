package opd.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The server's programs, unpacked in a folder for their version, and tried once.
record Binaries(Path folder) {
  private static final String VERSION_FILE = "version";
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");

  static Binaries in(Path parent, Archive archive) {
    return new Binaries(parent.resolve("server-" + archive.key()));
  }

  boolean unpacked() {
    return Files.exists(folder.resolve(VERSION_FILE));
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /// As `18.6`.
  String version() throws IOException {
    return Files.readString(folder.resolve(VERSION_FILE)).strip();
  }

  /// As `18`: the part that decides which data folders these programs can read.
  String majorVersion() throws IOException {
    String version = version();
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  /// Unpacks unless that is done; takes a second or two.
  void unpack(Archive archive) throws IOException {
    if (unpacked()) {
      return;
    }
    Home.removeTree(folder);
    Path partial = Home.partial(folder);
    try {
      extract(archive, partial);
      String version = tryOut(partial);
      Files.writeString(partial.resolve(VERSION_FILE), version + "\n");
      // Nobody can tell later whether a power cut left an empty file under its final name.
      Command.run(List.of("sync", "-f", partial.toString()));
      Home.publish(partial, folder);
    } catch (IOException | RuntimeException failure) {
      Home.removeTree(partial);
      if (!unpacked()) {
        // Else another process that shares this folder was quicker.
        throw failure;
      }
    }
  }

  private static void extract(Archive archive, Path target) throws IOException {
    Files.createDirectories(target);
    Files.setPosixFilePermissions(target, PROGRAM);
    try (InputStream compressed = archive.open();
        TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(compressed))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        write(entry, entries, target);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path path = entry.resolveIn(target);
    if (entry.isDirectory()) {
      makeFolder(path);
      return;
    }
    makeFolder(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, path);
    Files.setPosixFilePermissions(path, (entry.getMode() & 0100) == 0 ? PLAIN : PROGRAM);
  }

  /// Readable by all: the server may run under another account than the one that unpacks.
  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(folder.resolveSibling(""));
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PROGRAM);
    }
  }

  /// Returns the version that the server's program tells of itself.
  private String tryOut(Path partial) throws IOException {
    String postgres = new Binaries(partial).program("postgres").toString();
    Command.Result result = Command.run(List.of(postgres, "--version"));
    String prefix = "postgres (PostgreSQL) ";
    if (!result.succeeded() || !result.output().startsWith(prefix)) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The programs of the local PostgreSQL do not run in "
              + folder.resolveSibling("")
              + ": "
              + result.cause()
              + ".",
          "Set OPD_HOME to a folder on a file system from which programs may run, or name a"
              + " PostgreSQL server with --db.");
    }
    return result.output().strip().substring(prefix.length());
  }
}
