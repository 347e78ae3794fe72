package opd.output.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PlainText;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.output.CommandEnd;
import opd.output.Printer;
import opd.output.Properties;
import opd.record.StoredEntry;
import opd.report.Report;
import opd.report.ReportCheck;
import opd.service.AuditService.Explanation;
import opd.service.Check;
import opd.service.OwedService.OwedPlaces;
import opd.service.PatientService.PatientTokens;
import opd.service.QueueService.Slip;
import opd.service.QueueService.SlotQueue;
import opd.service.VerificationService.Verified;
import opd.simulation.day.DayResult;
import org.jspecify.annotations.Nullable;

/// Tables and short sentences for people, the important thing first.
public final class TablePrinter implements Printer {
  /// How many columns there are to write in.
  ///
  /// @param errors of standard error, where lines of an error are broken between words
  public record Widths(int results, int errors) {}

  private final PrintWriter out;
  private final PrintWriter err;
  private final Widths widths;
  private final int width;
  private final Style style;
  private final ZoneText zone;
  private boolean hasHeading;

  public TablePrinter(PrintWriter out, PrintWriter err, Widths widths, Style style, ZoneText zone) {
    this.out = out;
    this.err = err;
    this.widths = widths;
    this.width = widths.results();
    this.style = style;
    this.zone = zone;
  }

  @Override
  public void answer(Response<? extends Outcome> answer) {
    new AnswerText(out, width, style, zone).print(answer);
    out.flush();
  }

  @Override
  public void doctors(List<Doctor> doctors) {
    Table table =
        new Table()
            .column("CODE", Table.Kind.TEXT)
            .column("NAME", Table.Kind.NAME)
            .optional("SPECIALIZATION", Table.Kind.TEXT)
            .column("", Table.Kind.TEXT);
    for (Doctor doctor : doctors) {
      table.row(
          doctor.code(),
          doctor.name(),
          doctor.specialization() == null ? "" : doctor.specialization(),
          doctor.active() ? "" : "not active");
    }
    print(table, "No doctors yet. Add one with: opd doctor add RAO --name \"Dr. Rao\"");
  }

  @Override
  public void slots(List<Slot> slots) {
    print(
        new SlotTable(style, zone).of(slots),
        "No slots on that day. Open one with: opd slot open --help");
  }

  @Override
  public void slot(Slot slot) {
    properties(new SlotTable(style, zone).details(slot));
  }

  @Override
  public void foundPatients(List<PatientTokens> patients) {
    print(new PatientTable(zone).today(patients), "Nobody found.");
  }

  @Override
  public void patientTokens(List<PatientTokens> patients) {
    for (PatientTokens shown : patients) {
      Patient patient = shown.patient();
      out.println(
          "%s  %s  member %d"
              .formatted(
                  style.strong(PlainText.visible(patient.shownName())),
                  patient.shownPhone(),
                  patient.member()));
      print(new PatientTable(zone).tokens(shown.tokens()), "No tokens yet.");
    }
  }

  @Override
  public void queues(List<SlotQueue> queues) {
    if (queues.isEmpty()) {
      out.println("No slots on that day.");
    }
    String gap = "";
    for (SlotQueue queue : queues) {
      out.print(gap);
      queue(queue);
      gap = System.lineSeparator();
    }
    out.flush();
  }

  @Override
  public void owed(OwedPlaces owed) {
    print(new OwedTable(zone).of(owed), "Nobody is owed a place.");
  }

  @Override
  public void slip(Slip slip) {
    SlipText.lines(slip, zone).forEach(out::println);
    out.flush();
  }

  @Override
  public void changedQueue(SlotQueue queue, Instant time) {
    out.println(style.quiet(zone.clock(time) + " " + zone.name(time)));
    queue(queue);
    out.println();
    out.flush();
  }

  private void queue(SlotQueue queue) {
    QueueTable table = new QueueTable(style, zone);
    table.heading(queue.slot(), width).forEach(out::println);
    print(table.of(queue), "Nobody is waiting.");
  }

  @Override
  public void entry(StoredEntry entry) {
    EntryLines lines = new EntryLines(width, style, zone);
    if (!hasHeading) {
      out.println(lines.heading(entry));
      hasHeading = true;
    }
    out.println(lines.line(entry));
  }

  @Override
  public void explanation(Explanation explanation) {
    new AuditText(out, width, style).print(explanation);
    out.flush();
  }

  @Override
  public void verified(Verified verified) {
    new AuditText(out, width, style).print(verified);
    out.flush();
  }

  @Override
  public void report(Report report, String facility) {
    new ReportText(out, width, style).print(report, facility);
    out.flush();
  }

  @Override
  public void reportChecked(ReportCheck check) {
    new ReportText(out, width, style).print(check);
    out.flush();
  }

  @Override
  public void end() {
    out.flush();
  }

  @Override
  public void day(DayResult day) {
    DayText text = new DayText(out, width, style);
    text.steps(day);
    // In the simulated hospital's zone, so that its day reads the same everywhere.
    new TablePrinter(out, err, widths, style, new ZoneText(day.zone())).queues(day.finalQueues());
    if (day.generated() != null) {
      out.println();
      out.println(style.strong("The generated day"));
      print(FiguresTable.byPriority(day.generated()), "");
      out.println();
      print(FiguresTable.byDoctor(day.generated()), "");
      out.println();
      Paragraph.lines(FiguresTable.LEGEND, width).forEach(line -> out.println(style.quiet(line)));
    }
    text.totals(day);
  }

  @Override
  public void dayOfMany(DayResult day, String repeat) {
    new DayText(out, width, style).line(day, repeat);
  }

  @Override
  public void days(int played, int wanted, boolean ok) {
    new DayText(out, width, style).summary(played, wanted, ok);
  }

  @Override
  public void checks(List<Check> checks) {
    CheckText.lines(checks, style).forEach(out::println);
    out.flush();
  }

  @Override
  public void properties(Properties properties) {
    int longest = properties.values().keySet().stream().mapToInt(String::length).max().orElse(0);
    properties
        .values()
        .forEach((name, value) ->
            out.println(
                (name
                        + " ".repeat(longest - name.length() + 2)
                        + PlainText.visible(shown(value).toString()))
                    .stripTrailing()));
    out.flush();
  }

  @Override
  public void records(List<Properties> records) {
    Table table = new Table();
    records
        .getFirst()
        .values()
        .keySet()
        .forEach(name -> table.column(name.toUpperCase(Locale.ROOT), Table.Kind.TEXT));
    for (Properties properties : records) {
      table.row(properties.values().values().stream().map(TablePrinter::shown).toArray());
    }
    print(table, "Nothing.");
  }

  /// A time to the second.
  static Object shown(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Instant time -> time.truncatedTo(ChronoUnit.SECONDS);
      case List<?> texts -> texts.stream().map(Object::toString).collect(Collectors.joining(", "));
      default -> value;
    };
  }

  /// People see it from what was printed.
  @Override
  public void commandEnd(CommandEnd end) {
    out.flush();
  }

  @Override
  public void error(OpdException error, @Nullable RequestId requestId) {
    new ErrorText(err, widths.errors(), style).print(error, requestId);
  }

  private void print(Table table, String whenEmpty) {
    if (table.isEmpty()) {
      out.println(style.quiet(whenEmpty));
    } else {
      table.lines(width, style).forEach(out::println);
    }
    out.flush();
  }
}
