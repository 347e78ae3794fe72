package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `scripts/opd` in a folder of its own, with a jar that leads to the classes under
/// test.
final class LauncherTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;
  private Path launcher;
  private Path jar;

  @BeforeEach
  void install() throws IOException {
    launcher = Files.createDirectories(folder.resolve("scripts")).resolve("opd");
    Files.copy(Path.of("scripts", "opd"), launcher);
    jar = Files.createDirectories(folder.resolve("target")).resolve("opd.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
  }

  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      return Stream.concat(Stream.of(Path.of("target", "classes")), jars)
          .map(path -> path.toUri().toString())
          .collect(Collectors.joining(" "));
    }
  }

  private record Result(int exit, String out, String err) {}

  private Result run(Path program, String... arguments) throws IOException, InterruptedException {
    return end(
        new ProcessBuilder(
            Stream.concat(Stream.of("bash", program.toString()), Stream.of(arguments)).toList()));
  }

  private Result shell(String command) throws IOException, InterruptedException {
    return end(new ProcessBuilder("bash", "-c", command));
  }

  private Result end(ProcessBuilder builder) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    builder.environment().put("OPD_JAVA_HOME", JAVA.toString());
    builder.environment().keySet().removeAll(List.of("OPD_BUILDING", "JDK_JAVA_OPTIONS"));
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes());
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  private void laterThanJar(Path file, String content, int seconds) throws IOException {
    Files.writeString(file, content);
    Instant made = Files.getLastModifiedTime(jar).toInstant();
    Files.setLastModifiedTime(file, FileTime.from(made.plusSeconds(seconds)));
  }

  @Test
  void itStartsPlainlyWithoutACache() throws Exception {
    assertThat(run(launcher, "--version")).isEqualTo(new Result(0, "opd (not packaged)\n", ""));
  }

  @Test
  void itPassesOverACacheThatDoesNotFitAndSaysNothing() throws Exception {
    laterThanJar(folder.resolve("target/opd-0123456789abcdef.aot"), "made by another JDK", 1);
    assertThat(run(launcher, "--version")).isEqualTo(new Result(0, "opd (not packaged)\n", ""));
  }

  @Test
  void itWorksThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("opd"), Path.of("scripts", "opd"));
    assertThat(run(link, "--version").exit()).isZero();
  }

  @Test
  void itPrintsTheHelpThatTheBuildMade() throws Exception {
    laterThanJar(folder.resolve("target/help.txt"), "help of the build\nin two lines\n", 1);
    assertThat(run(launcher, "--help"))
        .isEqualTo(new Result(0, "help of the build\nin two lines\n", ""));
    assertThat(run(launcher, "queue", "--help").out()).startsWith("Usage: opd queue");
  }

  @Test
  void itLeavesHelpThatIsOlderThanTheJar() throws Exception {
    laterThanJar(folder.resolve("target/help.txt"), "help of an older build\n", -1);
    assertThat(run(launcher, "--help").out()).startsWith("Usage: opd").contains("queue");
  }

  @Test
  void whatIsPipedIntoTheFirstCommandIsNotTheBuilds() throws Exception {
    Path built = Files.move(jar, folder.resolve("built.jar"));
    Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\ncat >/dev/null\nmv '%s' '%s'\n".formatted(built, jar));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Result piped =
        shell(
            "echo 'explain SLOT_FULL' | PATH='%s':\"$PATH\" bash '%s' console"
                .formatted(maven.getParent(), launcher));
    assertThat(piped.err()).startsWith("Building the program");
    assertThat(piped.out()).startsWith("SLOT_FULL");
    assertThat(piped.exit()).isZero();
  }

  @Test
  void aClosedStreamIsNotTakenForAFileThatJavaOpens() throws Exception {
    for (String program : List.of("bash '" + launcher + "'", plainJava())) {
      Result noInput = shell(program + " console <&-");
      assertThat(noInput.err()).contains("standard input cannot be read: there is no input");
      assertThat(noInput.exit()).isEqualTo(2);
      Result noOutput = shell(program + " --version >&-");
      assertThat(noOutput.err()).contains("standard output cannot be written");
      assertThat(noOutput.exit()).isEqualTo(1);
    }
  }

  private String plainJava() {
    return "'" + JAVA.resolve("bin/java") + "' -cp '" + jar + "' opd.Main";
  }
}
