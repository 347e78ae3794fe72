package opd.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.WorkNotes;
import opd.cli.session.WorkNotes.Work;
import opd.domain.FacilityName;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.output.text.MetricsText;
import opd.simulation.report.ReportFile;
import opd.store.schema.FacilityList;
import picocli.CommandLine;

/// Prints the facility's figures for Prometheus.
public final class MetricsCommand {
  private final CommandContext context;
  private final Given<String> file =
      Given.value(
          "--file",
          "FILE",
          "Write them there, all at once, where the node exporter's textfile collector reads them.");

  private final Given<Boolean> all =
      Given.flag("--all", "Of every facility of the database that the login may look into.");

  public MetricsCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of(
            "metrics",
            "Print the facility's figures as Prometheus text: decisions by outcome, tokens,"
                + " displaced and owed, full slots, growth of the log, and when it was last decided,"
                + " sealed, verified and backed up.",
            "For a node exporter's textfile collector, run by a timer; there is no port of its own."
                + " An auditor's login will do, and no patient is read. Nothing is counted that would"
                + " need the whole log: decisions are those since midnight, and of the log's entries"
                + " the newest id is told.",
            "What -o says does not matter here. A facility that cannot be asked has opd_up 0, and"
                + " the exit code says why.")
        .examples("opd metrics", "opd metrics --file /var/lib/node_exporter/opd.prom")
        .takes(file, all)
        .does(this::show);
  }

  private int show() {
    MetricsText text = new MetricsText();
    ExitStatus worst = ExitStatus.DONE;
    if (all.isGiven()) {
      for (FacilityList.Listed each : Fleet.facilities(context)) {
        if (each.isOpen()) {
          worst = worst.worse(add(text, each.facility()));
        }
      }
    } else {
      worst = add(text, context);
    }
    if (file.isGiven()) {
      write(text, Inputs.file(file.get()).toAbsolutePath());
    } else {
      text.print(context.surroundings().out());
    }
    return worst.code();
  }

  private ExitStatus add(MetricsText text, FacilityName facility) {
    try (ConsoleState own = ConsoleState.ofOneCommand()) {
      return add(text, context.forFacility(facility, own));
    }
  }

  /// One that cannot be asked is told of, as the others are.
  private ExitStatus add(MetricsText text, CommandContext of) {
    FacilityName facility = of.settings().facilityName();
    try {
      text.add(of.desk().metrics().read());
      WorkNotes notes = of.notes();
      text.time("seal", "The last seal made from here.", facility, notes.last(Work.SEAL));
      text.time(
          "verify", "The last whole verification from here.", facility, notes.last(Work.VERIFY));
      text.time("backup", "The last backup made from here.", facility, notes.last(Work.BACKUP));
      return ExitStatus.DONE;
    } catch (OpdException e) {
      text.up(facility, false);
      context.progress("%s: %s".formatted(facility, e.getMessage()));
      return ExitStatus.of(e.code());
    }
  }

  /// The collector must not read half of it.
  private static void write(MetricsText text, Path target) {
    try (ReportFile file = ReportFile.at(target)) {
      file.write(out -> {
        PrintWriter lines = new PrintWriter(out);
        text.print(lines);
        if (lines.checkError()) {
          throw new IOException("the disk is full, or the folder is gone");
        }
      });
    }
  }
}
