package opd.cli.command;

import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.ExitStatus;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.intake.Roster;
import opd.intake.RosterTally;
import opd.intake.Source;
import opd.output.RosterPrinter;

/// Runs `slot open --from`.
final class RosterIntake {
  private static final String STANDARD_INPUT = "-";

  private final CommandContext context;
  private final boolean isDryRun;

  RosterIntake(CommandContext context, boolean isDryRun) {
    this.context = context;
    this.isDryRun = isDryRun;
  }

  /// @throws OpdException OUTCOME_UNKNOWN when results are lost
  int run(String from) {
    RosterPrinter printer = context.rosterPrinter(isDryRun);
    RosterTally tally = new RosterTally();
    Roster roster = new Roster(context.desk(), context.inputs(), context.settings().actorName());
    try (Source source = source(from)) {
      if (isDryRun) {
        roster.dryRun(
            source,
            this::warn,
            results -> {
              results.forEach(tally::count);
              printer.results(results);
            });
      } else {
        roster.open(
            source,
            this::warn,
            results -> {
              results.forEach(tally::count);
              printer.results(results);
              BatchIntake.checkWritten(context);
            });
      }
    }
    printer.end(tally);
    if (!isDryRun && tally.opened() > 0) {
      BatchIntake.checkWritten(context);
    }
    return (tally.invalid() > 0 ? ExitStatus.BAD_INPUT : ExitStatus.DONE).code();
  }

  private void warn(String warning) {
    context.progress("warning: " + warning);
  }

  private Source source(String from) {
    return from.equals(STANDARD_INPUT)
        ? Source.of("standard input", context.standardInput(), Optional.empty())
        : Source.of(Inputs.file(from), Optional.empty());
  }
}
