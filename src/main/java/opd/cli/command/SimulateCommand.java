package opd.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Inputs;
import opd.output.JUnitXml;
import opd.simulation.day.DayResult;
import opd.simulation.plan.DayPlanner;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.ScenarioFile;
import opd.simulation.report.DayReport;
import opd.simulation.report.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Run a whole outpatient day through the engine and check every step.",
      "It takes place in a facility of its own, which is dropped afterwards, never in the live one;"
          + " there a COMMIT does not wait for the disk. First seven scripted steps, then a day that"
          + " is drawn from a seed. Exit 0 when every check holds, 7 when one fails."
    },
    footer = {
      "",
      "Examples:",
      "  opd simulate --day",
      "  opd simulate --day 2030-03-01 --seed 7 -o json",
      "  opd simulate --day --days 20 --desks 8",
      "  opd simulate --day --doctors 3 --patients 90 --junit simulation.xml",
      "  opd simulate --day --report day.html"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final String DEFAULT_DAY = "2030-01-07";
  private static final String SCHEMA = "scenario.schema.json";

  private final Session session;

  @Option(
      names = "--day",
      arity = "0..1",
      fallbackValue = DEFAULT_DAY,
      paramLabel = "DATE",
      description = "Which day to play (default: " + DEFAULT_DAY + ").")
  @Nullable String day;

  @Mixin SimulationOptions options = new SimulationOptions();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write the checks for a CI server, one test case each.")
  @Nullable Path junit;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page about the day: timelines, figures, checks.")
  @Nullable Path report;

  @Option(names = "--keep", description = "Leave the facility, and say its name.")
  boolean keep;

  @Option(
      names = "--scenario-schema",
      description = "Print the JSON Schema of scenarios instead of playing a day.")
  boolean showSchema;

  public SimulateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (showSchema) {
      session.surroundings().out().print(schema());
      return ExitStatus.DONE.code();
    }
    if (day == null) {
      throw Session.usage("say --day, or --day DATE");
    }
    if (day.startsWith("-")) {
      throw Session.usage("unknown option " + day);
    }
    LocalDate date = Inputs.isoDate(day);
    if (report != null && options.days > 1) {
      throw Session.usage("--report is of one day, not of " + options.days);
    }
    Scenario scenario = options.scenario();
    try (ReportFile page = at(report);
        ReportFile xml = at(junit)) {
      List<DayResult> days = options.days == 1 ? one(date, scenario) : many(date, scenario);
      if (page != null) {
        page.write(out -> DayReport.write(days.getLast(), repeat(date, options.seed), out));
      }
      if (xml != null) {
        xml.write(out -> out.write(JUnitXml.of(days)));
      }
      return (days.getLast().ok() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
    }
  }

  /// Before the day is played, so that a file that cannot be written is said at once.
  private static @Nullable ReportFile at(@Nullable Path file) {
    return file == null ? null : ReportFile.at(file);
  }

  private String repeat(LocalDate date, long seed) {
    return options.repeat(date.toString(), seed);
  }

  private List<DayResult> one(LocalDate date, Scenario scenario) {
    DayResult result = play(date, scenario, options.seed);
    session.printer().day(result);
    return List.of(result);
  }

  /// Until one fails.
  private List<DayResult> many(LocalDate date, Scenario scenario) {
    List<DayResult> days = new ArrayList<>();
    boolean ok = true;
    for (long seed = options.seed; ok && days.size() < options.days; seed++) {
      DayResult result = play(date, scenario, seed);
      session.printer().dayOfMany(result, repeat(date, seed));
      ok = result.ok();
      days.add(result.withoutRecord());
    }
    session.printer().days(days.size(), options.days, ok);
    return days;
  }

  private DayResult play(LocalDate date, Scenario scenario, long seed) {
    return new Simulations(session)
        .play(date, seed, DayPlanner.plan(scenario, date, seed), options.desks, keep);
  }

  private static String schema() {
    try (InputStream stream =
        Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(SCHEMA))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SCHEMA + " cannot be read", e);
    }
  }
}
