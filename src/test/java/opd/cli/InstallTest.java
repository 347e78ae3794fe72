package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import opd.testing.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/install`, as it lies in a release, with a program that only says its version.
final class InstallTest {
  private static final String PAGE = "share/man/man1/opd-queue.1";
  private static final String COMPLETION = "share/bash-completion/completions/opd";

  @TempDir Path folder;
  private Path prefix;
  private Path program;

  @BeforeEach
  void aRelease() throws IOException {
    prefix = folder.resolve("a prefix");
    program = prefix.resolve("lib/opd");
    release("release", "1", PAGE);
  }

  private void release(String name, String version, String page) throws IOException {
    Path release = folder.resolve(name);
    write(release.resolve("bin/opd"), "#!/bin/sh\necho version " + version + "\n");
    write(release.resolve("bin/batch-intake"), "#!/bin/sh\n");
    write(release.resolve("bin/install"), Files.readString(Path.of("scripts", "install")));
    write(release.resolve("program/opd.jar"), "jar");
    write(release.resolve(page), ".TH");
    write(release.resolve(COMPLETION), "complete");
    write(release.resolve("share/zsh/site-functions/_opd"), "#compdef opd");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ended(int exit, String printed) {}

  private Ended run(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().remove("OPD_HOME");
    builder.environment().remove("XDG_DATA_HOME");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), printed);
  }

  private Ended install(String release, String... arguments) throws Exception {
    return run(folder.resolve(release).resolve("bin/install"), arguments);
  }

  private List<String> found() throws IOException {
    try (Stream<Path> all = Files.walk(prefix)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> prefix.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void itIsInstalledUpgradedAndTakenAway() throws Exception {
    Ended first = install("release", prefix.toString());
    assertThat(first.printed()).contains("installed in " + prefix + ": version 1").contains("PATH");
    assertThat(first.exit()).isZero();
    assertThat(prefix.resolve(PAGE)).isSymbolicLink().hasContent(".TH");
    assertThat(prefix.resolve(COMPLETION)).hasContent("complete");

    release("newer", "2", "share/man/man1/opd-board.1");
    assertThat(install("newer", prefix.toString()).printed()).contains("version 2");
    assertThat(Files.exists(prefix.resolve(PAGE), java.nio.file.LinkOption.NOFOLLOW_LINKS))
        .as("a page that is gone")
        .isFalse();

    assertThat(run(program.resolve("bin/install"), prefix.toString()).exit())
        .as("onto itself")
        .isEqualTo(2);
    Path data = Files.createDirectories(folder.resolve("home/.local/share/opd"));
    Ended removed = install("newer", "--remove", prefix.toString());
    assertThat(removed.printed()).contains("stay in " + data);
    assertThat(removed.exit()).isZero();
    assertThat(found()).isEmpty();
    assertThat(data).exists();
    assertThat(install("newer", "--remove", prefix.toString()).exit()).isEqualTo(2);
  }

  @Test
  void whatIsNotItsOwnStays() throws Exception {
    write(prefix.resolve(PAGE), "another's");
    assertThat(install("release", prefix.toString()).printed()).contains("is not ours and stays");
    install("release", "--remove", prefix.toString());
    assertThat(found()).containsExactly(PAGE);

    write(program.resolve("another's"), "data");
    Ended refused = install("release", prefix.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.printed()).contains("is no OPD Token Engine");
    assertThat(install("release", "--remove", prefix.toString()).exit()).isEqualTo(2);
    assertThat(program.resolve("another's")).exists();
    assertThat(install("release", "--help").printed())
        .contains("scripts/install --remove [PREFIX]");
    assertThat(install("release", "--wrong").exit()).isEqualTo(2);
  }
}
