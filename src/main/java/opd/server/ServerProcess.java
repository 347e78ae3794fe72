package opd.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
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

  /// The server that now has this data folder open, ready or not.
  static Optional<PostmasterFile> live(Path data) throws IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(data);
    return file.isPresent() && of(file.get()) == SERVER ? file : Optional.empty();
  }

  static ServerProcess of(PostmasterFile file) throws IOException {
    if (!hasProcessFolder()) {
      return withoutProcessFolder(file);
    }
    Path process = folder(file.pid());
    List<String> arguments;
    try {
      arguments = arguments(process);
    } catch (IOException vanished) {
      // One that exists but cannot be looked at may be the server: it is left to itself.
      return Files.exists(process) ? SERVER : GONE;
    }
    return judge(arguments, process, file);
  }

  /// Whether the system tells of its processes in a folder.
  static boolean hasProcessFolder() {
    return Files.isDirectory(PROCESSES.resolve("self"));
  }

  static Path folder(long pid) {
    return PROCESSES.resolve(Long.toString(pid));
  }

  /// The command line, byte for byte, one character for each byte.
  ///
  /// @param process its folder
  static List<String> arguments(Path process) throws IOException {
    byte[] commandLine = Files.readAllBytes(process.resolve("cmdline"));
    return List.of(new String(commandLine, StandardCharsets.ISO_8859_1).split("\0", -1));
  }

  /// The server's program with the data folder among its arguments, as the file spells it, or as
  /// its working folder: somebody may have started it by hand.
  private static ServerProcess judge(List<String> arguments, Path process, PostmasterFile file) {
    String program = arguments.getFirst();
    boolean postgres = program.equals("postgres") || program.endsWith("/postgres");
    return postgres && (arguments.contains(file.folder()) || worksIn(process, file))
        ? SERVER
        : FOREIGN;
  }

  private static boolean worksIn(Path process, PostmasterFile file) {
    try {
      return worksIn(process, Path.of(file.folder()));
    } catch (InvalidPathException unknown) {
      return false;
    }
  }

  /// @param process its folder
  static boolean worksIn(Path process, Path data) {
    try {
      return Files.isSameFile(process.resolve("cwd"), data);
    } catch (IOException unknown) {
      return false;
    }
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
