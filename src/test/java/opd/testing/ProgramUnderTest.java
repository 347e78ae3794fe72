package opd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/// How tests start the program in a process of its own. Where the build says that it has made the
/// jar, that is started as the launcher does it, with the cache that was made for it: a start then
/// takes a third of the processor's time. Else, such as in an editor, the classes are started.
public final class ProgramUnderTest {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final boolean IS_PACKAGED = Boolean.getBoolean("opd.packaged");

  private ProgramUnderTest() {}

  /// The program `java` with the launcher's options for short commands.
  public static List<String> java() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED"));
    if (IS_PACKAGED) {
      command.addAll(
          List.of(
              "-Xlog:disable",
              "-Xlog:all=error:stderr",
              "-Xlog:aot*=off:stderr",
              "-Xlog:cds*=off:stderr",
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:-AOTReplayTraining"));
      try (DirectoryStream<Path> caches = Files.newDirectoryStream(TARGET, "opd-*.aot")) {
        caches.forEach(cache -> {
          if (isOfJar(cache)) {
            command.add("-XX:AOTCache=" + cache);
          }
        });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return command;
  }

  /// One that was left by an earlier build holds that build's classes, and the JVM takes them.
  private static boolean isOfJar(Path cache) {
    try {
      FileTime made = Files.getLastModifiedTime(cache);
      return made.compareTo(Files.getLastModifiedTime(TARGET.resolve("opd.jar"))) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rest of the command, up to the program's own arguments.
  public static List<String> classes() {
    String classPath =
        IS_PACKAGED
            ? TARGET.resolve("opd.jar").toString()
            : TARGET.resolve("classes") + ":" + TARGET.resolve("lib") + "/*";
    return List.of("-cp", classPath, "opd.Main");
  }
}
