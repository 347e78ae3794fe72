package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opd.cli.CommandLineFixture.Result;
import opd.cli.console.LineScanner;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.domain.ClockSource;
import opd.output.StandardOutput;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// What the README and the manual show is what happens.
final class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("```console\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SECONDS = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Path README = Path.of("README.md");
  private static final Pattern DESK_COMMAND = Pattern.compile("(?:\\$ |`)(opd [^`\n]+)");
  private static final String DRY_RUN = " --dry-run";
  private static final String TOUR = "## Five minutes";

  /// A command as it is shown, with what is shown of its output.
  private record Shown(String command, List<String> output) {}

  private static String readme() throws IOException {
    return Files.readString(README);
  }

  /// The README and the pages of the manual.
  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(README), docs.sorted()).toList();
    }
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
  void theTablesOfCommandsAreWhatTheHelpSays() throws IOException {
    String page = Files.readString(CommandReference.PAGE);
    assertThat(CommandReference.written(page)).as("run scripts/generate-man").isEqualTo(page);
  }

  @Test
  void itIsReadInThreeMinutes() throws IOException {
    assertThat(Files.size(README)).isLessThan(10_000);
  }

  @Test
  void noLinkIsDead() throws IOException {
    int checked = 0;
    for (Path page : pages()) {
      for (String link :
          LINK.matcher(Files.readString(page)).results().map(r -> r.group(1)).toList()) {
        String[] fileAndHeading = link.split("#", 2);
        Path target =
            fileAndHeading[0].isEmpty() ? page : page.resolveSibling(fileAndHeading[0]).normalize();
        assertThat(target).as(page + ": " + link).exists();
        if (fileAndHeading.length == 2) {
          assertThat(headings(target)).as(page + ": " + link).contains(fileAndHeading[1]);
        }
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(15);
  }

  /// As links name them.
  private static List<String> headings(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line ->
            line.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-'))
        .toList();
  }

  @Test
  void theTourGivesWhatItShows() throws IOException, SQLException {
    try (CommandLineFixture fixture =
        new CommandLineFixture(TestFacility.create(ClockSource.DATABASE, ZoneId.of("UTC")))) {
      fixture.with("OPD_ACTOR", "desk1");
      stopClock(fixture.facility());
      int exit = 0;
      List<Shown> tour = shown(section(readme(), TOUR));
      assertThat(tour).hasSizeGreaterThan(8);
      for (Shown shown : tour) {
        if (shown.command().equals("opd demo")) {
          makeDemo(fixture);
          continue;
        }
        if (shown.command().equals("export OPD_FACILITY=demo")) {
          continue;
        }
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

  /// But what goes on until it is interrupted, and what is no work at a desk.
  @Test
  void whatTheDesksPageShowsCanBeDoneInAFreshDemo() throws IOException, SQLException {
    try (CommandLineFixture fixture =
        new CommandLineFixture(TestFacility.create(ClockSource.DATABASE, ZoneId.of("UTC")))) {
      stopClock(fixture.facility());
      makeDemo(fixture);
      List<String> commands =
          DESK_COMMAND
              .matcher(Files.readString(Path.of("docs/desk.md")))
              .results()
              .map(found -> found.group(1))
              .filter(
                  each -> !each.matches("opd (console|demo|explain|help|completion|.*--watch).*"))
              .toList();
      assertThat(commands).hasSizeGreaterThan(20);
      for (String command : commands) {
        assertThat(fixture.run(words(command))).as(command).extracting(Result::exit).isEqualTo(0);
        if (command.endsWith(DRY_RUN)) {
          String real = command.replace(DRY_RUN, "");
          assertThat(fixture.run(words(real))).as(real).extracting(Result::exit).isEqualTo(0);
        }
      }
    }
  }

  /// In the test's own facility, so that it stands in nobody's way.
  private static void makeDemo(CommandLineFixture fixture) {
    Surroundings surroundings =
        new Surroundings(
            fixture.environment(),
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            0,
            0);
    try (ConsoleState one = ConsoleState.ofOneCommand()) {
      DemoCommand.fill(
          new CommandContext(surroundings, one), fixture.facility().name(), ZoneId.of("UTC"));
    }
  }

  /// In the middle of the tour's day: the functions that ask the server for the time find others
  /// first.
  private static void stopClock(TestFacility facility) throws SQLException {
    String schema = facility.name().schema();
    String time =
        "create function %s.%s returns timestamptz language sql stable"
            + " return '2026-11-22T11:14:10Z'::timestamptz";
    String path = "alter function %1$s.%2$s set search_path = %1$s, pg_catalog, pg_temp";
    try (Prompt superuser = Prompt.asSuperuser(facility)) {
      superuser.run(
          time.formatted(schema, "now()"),
          time.formatted(schema, "clock_timestamp()"),
          "create or replace function %s.decision_time(clock text) returns timestamptz language sql stable"
                  .formatted(schema)
              + " return '2026-11-22T11:14:10Z'::timestamptz",
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
    List<Shown> all = new ArrayList<>();
    for (Path page : pages()) {
      all.addAll(shown(Files.readString(page)));
    }
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
    assertThat(checked).isGreaterThan(50);
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
