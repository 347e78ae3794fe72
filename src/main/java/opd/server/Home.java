package opd.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folders and files of one managed server. Whatever takes several steps to write is written
/// beside its place, in a folder with [#PARTIAL] in its name, and renamed when complete: a name
/// without it is always whole.
record Home(Path root) {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER = mode("rwx------");
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE = mode("rw-------");
  private static final String PARTIAL = ".partial-";

  Home(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path folder() {
    return root.resolve("postgresql");
  }

  Path lockFile() {
    return folder().resolve("lock");
  }

  Path secretsFile() {
    return folder().resolve("passwords");
  }

  Path portFile() {
    return folder().resolve("port");
  }

  Path startLog() {
    return folder().resolve("start.log");
  }

  Path data() {
    return folder().resolve("data");
  }

  /// Makes the folders where they are missing; those that exist keep their permissions.
  void create() throws IOException {
    Files.createDirectories(root, OWNER_ONLY_FOLDER);
    Files.createDirectories(folder(), OWNER_ONLY_FOLDER);
  }

  /// The user id under which this process writes here: that of a file just made, which on any file
  /// system is also what the server will compare its data folder with. Tells a folder that cannot
  /// be written before anything is begun.
  int writerId() throws IOException {
    Path probe = folder().resolve("probe" + PARTIAL + UUID.randomUUID());
    Files.createFile(probe, OWNER_ONLY_FILE);
    try {
      return userId(probe);
    } finally {
      Files.delete(probe);
    }
  }

  static int userId(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  static int groupId(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:gid");
  }

  /// A new name beside `complete`. Never used before, so that a program which outlived a killed
  /// set-up cannot write into a later one.
  static Path partial(Path complete) {
    return complete.resolveSibling(complete.getFileName() + PARTIAL + UUID.randomUUID());
  }

  /// Puts a finished folder or file in its place for good, in one step.
  static void publish(Path partial, Path complete) throws IOException {
    try {
      Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(partial, complete);
    }
    try (FileChannel folder =
        FileChannel.open(complete.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Clears away what set-ups that broke off have left. Best effort: a leftover harms nobody.
  static void removeLeftovers(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(Home::isPartial).toList()) {
        removeTree(entry);
      }
    }
  }

  static void removeTree(Path tree) {
    try {
      Files.walkFileTree(tree, new Removal());
    } catch (IOException stillInUse) {
      // A program that outlived its set-up may still write there; the next set-up tries again.
    }
  }

  private static boolean isPartial(Path entry) {
    return entry.getFileName().toString().contains(PARTIAL);
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
