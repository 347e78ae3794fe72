package opd.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Inputs;
import opd.domain.Slot;
import opd.service.Request;
import opd.service.SessionPlan;
import opd.service.SlotService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on slots.
public final class SlotCommands {
  private static final int MOST_MINUTES = 24 * 60;
  static final String SLOT_HELP = "Label, today's label without the date (RAO-0900), or id.";

  private SlotCommands() {}

  @Command(
      name = "slot",
      description = "Doctors' time slots.",
      footer = {
        "",
        "Example:",
        "  opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12"
      })
  public static final class Group {}

  @Command(
      name = "open",
      description = "Open a slot, or with --every and --until a whole session of them.",
      footer = {
        "",
        "Examples:",
        "  opd slot open --doctor RAO --start 09:00 --minutes 60 --capacity 12",
        "  opd slot open --doctor RAO --start 09:00 --minutes 30 --capacity 6 \\",
        "      --every 30 --until 13:00"
      })
  public static final class Open implements Callable<Integer> {
    private final Session session;

    @Option(names = "--doctor", required = true, paramLabel = "CODE", description = "The doctor.")
    String doctor = "";

    @Option(
        names = "--start",
        required = true,
        paramLabel = "TIME",
        description = "2026-11-22T09:00Z, or 09:00 for today.")
    String start = "";

    static final class Length {
      @Option(names = "--end", required = true, paramLabel = "TIME", description = "When it ends.")
      @Nullable String end;

      @Option(
          names = "--minutes",
          required = true,
          paramLabel = "N",
          description = "How long it is.")
      @Nullable String minutes;
    }

    @ArgGroup(multiplicity = "1")
    Length length = new Length();

    @Option(
        names = "--capacity",
        required = true,
        paramLabel = "N",
        description = "How many patients, 1 to " + Slot.MOST_CAPACITY + ".")
    String capacity = "";

    @Option(
        names = "--every",
        paramLabel = "N",
        description = "Minutes from one start to the next.")
    @Nullable String every;

    @Option(names = "--until", paramLabel = "TIME", description = "When the last slot has ended.")
    @Nullable String until;

    @Mixin ChangeOptions change = new ChangeOptions();

    public Open(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      Inputs inputs = session.inputs();
      Instant from = inputs.time(start);
      SessionPlan plan =
          new SessionPlan(
              Inputs.doctor(doctor),
              from,
              length(inputs, from),
              Inputs.number("--capacity", capacity, 1, Slot.MOST_CAPACITY),
              repeat(inputs));
      return ChangeOptions.finish(session, session.desk().slots().open(request, plan));
    }

    private Duration length(Inputs inputs, Instant from) {
      if (length.end != null) {
        return Duration.between(from, inputs.time(length.end));
      }
      String minutes = length.minutes == null ? "" : length.minutes;
      return Duration.ofMinutes(Inputs.number("--minutes", minutes, 1, MOST_MINUTES));
    }

    private Optional<SessionPlan.Repeat> repeat(Inputs inputs) {
      if (every == null && until == null) {
        return Optional.empty();
      }
      if (every == null || until == null) {
        throw Session.usage("--every and --until go together");
      }
      Duration minutes = Duration.ofMinutes(Inputs.number("--every", every, 1, MOST_MINUTES));
      return Optional.of(new SessionPlan.Repeat(minutes, inputs.time(until)));
    }
  }

  @Command(
      name = "list",
      description = "List slots with their free places: today's, unless --date or --all is given.",
      footer = {"", "Example:", "  opd slot list --doctor RAO --date tomorrow"})
  public static final class Listing implements Callable<Integer> {
    private final Session session;

    @Option(names = "--doctor", paramLabel = "CODE", description = "One doctor's only.")
    @Nullable String doctor;

    static final class When {
      @Option(names = "--date", required = true, paramLabel = "DATE", description = "That day's.")
      @Nullable String date;

      @Option(names = "--all", required = true, description = "All there are.")
      boolean all;
    }

    @ArgGroup @Nullable When when;

    public Listing(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var code = Optional.ofNullable(doctor).map(Inputs::doctor);
      var slots = session.desk().slots();
      if (when != null && when.all) {
        session.printer().slots(slots.list(code, SlotService.BEGINNING, SlotService.END));
      } else {
        Inputs.Day day = session.inputs().day(when == null ? null : when.date);
        session.printer().slots(slots.list(code, day.from(), day.to()));
      }
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "show",
      description = "Show a slot with its free places and counts.",
      footer = {"", "Example:", "  opd slot show RAO-0900"})
  public static final class Show implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLOT", description = SLOT_HELP)
    String slot = "";

    public Show(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var reference = session.inputs().slot(slot);
      session.printer().slot(session.desk().slots().show(reference));
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "delay",
      description = "Say how late the doctor is; 0 puts the slot back on schedule.",
      footer = {"", "Example:", "  opd slot delay RAO-0900 --minutes 20"})
  public static final class Delay implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLOT", description = SLOT_HELP)
    String slot = "";

    @Option(
        names = "--minutes",
        required = true,
        paramLabel = "N",
        description = "0 to " + Slot.MOST_DELAY_MINUTES + ".")
    String minutes = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Delay(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      int late = Inputs.number("--minutes", minutes, 0, Slot.MOST_DELAY_MINUTES);
      var reference = session.inputs().slot(slot);
      return ChangeOptions.finish(
          session, session.desk().slotChanges().delay(request, reference, late));
    }
  }

  @Command(
      name = "complete",
      description = "Close a slot that has taken place. Its active tokens are completed.",
      footer = {"", "Example:", "  opd slot complete RAO-0900"})
  public static final class Complete implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SLOT", description = SLOT_HELP)
    String slot = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Complete(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      var reference = session.inputs().slot(slot);
      return ChangeOptions.finish(
          session, session.desk().slotChanges().complete(request, reference));
    }
  }
}
