package opd.cli.command;

import java.time.LocalDate;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Days;
import opd.domain.Inputs;
import opd.output.Listing;
import picocli.CommandLine;

/// Lists who lost a place and has no other yet.
public final class OwedCommand {
  private OwedCommand() {}

  public static CommandLine line(CommandContext context) {
    Given<String> doctor = Given.value("--doctor", "CODE", "One doctor's only.");
    Given<String> date =
        Given.value("--date", "DATE", "That day's only (default: today's and later ones).");
    return Description.of(
            "owed",
            "List the patients who lost their place and have no other yet, with phone numbers.",
            "Also since when and why, and the first place that 'opd reallocate' would give them.")
        .examples("opd owed", "opd owed --doctor RAO --date tomorrow")
        .lists(Listing.OWED)
        .takes(doctor, date)
        .quick()
        .does(() -> {
          LocalDate day = context.inputs().day(date.orNull());
          Days days = date.isGiven() ? Days.of(day) : Days.from(day);
          context
              .printer()
              .owed(context.desk().owed().list(doctor.optional().map(Inputs::doctor), days));
          return ExitStatus.DONE.code();
        });
  }
}
