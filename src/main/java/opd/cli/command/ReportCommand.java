package opd.cli.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Days;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.output.Listing;
import opd.report.Figure;
import opd.report.FigureTable;
import opd.report.Grouping;
import opd.report.LoggedDay;
import opd.report.Report;
import opd.report.ReportCheck;
import opd.report.SavedReport;
import opd.simulation.report.LogReport;
import opd.simulation.report.ReportFile;
import picocli.CommandLine;

/// Tells in figures what really happened, and holds such a report against the log.
public final class ReportCommand {
  private final CommandContext context;
  private final Given<String> from =
      Given.value("--from", "DATE", "The first day (default: the last one).");
  private final Given<String> to =
      Given.value("--to", "DATE", "The last day (default: today, or the first one if later).");
  private final Given<String> by =
      Given.value("--by", "GROUP", "doctor, priority, source, hour, weekday or actor.");
  private final Given<Boolean> publish =
      Given.flag(
          "--publish",
          "Leave out figures of 1 to 4 patients, and what these could be worked out from.");
  private final Given<Path> html =
      Given.value(
          Path.class,
          "--html",
          "FILE",
          "Also write a page with the figures and, of a single day, its drawings.");
  private final Given<String> check =
      Given.value(
          "--check", "FILE", "Make the report again that 'opd report -o json' printed; compare.");

  public ReportCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of(
            "report",
            "Tell in figures what really happened on some days, from the log alone.",
            "No patient is named: an auditor's login suffices. Days are those of the slots. What each"
                + " figure means: 'opd help figures'.",
            "A report says how far into the log it goes: with --check it is made again from the same"
                + " entries, and exit 7 tells of a difference.")
        .examples(
            "opd report",
            "opd report --from 2026-11-01 --to 2026-11-30 --by doctor",
            "opd report --by weekday -o csv --columns group.weekday,requests",
            "opd report --from yesterday -o json > report.json",
            "opd report --from yesterday --html yesterday.html",
            "opd report --check report.json")
        .takes(from, to, by, publish, html, check)
        .lists(this::listing)
        .does(this::report);
  }

  private Optional<Listing> listing() {
    if (check.isGiven()) {
      return Optional.empty();
    }
    Stream<String> figures = FigureTable.ALL.stream().map(Figure::name);
    return Optional.of(
        new Listing(
            Stream.concat(grouping().stream().map(group -> "group." + group.word()), figures)
                .toList()));
  }

  private Optional<Grouping> grouping() {
    return by.optional().map(text -> Inputs.choice(Grouping.class, "grouping", text));
  }

  private int report() {
    if (check.isGiven()) {
      return check(Inputs.file(check.get()));
    }
    Optional<Grouping> grouping = grouping();
    if (publish.isGiven() && grouping.equals(Optional.of(Grouping.ACTOR))) {
      throw CommandContext.usage("--publish does not go with --by actor: it would name the staff");
    }
    Report.Asked asked = new Report.Asked(days(), grouping, publish.isGiven());
    if (html.isGiven()) {
      withPage(asked, html.get());
    } else {
      print(context.desk().reports().of(asked, _ -> {}));
    }
    return ExitStatus.DONE.code();
  }

  private void print(Report report) {
    context.printer().report(report, facility());
  }

  private String facility() {
    return context.settings().facilityName().value();
  }

  /// Of several days, or for everybody's eyes, no single patient's way is drawn.
  private void withPage(Report.Asked asked, Path file) {
    boolean isDrawn = asked.days().first().equals(asked.days().last()) && !asked.isPublished();
    List<LoggedDay> days = new ArrayList<>();
    try (ReportFile page = ReportFile.at(file)) {
      Report report =
          context
              .desk()
              .reports()
              .of(
                  asked,
                  day -> {
                    if (isDrawn) {
                      days.add(day);
                    }
                  });
      page.write(out -> LogReport.write(report, facility(), days.stream().findFirst(), out));
      print(report);
    }
  }

  private Days days() {
    LocalDate today = context.desk().today();
    Inputs inputs = context.inputs();
    Optional<LocalDate> first = from.optional().map(inputs::date);
    Optional<LocalDate> last = to.optional().map(inputs::date);
    LocalDate end = last.orElseGet(() -> first.filter(today::isBefore).orElse(today));
    Days days = new Days(first.orElse(end), end);
    if (days.first().isAfter(days.last())) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "--from " + days.first() + " is after --to " + days.last(),
          "exchange them");
    }
    return days;
  }

  private int check(Path file) {
    List<Given<?>> others = new ArrayList<>(List.of(from, to, by, publish, html));
    if (others.stream().anyMatch(Given::isGiven)) {
      throw CommandContext.usage("--check goes alone: the file says what it is a report of");
    }
    SavedReport saved = SavedReport.read(file);
    ReportCheck checked = context.desk().reports().check(saved);
    context.printer().reportChecked(checked);
    return (checked.isSame() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
  }
}
