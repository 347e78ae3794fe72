package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.testing.Await;
import opd.testing.Prompt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The function that `opd session bash` prints, in bash itself, with a launcher that starts the
/// classes under test and notes what was started.
@Tag("integration")
@Order(2)
final class SessionTest {
  private static final String BEGIN = "eval \"$(opd session bash)\"\n";
  private static final String ALLOCATE =
      "opd allocate --slot %s --phone 98765432%02d --name 'Patient' --priority paid --source app";
  private static final Pattern REQUEST_ID = Pattern.compile("--request-id (\\S+?):? ");

  @TempDir Path folder;

  /// Once for each test: nobody may write to what another runs.
  @BeforeEach
  void install() throws IOException {
    Path launcher = folder.resolve("opd");
    List<String> program =
        CommandLineFixture.program(List.of("-Dopd.launcher=" + launcher)).command();
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        echo "$*" >>%s/started
        java=%s
        if [ -t 0 ] && [ -t 1 ]; then java="$java -Dopd.interactive=true"; fi
        exec $java %s "$@"
        """
            .formatted(
                folder,
                program.getFirst(),
                program.stream()
                    .skip(1)
                    .map(SessionTest::quoted)
                    .collect(Collectors.joining(" "))));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProcessBuilder bash(CommandLineFixture fixture, String... options) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of("/usr/bin/env", "bash", "--norc", "--noprofile"), Stream.of(options))
                .toList());
    builder.environment().putAll(fixture.environment());
    // How long a busy machine takes is not what this is about.
    builder.environment().put("OPD_TIMEOUT", "120");
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    return builder.directory(folder.toFile());
  }

  /// As bash reads it; U+FFFD stands for a byte that is not UTF-8.
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''").replace("\uFFFD", "'$'\\xff''") + "'";
  }

  private List<String> started() throws IOException {
    return Files.readAllLines(folder.resolve("started"));
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private record Ended(int exit, List<String> out, String err) {}

  private Ended script(CommandLineFixture fixture, String script) throws Exception {
    Files.writeString(folder.resolve("script"), script);
    Process process =
        bash(fixture, "script")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readAllLines(folder.resolve("out")), file("err"));
  }

  private static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    for (String text :
        List.of(
            "Asha \"the\" O'Brien",
            "tab\tand  spaces ",
            "line\nbreak\n",
            "carriage\rreturn",
            "back\\slash\\n\\t$HOME`*?",
            "",
            "invisible\u200Bspace",
            "broken\uFFFDbyte",
            "आशा &")) {
      String id = "p" + commands.size();
      commands.add(
          List.of("patient", "add", "--phone", "9876543210", "--name", text, "--request-id", id));
      commands.add(List.of("patient", "find", text, "-o", "json"));
    }
    String allocate =
        "allocate --slot %s --phone 9876543210 --priority paid --source app"
            .formatted(CommandLineFixture.SLOT);
    for (String command :
        List.of(
            allocate + " --dry-run",
            allocate + " --request-id r1",
            allocate + " --request-id r2",
            allocate.replace("paid", "payed"),
            "queue " + CommandLineFixture.SLOT + " --all --color always",
            "queue nowhere",
            "-o json queue RAO-20300107-1000",
            "doctor list -o csv",
            "--facility no_such_one doctor list",
            "queue --unknown",
            "queue \u2014\u2014all",
            "que",
            "slip " + CommandLineFixture.SLOT + "-01",
            "audit explain " + CommandLineFixture.SLOT + "-02")) {
      commands.add(List.of(command.split(" ")));
    }
    return commands;
  }

  @Test
  void eachCommandPrintsAndEndsAsItDoesOnItsOwn() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(2);
        CommandLineFixture other = new CommandLineFixture().withSlot(2)) {
      List<List<String>> commands = commands();
      String script =
          "number=0\n"
              + "call() {\n"
              + "  local code=0\n"
              + "  opd \"$@\" >$number.out 2>$number.err || code=$?\n"
              + "  echo $code >$number.exit\n"
              + "  number=$((number + 1))\n"
              + "}\n"
              + commands.stream()
                  .map(words ->
                      words.stream().map(SessionTest::quoted).collect(Collectors.joining(" ")))
                  .map(words -> "call " + words + "\n")
                  .collect(Collectors.joining());
      Ended ended = script(desk, BEGIN + script);
      assertThat(ended).isEqualTo(new Ended(0, List.of(), ""));
      for (int number = 0; number < commands.size(); number++) {
        List<String> command = commands.get(number);
        CommandLineFixture.Result alone = other.run(command.toArray(String[]::new));
        assertThat(
                new CommandLineFixture.Result(
                    Integer.parseInt(file(number + ".exit").strip()),
                    file(number + ".out"),
                    file(number + ".err")))
            .as("%s", command)
            .isEqualTo(alone);
      }
      assertThat(started()).containsExactly("session bash", "session serve");
    }
  }

  private static final String EVERYWHERE =
      """
      set -euo pipefail
      %1$s
      wait
      x=$(opd doctor list -o csv)
      echo "$x"
      opd doctor list | grep -c RAO
      OPD_OUTPUT=json opd doctor list | grep -c '^{'
      OPD_OUTPUT=json
      opd doctor list | grep -c '^{' || true
      export OPD_OUTPUT
      opd doctor list | grep -c '^{'
      unset OPD_OUTPUT
      for i in 1 2 3 4; do
        opd allocate --slot %2$s --phone 987654321$i --name P --priority paid --source app >/dev/null &
      done
      wait
      while read -r code; do opd doctor show "$code" >/dev/null; echo "read $code"; done <<<$'RAO\\nRAO'
      mkdir lists
      cd lists
      head='slot,phone,name,priority,source\\n'
      printf "${head}%2$s,9876543215,Q,paid,app\\n" >list.csv
      opd allocate --from list.csv -o json | grep -c ADMITTED
      printf "${head}%2$s,9876543216,R,paid,app\\n" | opd allocate --from - -o json | grep -c ADMITTED
      cd ..
      opd queue %2$s -o csv | wc -l
      opd allocate --slot %2$s --phone 9876543217 --name S --priority paid --source app >/dev/full 2>full ||
        echo "full $?"
      opd doctor list >/dev/full 2>>full || echo "full $?"
      (opd queue RAO-20300107-1000 2>/dev/null) || echo "not found $?"
      bash -c 'type -t opd'
      opd queue RAO-20300107-1000 2>/dev/null
      echo "not reached"
      """;

  @Test
  void itServesEveryPartOfAStrictScript() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(20)) {
      Ended ended = script(desk, EVERYWHERE.formatted(BEGIN, CommandLineFixture.SLOT));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out())
          .containsExactly(
              "code,name,specialization,active",
              "RAO,Dr. Rao,,true",
              "1",
              "1",
              "0",
              "1",
              "read RAO",
              "read RAO",
              "1",
              "1",
              "7",
              "full 6",
              "full 1",
              "not found 4",
              "file");
      assertThat(ended.exit()).isEqualTo(4);
      assertThat(folder.resolve("full"))
          .content()
          .contains(
              "decided and stored, but the result is lost",
              "No space left on device",
              "--request-id");
      assertThat(started())
          .containsSubsequence(
              "session bash",
              "session serve",
              "allocate --from list.csv -o json",
              "allocate --from - -o json",
              "session lost",
              "session lost")
          .hasSize(6);
    }
  }

  /// A shell that is given one line after the other.
  private final class Shell implements AutoCloseable {
    private static final String END = "ended with ";
    private final Process process;
    private final BufferedReader out;

    Shell(CommandLineFixture fixture) throws Exception {
      process = bash(fixture).redirectErrorStream(true).start();
      out = process.inputReader();
      run(BEGIN);
    }

    void type(String line) throws IOException {
      process.outputWriter().write(line + "\necho " + END + "$?\n");
      process.outputWriter().flush();
    }

    /// What the line printed, and its exit code.
    CommandLineFixture.Result ended() throws IOException {
      StringBuilder text = new StringBuilder();
      String line = out.readLine();
      while (!line.startsWith(END)) {
        text.append(line).append('\n');
        line = out.readLine();
      }
      return new CommandLineFixture.Result(
          Integer.parseInt(line.substring(END.length())), text.toString(), "");
    }

    CommandLineFixture.Result run(String line) throws IOException {
      type(line);
      return ended();
    }

    ProcessHandle program() throws IOException {
      return ProcessHandle.of(Long.parseLong(run("echo $__opd_pid").out().strip())).orElseThrow();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static void awaitBlocked(Prompt holder) throws Exception {
    Await.until(
        "a command waits for the lock",
        Await.PATIENCE,
        () ->
            holder.number(
                    "select count(*) from pg_locks where %d = any(pg_blocking_pids(pid))"
                        .formatted(holder.backend()))
                > 0);
  }

  @Test
  void aProgramThatIsKilledCostsNoOutcomeAndIsStartedAgain() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(2);
        Prompt prompt = Prompt.asSuperuser(desk.facility());
        Shell shell = new Shell(desk)) {
      String allocate = ALLOCATE.formatted(CommandLineFixture.SLOT, 1);
      prompt.begin("select id from slot for update");
      ProcessHandle first = shell.program();
      shell.type(allocate);
      awaitBlocked(prompt);
      first.destroyForcibly();
      CommandLineFixture.Result killed = shell.ended();
      prompt.rollback();
      assertThat(killed.exit()).as(killed.out()).isEqualTo(6);
      Matcher id = REQUEST_ID.matcher(killed.out());
      assertThat(id.find()).as(killed.out()).isTrue();
      assertThat(shell.run(allocate + " --request-id " + id.group(1)).exit()).isZero();
      assertThat(prompt.number("select count(*) from token")).isEqualTo(1);

      prompt.begin("lock table token in access exclusive mode");
      ProcessHandle second = shell.program();
      shell.type("opd queue " + CommandLineFixture.SLOT);
      awaitBlocked(prompt);
      second.destroyForcibly();
      prompt.rollback();
      CommandLineFixture.Result again = shell.ended();
      assertThat(again.exit()).as(again.out()).isZero();
      assertThat(again.out()).contains("Patient");
      assertThat(started())
          .containsExactly(
              "session bash",
              "session serve",
              "session lost",
              "session serve",
              "queue " + CommandLineFixture.SLOT);
    }
  }

  @Test
  void theProgramEndsWithItsShellWhateverThatHasStarted() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture();
        Shell ended = new Shell(desk);
        Shell killed = new Shell(desk)) {
      ProcessHandle endedProgram = ended.program();
      ProcessHandle killedProgram = killed.program();
      long sleeping = Long.parseLong(killed.run("sleep 600 & echo $!").out().strip());
      ended.type("exit");
      killed.process.destroyForcibly();
      for (ProcessHandle program : List.of(endedProgram, killedProgram)) {
        program.onExit().get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      ProcessHandle.of(sleeping).orElseThrow().destroy();
    }
  }

  @Test
  void atATerminalItAsksAndIsInterrupted() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(2);
        Prompt prompt = Prompt.asSuperuser(desk.facility());
        PseudoTerminal terminal = new PseudoTerminal(bash(desk, "-i"), 80, 24)) {
      prompt.begin("select id from slot for update");
      terminal.type(BEGIN + ALLOCATE.formatted(CommandLineFixture.SLOT, 1) + "\r");
      awaitBlocked(prompt);
      terminal.type("\u0003");
      terminal.type("echo interrupted: $?\r");
      terminal.await(text -> text.contains("interrupted: 130"));
      prompt.rollback();
      terminal.type("opd slot cancel " + CommandLineFixture.SLOT + " --reason ill\r");
      terminal.await(text -> text.contains("Cancel RAO-20300107-0900, with 1 patient? [y/N] "));
      terminal.type("n\r");
      terminal.await(text -> text.contains("Nothing was changed."));
      terminal.type("exit\r");
      assertThat(terminal.ending()).startsWith("exit 2");
      assertThat(terminal.written()).doesNotContain("[1]", "coproc", "Done");
    }
  }
}
