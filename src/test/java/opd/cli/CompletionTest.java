package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import opd.testing.Await;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What TAB does, in the shells themselves. In place of the program stands one that notes that it
/// was started and prints live values.
final class CompletionTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String VALUES =
      """
      doctor RAO Dr. Rao
      doctor SEN Dr. Sen
      slot RAO-0900 2 of 3 free
      slot SEN-1000 0 of 4 free
      token RAO-0900-01 PAID
      """;

  @TempDir private Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void aProgramThatIsNotJava() throws Exception {
    line = new CommandLineFixture(facility.anew());
    Path program = folder.resolve("opd");
    Files.writeString(
        program,
        "#!/bin/sh\necho \"$*\" >>%s/started\ncat <<'END'\n%sEND\n".formatted(folder, VALUES));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void commandsOptionsAndChoicesAreCompleted() throws Exception {
    assertThat(bash("opd", "al")).containsExactly("allocate");
    assertThat(bash("opd", "slot", "ca")).containsExactly("cancel");
    assertThat(bash("opd", "slot", "cancel", "--mo")).containsExactly("--move");
    assertThat(bash("opd", "allocate", "--priority", ""))
        .containsExactly("emergency", "paid", "follow-up");
    assertThat(bash("opd", "allocate", "--source", "=", "w")).containsExactly("walk-in");
    assertThat(bash("opd", "-o", "j")).containsExactly("json");
    assertThat(bash("opd", "--actor", "slot", "sl")).containsExactly("slip", "slot");
    assertThat(started()).isEmpty();
  }

  @Test
  void liveValuesAreCompletedInAnyCaseAndTheProgramIsStartedOnceForThem() throws Exception {
    assertThat(bash("opd", "queue", "rao")).containsExactly("RAO-0900");
    assertThat(bash("opd", "allocate", "--slot", "")).containsExactly("RAO-0900", "SEN-1000");
    assertThat(bash("opd", "cancel", "RAO-")).containsExactly("RAO-0900-01");
    assertThat(bash("opd", "doctor", "show", "S")).containsExactly("SEN");
    assertThat(bash("opd", "doctor", "add", "S")).isEmpty();
    assertThat(started()).containsExactly("completion values --timeout 5");
  }

  @Test
  void anotherFacilityHasValuesOfItsOwn() throws Exception {
    assertThat(bash("opd", "--facility", "clinic_2", "queue", "S")).containsExactly("SEN-1000");
    assertThat(started()).containsExactly("completion values --timeout 5 --facility clinic_2");
  }

  @Test
  void theValuesAreInAPrivateFile() throws Exception {
    bash("opd", "queue", "");
    Path file = folder.resolve("cache/opd/completion-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void valuesAMinuteOldAreRenewedBehindTheBack() throws Exception {
    bash("opd", "queue", "");
    Path file = folder.resolve("cache/opd/completion-");
    Files.writeString(file, "time 1000\nslot OLD-0900 x\n");
    assertThat(bash("opd", "queue", "O")).containsExactly("OLD-0900");
    Await.until(
        "the values of today",
        Duration.ofSeconds(60),
        () -> Files.readString(file).contains("RAO-0900"));
    assertThat(bash("opd", "queue", "R")).containsExactly("RAO-0900");
  }

  @Test
  void theProgramGivesTheDaysValuesAndNamesNobody() {
    line.with("OPD_ZONE", "Asia/Tokyo");
    line.run("doctor", "add", "RAO", "--name", "Dr. Rao");
    line.run(
        "slot",
        "open",
        "--doctor",
        "RAO",
        "--start",
        "23:30",
        "--minutes",
        "10",
        "--capacity",
        "2");
    line.run(
        "allocate",
        "--slot",
        "RAO-1430",
        "--phone",
        "9876543210",
        "--name",
        "Asha Menon",
        "--priority",
        "paid",
        "--source",
        "app");
    assertThat(line.run("completion", "values").out())
        .isEqualTo(
            """
            doctor RAO Dr. Rao
            slot RAO-1430 1 of 2 free
            token RAO-1430-01 PAID
            """);
  }

  @Test
  void zshTakesItsScript() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "zsh is missing");
    Path script = folder.resolve("_opd");
    Files.writeString(script, line.run("completion", "zsh").out());
    Process zsh =
        new ProcessBuilder("zsh", "-n", script.toString()).redirectErrorStream(true).start();
    assertThat(new String(zsh.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void anUnknownShellIsAnError() {
    assertThat(line.run("completion", "tcsh").exit()).isEqualTo(2);
  }

  private List<String> started() throws IOException {
    Path started = folder.resolve("started");
    return Files.exists(started) ? Files.readAllLines(started) : List.of();
  }

  /// What bash offers for the last of the words.
  private List<String> bash(String... words) throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(script, line.run("completion", "bash").out());
    String call =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_WORDS[0]=%s/opd
        _opd
        printf '%%s\n' "${COMPREPLY[@]}"
        """
            .formatted(folder);
    List<String> command = new java.util.ArrayList<>(List.of("bash", "-c", call, "bash"));
    command.add(script.toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().remove("OPD_FACILITY");
    Process bash = builder.start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
