package opd.cli.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.output.JUnitXml;
import opd.simulation.day.DayResult;
import opd.simulation.plan.DayPlanner;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.ScenarioFile;
import opd.simulation.report.DayReport;
import opd.simulation.report.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// Plays days and checks them.
public final class SimulateCommand {
  private static final String DEFAULT_DAY = "2030-01-07";

  private final CommandContext context;
  private final Given<String> day =
      Given.valueOr(
          DEFAULT_DAY, "--day", "DATE", "Which day to play (default: " + DEFAULT_DAY + ").");
  private final SimulationOptions options = new SimulationOptions();
  private final Given<Path> junit =
      Given.value(
          Path.class,
          "--junit",
          "FILE",
          "Also write the checks for a CI server, one test case each.");
  private final Given<Path> report =
      Given.value(
          Path.class,
          "--report",
          "FILE.html",
          "Write a page about the day: timelines, figures, checks.");
  private final Given<Boolean> keep = Given.flag("--keep", "Leave the facility, and say its name.");
  private final Given<Boolean> showSchema =
      Given.flag(
          "--scenario-schema", "Print the JSON Schema of scenarios instead of playing a day.");
  private final Given<Boolean> showExample =
      Given.flag("--scenario-example", "Print a scenario to start from instead of playing a day.");

  public SimulateCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return options
        .addTo(
            Description.of(
                    "simulate",
                    "Run a whole outpatient day through the engine and check every step.",
                    "It takes place in a facility of its own, which is dropped afterwards, never in"
                        + " the live one; there a COMMIT does not wait for the disk. First seven"
                        + " scripted steps, then a day that is drawn from a seed. Exit 0 when every"
                        + " check holds, 7 when one fails.")
                .examples(
                    "opd simulate --day",
                    "opd simulate --day 2030-03-01 --seed 7 -o json",
                    "opd simulate --day --days 20 --desks 8",
                    "opd simulate --day --doctors 3 --patients 90 --junit simulation.xml",
                    "opd simulate --day --report day.html",
                    "opd simulate --scenario-example > hospital.json",
                    "opd simulate --day --scenario hospital.json")
                .takes(day))
        .takes(junit, report, keep, showExample, showSchema)
        .does(this::simulate);
  }

  private int simulate() {
    if (showSchema.isGiven() || showExample.isGiven()) {
      context
          .surroundings()
          .out()
          .print(showSchema.isGiven() ? ScenarioFile.schema() : ScenarioFile.example());
      return ExitStatus.DONE.code();
    }
    String text =
        day.optional().orElseThrow(() -> CommandContext.usage("say --day, or --day DATE"));
    if (text.startsWith("-")) {
      throw CommandContext.usage("unknown option " + text);
    }
    LocalDate date = Inputs.isoDate(text);
    if (report.isGiven() && options.days() > 1) {
      throw CommandContext.usage("--report is of one day, not of " + options.days());
    }
    Scenario scenario = options.scenario();
    try (ReportFile page = at(report);
        ReportFile xml = at(junit);
        Progress progress = new Progress(context)) {
      List<DayResult> days =
          options.days() == 1 ? one(date, scenario, progress) : many(date, scenario, progress);
      progress.done();
      if (page != null) {
        page.write(out -> DayReport.write(days.getLast(), repeat(date, options.seed()), out));
      }
      if (xml != null) {
        xml.write(out -> out.write(JUnitXml.of(days)));
      }
      return (days.getLast().ok() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
    }
  }

  /// Before the day is played, so that a file that cannot be written is said at once.
  private static @Nullable ReportFile at(Given<Path> file) {
    return file.optional().map(ReportFile::at).orElse(null);
  }

  private String repeat(LocalDate date, long seed) {
    return options.repeat(date.toString(), seed);
  }

  private List<DayResult> one(LocalDate date, Scenario scenario, Progress progress) {
    DayResult result =
        play(
            date,
            scenario,
            options.seed(),
            new SimulationProgress(
                progress, 1, 0, "stopped: nothing is left of the day; the same command plays it"));
    progress.clear();
    context.printer().day(result);
    return List.of(result);
  }

  /// Until one fails.
  private List<DayResult> many(LocalDate date, Scenario scenario, Progress progress) {
    List<DayResult> days = new ArrayList<>();
    boolean ok = true;
    boolean goesOn = true;
    for (long seed = options.seed(); goesOn && days.size() < options.days(); seed++) {
      DayResult result =
          play(
              date,
              scenario,
              seed,
              new SimulationProgress(
                  progress, options.days(), days.size(), goOn(date, seed, days.size())));
      progress.clear();
      context.printer().dayOfMany(result, repeat(date, seed));
      ok = result.ok();
      // In a console, Ctrl-C ends it after the day at hand.
      goesOn = ok && !Thread.currentThread().isInterrupted();
      days.add(result.withoutRecord());
    }
    context.printer().days(days.size(), options.days(), ok);
    return days;
  }

  private String goOn(LocalDate date, long seed, int played) {
    return "stopped after %d of %d days; this goes on:\n  %s --days %d"
        .formatted(played, options.days(), repeat(date, seed), options.days() - played);
  }

  private DayResult play(
      LocalDate date, Scenario scenario, long seed, SimulationProgress progress) {
    return new Simulations(context, progress)
        .play(date, seed, DayPlanner.plan(scenario, date, seed), options.desks(), keep.isGiven());
  }
}
