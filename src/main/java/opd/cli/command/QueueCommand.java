package opd.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.cli.board.BoardScreen;
import opd.cli.board.BoardView;
import opd.cli.board.ChangeStream;
import opd.cli.board.QueueWatch;
import opd.cli.console.Recall;
import opd.cli.log.LogConfigurator;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.cli.session.Signals;
import opd.domain.Inputs;
import opd.domain.SlotReference;
import opd.output.text.Board;
import opd.output.text.Style;
import opd.output.text.ZoneText;
import opd.service.QueueService;
import opd.service.QueueService.SlotQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

public final class QueueCommand implements Callable<Integer> {
  private final Session session;
  private @Nullable String slot;
  private @Nullable String doctor;
  private @Nullable String date;
  private boolean all;
  private boolean watch;
  private boolean large;
  private boolean privacy;

  private QueueCommand(Session session) {
    this.session = session;
  }

  public static CommandLine line(Session session) {
    return new QueueCommand(session).description().line();
  }

  private Description description() {
    return Description.of("queue", this, "Show who is to be seen in which order.")
        .parameter(
            "SLOT",
            "0..1",
            "One slot's queue (default: all slots of the day).",
            value -> slot = value)
        .value("--doctor", "CODE", "One doctor's slots of the day.", value -> doctor = value)
        .value("--date", "DATE", "Which day (default: today).", value -> date = value)
        .flag("--all", "Every token with its status, by number.", isGiven -> all = isGiven)
        .flag(
            "--watch",
            "Fill the screen and follow what changes, until interrupted (Ctrl-C).",
            isGiven -> watch = isGiven)
        .flag(
            "--large", "With --watch: to be read from two metres away.", isGiven -> large = isGiven)
        .flag(
            "--privacy",
            "Patients by token number only, as for a waiting room.",
            isGiven -> privacy = isGiven)
        .examples(
            "opd queue RAO-0900",
            "opd queue --doctor RAO --all",
            "opd queue --date tomorrow",
            "opd queue --watch --doctor RAO --large --privacy");
  }

  @Override
  public Integer call() {
    if (slot != null && (doctor != null || date != null)) {
      throw Session.usage("give a slot, or --doctor and --date, not both");
    }
    if (large && !watch) {
      throw Session.usage("--large goes with --watch");
    }
    session.recall().ifPresent(Recall::asksForQueues);
    // A short label goes on to mean the slot that it means now; "today" becomes another day.
    Optional<SlotReference> named = slot();
    List<SlotQueue> queues = queues(named, session.now());
    if (watch) {
      watch(named);
    } else {
      session.recall().ifPresent(recall -> recall.shown(queues));
      session.printer().queues(queues);
    }
    return ExitStatus.DONE.code();
  }

  private Optional<SlotReference> slot() {
    if (slot != null) {
      return Optional.of(session.inputs().slot(slot));
    }
    boolean isForDay = doctor != null || date != null;
    return isForDay
        ? Optional.empty()
        : session.recall().flatMap(Recall::chosenSlot).map(SlotReference.ByLabel::new);
  }

  private List<SlotQueue> queues(Optional<SlotReference> named, Instant now) {
    QueueService service = session.desk().queues();
    List<SlotQueue> queues =
        named
            .map(reference -> List.of(service.show(reference, all)))
            .orElseGet(() -> {
              Inputs.Day day = new Inputs(now, session.zone()).day(date);
              var code = Optional.ofNullable(doctor).map(Inputs::doctor);
              return service.list(code, day.from(), day.to(), all);
            });
    return privacy ? queues.stream().map(SlotQueue::withoutPeople).toList() : queues;
  }

  private void watch(Optional<SlotReference> named) {
    Function<Instant, List<SlotQueue>> load = now -> queues(named, now);
    var surroundings = session.surroundings();
    if (!surroundings.isTerminal() || session.settings().isJson()) {
      var stream = new ChangeStream(session.printer(), surroundings.out());
      new QueueWatch(session, load, stream).run();
      return;
    }
    // What is logged on the way would stand in the middle of the board, which tells of it itself.
    LogConfigurator.setLevel("OFF");
    var style = new Style(session.settings().useColor(true));
    Board board = new Board(large, style, new ZoneText(session.zone()));
    try (BoardScreen screen = BoardScreen.open(surroundings.out())) {
      BoardView view = new BoardView(screen, board, title());
      try (var _ = Signals.handle("WINCH", view::resized);
          var _ = interruption(view)) {
        new QueueWatch(session, load, view).run();
      }
    }
  }

  /// In a console the signal ends the board alone; otherwise the program, and with it the screen.
  private Signals.Handle interruption(BoardView view) {
    boolean isConsole = session.workplace().isConsole();
    return isConsole ? Signals.handle("INT", view::end) : () -> {};
  }

  private String title() {
    String facility = session.settings().facilityName().value();
    return Stream.of(facility, slot, doctor)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("  "));
  }
}
