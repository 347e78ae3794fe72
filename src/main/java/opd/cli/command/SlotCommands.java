package opd.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Days;
import opd.domain.Inputs;
import opd.domain.Slot;
import opd.output.Listing;
import opd.service.SessionPlan;
import picocli.CommandLine;

/// The commands on slots.
public final class SlotCommands {
  private static final int MOST_MINUTES = 24 * 60;

  private SlotCommands() {}

  public static CommandLine line(CommandContext context) {
    return Description.of("slot", "Doctors' time slots: open, list, delay, change, cancel them.")
        .examples("opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12")
        .holds(
            new Open().line(context),
            listing(context),
            show(context),
            delay(context),
            new SlotCancelCommand(context).line(),
            new SlotCompleteCommand(context).line(),
            new SlotCorrectionCommands(context).change(),
            new SlotCorrectionCommands(context).reopen());
  }

  static Given<String> slot() {
    return Given.argument("SLOT", "Label, today's label without the date (RAO-0900), or id:12.");
  }

  private static final class Open {
    private final Given<String> doctor = Given.value("--doctor", "CODE", "The doctor.");
    private final Given<String> start =
        Given.value("--start", "TIME", "09:00 for today, \"tomorrow 09:00\", or 2026-11-22T09:00.");
    private final Given<String> end = Given.value("--end", "TIME", "When it ends.");
    private final Given<String> minutes = Given.value("--minutes", "N", "How long it is.");
    private final Given<String> capacity =
        Given.value("--capacity", "N", "How many patients, 1 to " + Slot.MOST_CAPACITY + ".");
    private final Given<String> every =
        Given.value("--every", "N", "Minutes from one start to the next.");
    private final Given<String> until =
        Given.value("--until", "TIME", "When the last slot has ended.");
    private final Given<String> from =
        Given.value(
            "--from",
            "FILE",
            "Open the slots of a list (- for standard input): doctor, start, end or minutes,"
                + " capacity, and optionally every, until, days (Mon,Tue), from, to. What is there"
                + " already is left alone, so that it may be run again.");
    private final Given<Boolean> dryRun =
        Given.flag("--dry-run", "With --from: show what would be opened; open nothing.");
    private final ChangeOptions change = new ChangeOptions();

    CommandLine line(CommandContext context) {
      return Description.of(
              "open", "Open a slot, or with --every and --until a whole session of them.")
          .examples(
              "opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12",
              "opd slot open --doctor RAO --start 09:00 --minutes 30 --capacity 6 \\",
              "    --every 30 --until 13:00",
              "opd slot open --from december.csv --dry-run")
          .takes(doctor, start)
          .oneOf(end, minutes)
          .takes(capacity, every, until, change.requestId)
          .group("%nA whole roster at once:%n", from, dryRun)
          .lists(() -> from.optional().map(_ -> Listing.ROSTER))
          .quickIf(() -> !from.isGiven())
          .does(() -> from.isGiven() ? openRoster(context) : open(context));
    }

    private int openRoster(CommandContext context) {
      Given.firstGiven(doctor, start, end, minutes, capacity, every, until, change.requestId)
          .ifPresent(option -> {
            throw CommandContext.usage(option + " is for one slot: it does not go with --from");
          });
      return new RosterIntake(context, dryRun.isGiven()).run(from.get());
    }

    private int open(CommandContext context) {
      if (dryRun.isGiven()) {
        throw CommandContext.usage("--dry-run goes with --from");
      }
      given("--doctor", doctor);
      given("--start", start);
      given("--capacity", capacity);
      if (!end.isGiven() && !minutes.isGiven()) {
        throw CommandContext.usage("give --end or --minutes (or --from with a list)");
      }
      return change.decide(
          context,
          request -> {
            SessionPlan plan = plan(context.inputs());
            return context.desk().slots().open(request, plan);
          });
    }

    /// Needed for one slot, but not for a roster.
    private static void given(String option, Given<String> given) {
      if (!given.isGiven()) {
        throw CommandContext.usage("missing required option " + option);
      }
    }

    private SessionPlan plan(Inputs inputs) {
      Instant from = inputs.time(start.get());
      return new SessionPlan(
          Inputs.doctor(doctor.get()),
          from,
          length(inputs, from),
          Inputs.number("--capacity", capacity.get(), 1, Slot.MOST_CAPACITY),
          repeat(inputs, from));
    }

    private Duration length(Inputs inputs, Instant from) {
      return end.isGiven()
          ? Duration.between(from, inputs.end(from, end.get()))
          : Duration.ofMinutes(Inputs.number("--minutes", minutes.get(), 1, MOST_MINUTES));
    }

    private Optional<SessionPlan.Repeat> repeat(Inputs inputs, Instant from) {
      if (every.isGiven() != until.isGiven()) {
        throw CommandContext.usage("--every and --until go together");
      }
      return every
          .optional()
          .map(text -> Duration.ofMinutes(Inputs.number("--every", text, 1, MOST_MINUTES)))
          .map(minutes -> new SessionPlan.Repeat(minutes, inputs.end(from, until.get())));
    }
  }

  private static CommandLine listing(CommandContext context) {
    Given<String> doctor = Given.value("--doctor", "CODE", "One doctor's only.");
    Given<String> date = Given.value("--date", "DATE", "That day's.");
    Given<Boolean> all = Given.flag("--all", "All there are.");
    return Description.of(
            "list", "List slots with their free places: today's, unless --date or --all is given.")
        .forRooms()
        .examples("opd slot list --doctor RAO --date tomorrow")
        .takes(doctor)
        .oneOf(date, all)
        .lists(Listing.SLOTS)
        .quick()
        .does(() -> {
          var code = doctor.optional().map(Inputs::doctor);
          var slots = context.desk().slots();
          if (all.isGiven()) {
            context.printer().slots(slots.list(code, Optional.empty()));
          } else {
            LocalDate day = context.inputs().day(date.orNull());
            context.printer().slots(slots.list(code, Optional.of(Days.of(day))));
          }
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine show(CommandContext context) {
    Given<String> slot = slot();
    return Description.of("show", "Show a slot with its free places and counts.")
        .forRooms()
        .examples("opd slot show RAO-0900")
        .takes(slot)
        .quick()
        .does(() -> {
          var reference = context.inputs().slot(slot.get());
          context.printer().slot(context.desk().slots().show(reference));
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine delay(CommandContext context) {
    Given<String> slot = slot();
    Given<String> minutes =
        Given.required("--minutes", "N", "0 to " + Slot.MOST_DELAY_MINUTES + ".");
    ChangeOptions change = new ChangeOptions();
    return Description.of("delay", "Say how late the doctor is; 0 puts the slot back on schedule.")
        .examples("opd slot delay RAO-0900 --minutes 20")
        .takes(slot, minutes, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> {
                  int late = Inputs.number("--minutes", minutes.get(), 0, Slot.MOST_DELAY_MINUTES);
                  var reference = context.inputs().slot(slot.get());
                  return context.desk().slotChanges().delay(request, reference, late);
                }));
  }
}
