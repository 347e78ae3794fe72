package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opd.cli.console.LineScanner;
import opd.domain.ClockSource;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// What the README shows is what happens.
final class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("```console\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SECONDS = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
  private static final String TOUR = "## Five minutes";

  /// A command as it is shown, with what is shown of its output.
  private record Shown(String command, List<String> output) {}

  private static String readme() throws IOException {
    return Files.readString(CommandReference.README);
  }

  private static List<Shown> shown(String markdown) {
    List<Shown> commands = new ArrayList<>();
    BLOCK
        .matcher(markdown)
        .results()
        .flatMap(block -> block.group(1).lines())
        .forEach(line -> {
          if (line.startsWith("$ ")) {
            commands.add(new Shown(line.substring(2), new ArrayList<>()));
          } else if (!commands.isEmpty() && !line.isBlank()) {
            commands.getLast().output().add(line);
          }
        });
    return commands;
  }

  private static String section(String readme, String heading) {
    int start = readme.indexOf(heading);
    assertThat(start).as(heading).isPositive();
    return readme.substring(start, readme.indexOf("\n## ", start + 1));
  }

  @Test
  void itsTablesAreWhatTheHelpSays() throws IOException {
    assertThat(CommandReference.written(readme()))
        .as("run scripts/generate-man")
        .isEqualTo(readme());
  }

  @Test
  void theTourGivesWhatItShows() throws IOException, SQLException {
    try (CommandLineFixture fixture =
        new CommandLineFixture(TestFacility.create(ClockSource.DATABASE, ZoneId.of("UTC")))) {
      fixture.with("OPD_ACTOR", "desk1");
      stopClock(fixture.facility());
      int exit = 0;
      List<Shown> tour = shown(section(readme(), TOUR));
      assertThat(tour).hasSizeGreaterThan(10);
      for (Shown shown : tour) {
        if (shown.command().equals("echo $?")) {
          assertThat(shown.output()).containsExactly(Integer.toString(exit));
          continue;
        }
        var result = fixture.run(words(shown.command()));
        exit = result.exit();
        assertThat(exit).as(shown.command() + "\n" + result.err()).isIn(0, 3);
        check(shown, result.out());
      }
    }
  }

  /// At noon of the tour's day: the functions that ask the server for the time find others first.
  private static void stopClock(TestFacility facility) throws SQLException {
    String schema = facility.name().schema();
    String time =
        "create function %s.%s returns timestamptz language sql stable"
            + " return '2026-11-22T12:14:10Z'::timestamptz";
    String path = "alter function %1$s.%2$s set search_path = %1$s, pg_catalog, pg_temp";
    try (Prompt superuser = Prompt.asSuperuser(facility)) {
      superuser.run(
          time.formatted(schema, "now()"),
          time.formatted(schema, "clock_timestamp()"),
          path.formatted(schema, "decision_time()"),
          path.formatted(schema, "token_takes_a_place()"),
          path.formatted(schema, "audit_entry_joins_its_chain()"));
    }
  }

  private static void check(Shown shown, String out) {
    List<String> actual =
        out.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("request "))
            .map(line -> SECONDS.matcher(line.stripTrailing()).replaceAll("…"))
            .toList();
    List<String> expected =
        shown.output().stream()
            .filter(line -> !line.equals("…"))
            .map(line -> SECONDS.matcher(line).replaceAll("…"))
            .toList();
    if (shown.output().contains("…")) {
      assertThat(actual).as(shown.command()).containsSubsequence(expected);
    } else if (!expected.isEmpty()) {
      assertThat(actual).as(shown.command()).isEqualTo(expected);
    }
  }

  @Test
  void everyCommandItNamesExists() throws IOException {
    List<Shown> all = shown(readme());
    int checked = 0;
    for (Shown shown : all) {
      String command =
          shown.command().replaceFirst("^([A-Z_]+=\\S+ )+", "").replaceFirst("^#.*", "");
      if (command.startsWith("opd ") || command.startsWith("scripts/opd ")) {
        String[] words = words(command.substring(command.indexOf("opd ")));
        CommandReference.withCommands(root -> root.parseArgs(words));
        checked++;
      } else if (command.startsWith("scripts/")) {
        assertThat(Files.isExecutable(Path.of(command.split(" ")[0]))).as(command).isTrue();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(30);
  }

  /// As a shell takes it apart, without comment and redirections.
  private static String[] words(String command) {
    String bare = command.replaceFirst("\\s+#.*", "").replaceFirst("\\s+[<>|].*", "");
    return LineScanner.scan(bare, false).commands().getFirst().stream()
        .skip(1)
        .map(LineScanner.Word::text)
        .toArray(String[]::new);
  }
}
