package opd.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.service.SessionPlan;
import opd.service.SlotService;
import picocli.CommandLine;

/// The commands on slots.
public final class SlotCommands {
  private static final int MOST_MINUTES = 24 * 60;

  private SlotCommands() {}

  public static CommandLine line(CommandContext session) {
    return Description.of("slot", "Doctors' time slots.")
        .examples("opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12")
        .holds(
            new Open().line(session),
            listing(session),
            show(session),
            delay(session),
            new SlotCancelCommand(session).line(),
            complete(session));
  }

  static Given<String> slot() {
    return Given.argument("SLOT", "Label, today's label without the date (RAO-0900), or id.");
  }

  private static final class Open {
    private final Given<String> doctor = Given.required("--doctor", "CODE", "The doctor.");
    private final Given<String> start =
        Given.required("--start", "TIME", "2026-11-22T09:00Z, or 09:00 for today.");
    private final Given<String> end = Given.value("--end", "TIME", "When it ends.");
    private final Given<String> minutes = Given.value("--minutes", "N", "How long it is.");
    private final Given<String> capacity =
        Given.required("--capacity", "N", "How many patients, 1 to " + Slot.MOST_CAPACITY + ".");
    private final Given<String> every =
        Given.value("--every", "N", "Minutes from one start to the next.");
    private final Given<String> until =
        Given.value("--until", "TIME", "When the last slot has ended.");
    private final ChangeOptions change = new ChangeOptions();

    CommandLine line(CommandContext session) {
      return Description.of(
              "open", "Open a slot, or with --every and --until a whole session of them.")
          .examples(
              "opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12",
              "opd slot open --doctor RAO --start 09:00 --minutes 30 --capacity 6 \\",
              "    --every 30 --until 13:00")
          .takes(doctor, start)
          .exactlyOneOf(end, minutes)
          .takes(capacity, every, until, change.requestId)
          .does(() ->
              change.decide(
                  session,
                  request -> {
                    SessionPlan plan = plan(session.inputs());
                    return session.desk().slots().open(request, plan);
                  }));
    }

    private SessionPlan plan(Inputs inputs) {
      Instant from = inputs.time(start.get());
      return new SessionPlan(
          Inputs.doctor(doctor.get()),
          from,
          length(inputs, from),
          Inputs.number("--capacity", capacity.get(), 1, Slot.MOST_CAPACITY),
          repeat(inputs));
    }

    private Duration length(Inputs inputs, Instant from) {
      return end.isGiven()
          ? Duration.between(from, inputs.time(end.get()))
          : Duration.ofMinutes(Inputs.number("--minutes", minutes.get(), 1, MOST_MINUTES));
    }

    private Optional<SessionPlan.Repeat> repeat(Inputs inputs) {
      if (every.isGiven() != until.isGiven()) {
        throw CommandContext.usage("--every and --until go together");
      }
      return every
          .optional()
          .map(text -> Duration.ofMinutes(Inputs.number("--every", text, 1, MOST_MINUTES)))
          .map(minutes -> new SessionPlan.Repeat(minutes, inputs.time(until.get())));
    }
  }

  private static CommandLine listing(CommandContext session) {
    Given<String> doctor = Given.value("--doctor", "CODE", "One doctor's only.");
    Given<String> date = Given.value("--date", "DATE", "That day's.");
    Given<Boolean> all = Given.flag("--all", "All there are.");
    return Description.of(
            "list", "List slots with their free places: today's, unless --date or --all is given.")
        .examples("opd slot list --doctor RAO --date tomorrow")
        .takes(doctor)
        .oneOf(date, all)
        .does(() -> {
          var code = doctor.optional().map(Inputs::doctor);
          var slots = session.desk().slots();
          if (all.isGiven()) {
            session.printer().slots(slots.list(code, SlotService.BEGINNING, SlotService.END));
          } else {
            Inputs.Day day = session.inputs().day(date.orNull());
            session.printer().slots(slots.list(code, day.from(), day.to()));
          }
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine show(CommandContext session) {
    Given<String> slot = slot();
    return Description.of("show", "Show a slot with its free places and counts.")
        .examples("opd slot show RAO-0900")
        .takes(slot)
        .does(() -> {
          var reference = session.inputs().slot(slot.get());
          session.printer().slot(session.desk().slots().show(reference));
          return ExitStatus.DONE.code();
        });
  }

  private static CommandLine delay(CommandContext session) {
    Given<String> slot = slot();
    Given<String> minutes =
        Given.required("--minutes", "N", "0 to " + Slot.MOST_DELAY_MINUTES + ".");
    ChangeOptions change = new ChangeOptions();
    return Description.of("delay", "Say how late the doctor is; 0 puts the slot back on schedule.")
        .examples("opd slot delay RAO-0900 --minutes 20")
        .takes(slot, minutes, change.requestId)
        .does(() ->
            change.decide(
                session,
                request -> {
                  int late = Inputs.number("--minutes", minutes.get(), 0, Slot.MOST_DELAY_MINUTES);
                  var reference = session.inputs().slot(slot.get());
                  return session.desk().slotChanges().delay(request, reference, late);
                }));
  }

  private static CommandLine complete(CommandContext session) {
    Given<String> slot = slot();
    Given<Boolean> yes = Given.flag("--yes", "Do not ask.");
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "complete",
            "Close a slot that has taken place. Its active tokens are completed.",
            "On a terminal it says how many patients wait and asks first, if any do.")
        .examples("opd slot complete RAO-0900")
        .takes(slot, yes, change.requestId)
        .does(() -> {
          var request = change.request(session);
          var reference = session.inputs().slot(slot.get());
          if (!yes.isGiven() && !isCompletionConfirmed(session, reference)) {
            session.progress("Nothing was changed.");
            return ExitStatus.BAD_INPUT.code();
          }
          return ChangeOptions.finish(
              session, session.desk().slotChanges().complete(request, reference));
        });
  }

  private static boolean isCompletionConfirmed(CommandContext session, SlotReference reference) {
    if (!session.surroundings().canAsk()) {
      return true;
    }
    Slot found = session.desk().slots().show(reference);
    int waiting = found.counts().active();
    return !found.status().isOpen()
        || waiting == 0
        || session.confirm(
            "Complete %s, in which %d %s?"
                .formatted(
                    found.label(), waiting, waiting == 1 ? "patient waits" : "patients wait"));
  }
}
