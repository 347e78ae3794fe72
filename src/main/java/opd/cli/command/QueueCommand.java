package opd.cli.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.cli.board.BoardScreen;
import opd.cli.board.BoardView;
import opd.cli.board.ChangeStream;
import opd.cli.board.QueueWatch;
import opd.cli.console.ConsoleReferences;
import opd.cli.log.LogConfigurator;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.Signals;
import opd.domain.Inputs;
import opd.domain.SlotReference;
import opd.output.Listing;
import opd.output.text.Board;
import opd.output.text.Style;
import opd.output.text.ZoneText;
import opd.service.QueueService;
import opd.service.QueueService.SlotQueue;
import picocli.CommandLine;

/// Who is to be seen in which order, once or for as long as somebody looks.
public final class QueueCommand {
  private final CommandContext context;
  private final Given<String> slot =
      Given.optionalArgument("SLOT", "One slot's queue (default: all slots of the day).");
  private final Given<String> doctor =
      Given.value("--doctor", "CODE", "One doctor's slots of the day.");
  private final Given<String> date = Given.value("--date", "DATE", "Which day (default: today).");
  private final Given<Boolean> all = Given.flag("--all", "Every token with its status, by number.");
  private final Given<Boolean> watch =
      Given.flag("--watch", "Fill the screen and follow what changes, until interrupted (Ctrl-C).");
  private final Given<Boolean> large =
      Given.flag("--large", "With --watch: to be read from two metres away.");
  private final Given<Boolean> bell =
      Given.flag("--bell", "With --watch: ring when somebody is called in.");
  private final Given<Boolean> privacy =
      Given.flag("--privacy", "Patients by token number only, as for a waiting room.");

  public QueueCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of("queue", "Show who is to be seen in which order.")
        .forRooms()
        .quickIf(() -> !watch.isGiven())
        .takes(slot, doctor, date, all, watch, large, bell, privacy)
        .lists(() -> watch.isGiven() ? Optional.empty() : Optional.of(Listing.TOKENS))
        .examples(
            "opd queue RAO-0900",
            "opd queue --doctor RAO --all",
            "opd queue --date tomorrow",
            "opd queue --watch --doctor RAO --large --privacy")
        .does(this::show);
  }

  private int show() {
    if (slot.isGiven() && doctor.isGiven()) {
      throw CommandContext.usage("give a slot or --doctor, not both");
    }
    if ((large.isGiven() || bell.isGiven()) && !watch.isGiven()) {
      throw CommandContext.usage((large.isGiven() ? "--large" : "--bell") + " goes with --watch");
    }
    context.references().ifPresent(ConsoleReferences::asksForQueues);
    // A short label goes on to mean the slot that it means now; "today" becomes another day.
    Optional<SlotReference> named = slot();
    List<SlotQueue> queues = queues(named, context.now());
    if (watch.isGiven()) {
      watch(named);
    } else {
      context.references().ifPresent(references -> references.shown(queues));
      context.printer().queues(queues);
    }
    return ExitStatus.DONE.code();
  }

  private Optional<SlotReference> slot() {
    if (slot.isGiven()) {
      Inputs inputs = context.inputs();
      return Optional.of(
          date.isGiven()
              ? inputs.slotOn(inputs.date(date.get()), slot.get())
              : inputs.slot(slot.get()));
    }
    return doctor.isGiven() || date.isGiven()
        ? Optional.empty()
        : context
            .references()
            .flatMap(ConsoleReferences::chosenSlot)
            .map(SlotReference.ByLabel::new);
  }

  private List<SlotQueue> queues(Optional<SlotReference> named, Instant now) {
    QueueService service = context.desk().queues();
    List<SlotQueue> queues =
        named
            .map(reference -> List.of(service.show(reference, all.isGiven())))
            .orElseGet(() -> {
              Inputs inputs = context.inputs().at(now);
              var code = doctor.optional().map(Inputs::doctor);
              return date.isGiven()
                  ? service.list(code, inputs.date(date.get()), all.isGiven())
                  : service.listToday(code, inputs.today(), now, all.isGiven());
            });
    return privacy.isGiven() ? queues.stream().map(SlotQueue::withoutPeople).toList() : queues;
  }

  private void watch(Optional<SlotReference> named) {
    Function<Instant, List<SlotQueue>> load = now -> queues(named, now);
    InstantSource clock = InstantSource.system();
    var surroundings = context.surroundings();
    if (!surroundings.isTerminal() || context.settings().isJson()) {
      var stream = new ChangeStream(context.printer(), surroundings.out());
      new QueueWatch(context.desk(), load, stream, context::progress, clock).run();
      return;
    }
    // What is logged on the way would stand in the middle of the board, which tells of it itself.
    LogConfigurator.setLevel("OFF");
    var style = new Style(context.settings().useColor(true));
    Board board = new Board(large.isGiven(), style, new ZoneText(context::zone));
    try (BoardScreen screen = BoardScreen.open(surroundings.out())) {
      BoardView view = new BoardView(screen, board, title(), bell.isGiven());
      try (var _ = Signals.handle("WINCH", view::resized);
          var _ = interruption(view)) {
        new QueueWatch(context.desk(), load, view, context::progress, clock).run();
      }
    }
  }

  /// In a console the signal ends the board alone; otherwise the program, and with it the screen.
  private Signals.Handle interruption(BoardView view) {
    boolean isConsole = context.consoleState().isConsole();
    return isConsole ? Signals.handle("INT", view::end) : () -> {};
  }

  private String title() {
    String facility = context.settings().facilityName().value();
    return Stream.of(facility, slot.orNull(), doctor.orNull())
        .filter(Objects::nonNull)
        .collect(Collectors.joining("  "));
  }
}
