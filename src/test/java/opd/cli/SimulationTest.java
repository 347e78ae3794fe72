package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import opd.domain.FacilityName;
import opd.store.schema.Removal;
import opd.testing.Await;
import opd.testing.Extent;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `opd simulate` as a whole, in processes of its own.
@Order(12)
final class SimulationTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final String PATIENTS = Integer.toString(Extent.of(12, 40));
  private static final String[] SMALL = {
    "simulate", "--day", "--doctors", "2", "--slots", "3", "--patients", PATIENTS, "-o", "json"
  };

  @Test
  void theSameSeedGivesTheSameOutputWhateverTheMachineIsSetTo() throws Exception {
    String here = run(Map.of("TZ", "Asia/Kolkata", "LC_ALL", "C.UTF-8"));
    String there =
        run(
            Map.of(
                "TZ",
                "America/St_Johns",
                "LANG",
                "ar_EG.UTF-8",
                "LC_ALL",
                "ar_EG.UTF-8",
                // Another language also where the machine has no such locale.
                "JDK_JAVA_OPTIONS",
                "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab"));
    assertThat(there).isEqualTo(here).contains("\"ok\":true", "\"digest\":\"");
  }

  private static String run(Map<String, String> environment) throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture()) {
      var administrator = TestServer.get().administrator(new FacilityName("main"));
      fixture
          .with("OPD_DB_USER", administrator.user())
          .with("OPD_DB_PASSWORD", administrator.password());
      ProcessBuilder builder = fixture.process(SMALL);
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return out;
    }
  }

  @Test
  void aDayFits80ColumnsAndItsFiguresAreExplained() {
    try (CommandLineFixture fixture = administrator()) {
      var watched = fixture.watched("simulate", "--day", "--doctors", "2", "--patients", "40");
      assertThat(watched.err()).contains(" %, ", " s left; ", " decisions").endsWith("\r\033[K");
      String out = watched.out();
      assertThat(out.lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
      String figures = out.substring(out.indexOf("The generated day\n"));
      assertThat(figures.lines().filter(line -> line.startsWith("DOCTOR")))
          .singleElement()
          .asString()
          .contains("ASKED", "REFUSED", "LOST", "TWICE", "BACK", "USED", "WAIT", "90 %", "MAX");
      assertThat(figures.replace('\n', ' '))
          .containsPattern("had [0-9]+ requests, [0-9]+ of the generated day and 24 of the steps");
      assertThat(figures)
          .contains("ASKED: ", "LOST: ", "TWICE: ", "BACK: ", "USED: ", "Minutes waited: ");
    }
  }

  @Test
  void aFacilityThatWasKeptCanBeReadAndNotChanged(@TempDir Path folder) throws IOException {
    try (CommandLineFixture fixture = administrator()) {
      var kept =
          fixture.run(
              "simulate", "--day", "--keep", "--doctors", "1", "--slots", "2", "--patients", "10");
      String name = kept.err().strip().replace("kept as facility ", "");
      fixture.with("OPD_FACILITY", name);
      try {
        assertThat(fixture.run("slot", "list", "--all").out()).contains("RAO-20300107-");
        assertThat(fixture.run("queue").exit()).isZero();
        assertThat(fixture.json("audit", "--limit", "3").jsonLines()).hasSize(3);
        assertThat(fixture.run("audit", "explain", "id:1").exit()).isZero();
        assertThat(fixture.json("audit", "verify").json().path("ok").asBoolean()).isTrue();
        assertThat(fixture.run("audit", "seal").json().path("time").asText())
            .startsWith("2030-01-0");
        assertThat(fixture.watched("db", "backup", folder.resolve("kept").toString()).err())
            .contains("was made for a simulation", "'opd simulate'")
            .doesNotContain("backed up");
        for (String change :
            List.of(
                "doctor add NEW --name New",
                "slot cancel id:1 --reason x",
                "cancel id:1",
                "allocate --slot id:1 --phone 9876543210 --name N --priority paid --source app",
                "allocate --slot id:1 --phone 9876543210 --name N --priority paid --source app"
                    + " --dry-run")) {
          var refused = fixture.run(change.split(" "));
          assertThat(refused.exit()).as(change).isEqualTo(2);
          assertThat(refused.err())
              .as(change)
              .contains("was made by a simulation and can only be read");
        }
      } finally {
        new Removal(TestServer.get().administrator(new FacilityName(name))).dropIfThere();
      }
    }
  }

  @Test
  void severalDaysAreALineEachAndASummary(@TempDir Path folder) throws IOException {
    Path junit = folder.resolve("checks.xml");
    try (CommandLineFixture fixture = administrator()) {
      var result =
          fixture.run(
              "simulate",
              "--day",
              "--days",
              "2",
              "--seed",
              "5",
              "--desks",
              "3",
              "--doctors",
              "1",
              "--patients",
              "15",
              "--junit",
              junit.toString());
      assertThat(result.exit()).as(result.out()).isZero();
      assertThat(result.out().lines())
          .hasSize(3)
          .element(2)
          .isEqualTo("2 of 2 days played, all passed");
      assertThat(result.out()).contains("seed 5 ", "seed 6 ");
      assertThat(Files.readString(junit))
          .contains("<testsuites>", "seed 5\"", "seed 6\"", "failures=\"0\"")
          .containsPattern("<testsuite [^>]*time=\"[1-9]?[0-9]\\.[0-9]{3}\"")
          .containsPattern("<testcase [^>]*time=\"[0-9]\\.0[0-9]{2}\"")
          .doesNotContain("<failure");
    }
  }

  @Test
  void wrongOptionsAreSaidBeforeAnythingIsPlayed(@TempDir Path folder) throws IOException {
    try (CommandLineFixture fixture = administrator()) {
      assertThat(fixture.run("simulate").err()).contains("say --day");
      assertThat(fixture.run("simulate", "--day", "--desks", "0").err())
          .contains("--desks is from 1 to 64");
      assertThat(fixture.run("simulate", "--day", "--doctors", "0").err())
          .contains("doctors are from 1 to 500");
      assertThat(fixture.run("simulate", "--day", "--doctors", "2", "--scenario", "day.json").err())
          .contains("not from both");
      assertThat(fixture.run("simulate", "--day", "--scenario", "/nowhere/day.json").err())
          .contains("cannot be read");
      assertThat(fixture.run("simulate", "--scenario-schema").out()).startsWith("{\n");
      assertThat(fixture.run("simulate", "--scenario-example").out()).contains("Asia/Kolkata");
      Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"doctors\": 0, \"slot\": 1}");
      assertThat(fixture.run("simulate", "--day", "--scenario", wrong.toString()).err())
          .isEqualTo(
              """
              error: the scenario has mistakes
                line 1, column 2: doctors must be a whole number from 1 to 500
                line 1, column 16: slot is not known here
              """);
      assertThat(
              fixture.run("-o", "json", "simulate", "--day", "--scenario", wrong.toString()).err())
          .contains("the scenario has mistakes: line 1, column 2: doctors must");
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aDayThatIsStoppedInTheMiddleLeavesNothingBehind(
      String signal, int exit, @TempDir Path folder) throws Exception {
    try (CommandLineFixture fixture = administrator();
        Prompt prompt = Prompt.asSuperuser(fixture.facility())) {
      String application = "stopped-" + signal + ProcessHandle.current().pid();
      fixture.with(
          "OPD_DB_URL",
          fixture.environment().get("OPD_DB_URL") + "?ApplicationName=" + application);
      Path err = folder.resolve("err");
      ProcessBuilder simulation =
          fixture.process("simulate", "--day", "--days", "1000", "--desks", "4");
      // Whoever runs the tests in the background may have them ignore SIGINT, and with them this.
      simulation.command().addAll(0, List.of("env", "--default-signal=INT"));
      Process process =
          simulation
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(err.toFile())
              .start();
      try {
        String schema = schemaAtWork(process, prompt, application);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exit);
        assertThat(err).isEmptyFile();
        assertThat(schema).startsWith("opd_sim_");
        assertThat(
                prompt.number(
                    "select count(*) from pg_namespace where nspname = '%s'".formatted(schema)))
            .isZero();
        assertThat(
                prompt.number(
                    "select count(*) from pg_roles where starts_with(rolname, '%s')"
                        .formatted(schema)))
            .isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /// The schema where the process writes tokens at this moment.
  private static String schemaAtWork(Process process, Prompt prompt, String application)
      throws SQLException {
    String query =
        """
        select distinct nspname from pg_locks l join pg_stat_activity a using (pid)
          join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
          where a.application_name = '%s' and l.mode = 'RowExclusiveLock' and relname = 'token'\
        """
            .formatted(application);
    Instant deadline = Instant.now().plus(PATIENCE);
    List<String> schemas = List.of();
    while (schemas.isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      assertThat(Instant.now()).as("no day begins").isBefore(deadline);
      Await.pause();
      schemas = prompt.column(query);
    }
    return schemas.getFirst();
  }

  private static CommandLineFixture administrator() {
    var administrator = TestServer.get().administrator(new FacilityName("main"));
    return new CommandLineFixture()
        .with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
  }
}
