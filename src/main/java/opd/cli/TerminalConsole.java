package opd.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import opd.cli.console.AllocateForm;
import opd.cli.console.CommandLines;
import opd.cli.console.Completions;
import opd.cli.console.ConsoleReferences;
import opd.cli.console.DeskValues;
import opd.cli.console.Grammar;
import opd.cli.console.HistoryFile;
import opd.cli.console.HistoryFilter;
import opd.cli.console.LiveValues;
import opd.cli.console.NextStep;
import opd.cli.console.Screen;
import opd.cli.console.ScriptReader;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.ExitStatus;
import opd.cli.session.RoomWork;
import opd.cli.session.Surroundings;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.output.StandardOutput;
import opd.service.FacilityServices;

/// A console at which a person sits.
final class TerminalConsole {
  private static final String HISTORY_FILE = "console-history";

  private final CommandContext console;
  private final ConsoleState consoleState;
  private final Grammar grammar;
  private final LiveValues live;

  /// @param console the command that started it
  /// @param besides where words are completed: that must not speak of a lost connection
  TerminalConsole(CommandContext console, ConsoleState consoleState, ConsoleState besides) {
    this.console = console;
    this.consoleState = consoleState;
    this.grammar = ConsoleGrammar.of(new CommandContext(console.surroundings(), consoleState));
    this.live =
        new DeskValues(
            () -> new CommandContext(console.surroundings(), besides).desk(), this::inputs);
  }

  ExitStatus run() {
    Completions completions = new Completions(this::offered, live, this::references);
    try (Screen screen = Screen.open(history(), completions)) {
      consoleState.sits(screen);
      AllocateForm form =
          new AllocateForm(screen, grammar, live, this::desk, this::inputs, this::dryRun);
      greet(screen);
      while (!consoleState.isLeft()) {
        switch (screen.read(prompt())) {
          case Screen.Input.Line(String text) -> run(screen, form, text);
          case Screen.Input.Abandoned _ -> {}
          case Screen.Input.Left _ -> consoleState.leave();
        }
      }
    }
    return ExitStatus.DONE;
  }

  private HistoryFile history() {
    Path file = console.settings().homeFolder().resolve(HISTORY_FILE);
    boolean isWhole =
        console.settings().fromEnvironment("OPD_HISTORY").filter("on"::equals).isPresent();
    return new HistoryFile(
        file, isWhole ? Optional::of : new HistoryFilter(grammar)::withoutPeople);
  }

  /// Connects now, so that the first command need not wait for it.
  private void greet(Screen screen) {
    screen.clearLine();
    console.progress("Tab completes, 'help' lists the commands, Ctrl-D leaves.");
    CommandContext context = context(screen);
    try {
      context.desk();
      if (consoleState.isInRoom()) {
        RoomWork.GREETING.forEach(console::progress);
      }
    } catch (OpdException e) {
      Program.failed(context, e);
    }
  }

  /// What is completed: in a consulting room what it works with.
  private Grammar offered() {
    return consoleState.isInRoom()
        ? ConsoleGrammar.offered(new CommandContext(console.surroundings(), consoleState))
        : grammar;
  }

  private String prompt() {
    return "%s %s%s> "
        .formatted(
            console.settings().facilityName(),
            console.settings().actorName(),
            references().chosenSlot().map(slot -> " " + slot).orElse(""));
  }

  private void run(Screen screen, AllocateForm form, String text) {
    List<List<String>> all = commands(screen, text);
    Iterator<List<String>> commands = all.iterator();
    boolean goesOn = true;
    while (commands.hasNext() && goesOn && !consoleState.isLeft()) {
      List<String> words = commands.next();
      Optional<List<String>> whole = completed(screen, form, words);
      goesOn = whole.isPresent() && !isInterrupted(screen, whole.get(), all.size() == 1);
      if (!goesOn && commands.hasNext()) {
        console.progress("the rest of the line was not run");
      }
    }
  }

  /// Runs the command, and after a refusal what the person wants instead.
  ///
  /// @param isAlone whether nothing else was typed, so that a question can get its answer
  private boolean isInterrupted(Screen screen, List<String> words, boolean isAlone) {
    NextStep steps = new NextStep(screen, grammar, () -> inputs(desk()).zone());
    Optional<List<String>> next = Optional.of(words);
    boolean isInterrupted = false;
    while (next.isPresent() && !isInterrupted) {
      List<String> command = next.get();
      CommandContext context = context(screen);
      isInterrupted =
          screen.interruptibly(() -> Program.run(context, command.toArray(String[]::new)));
      next =
          isInterrupted || !isAlone || screen.isTypedAhead()
              ? Optional.empty()
              : context.answer().flatMap(answer -> steps.after(command, answer.outcome()));
    }
    return isInterrupted;
  }

  private Optional<Response<? extends Outcome>> dryRun(List<String> words) {
    Surroundings unseen =
        new Surroundings(
            console.surroundings().variables(),
            null,
            new StandardOutput(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            false,
            0,
            0);
    CommandContext context = new CommandContext(unseen, consoleState);
    List<String> trial = new ArrayList<>(words);
    trial.add("--dry-run");
    Program.run(context, trial.toArray(String[]::new));
    return context.answer();
  }

  private List<List<String>> commands(Screen screen, String text) {
    try {
      return ScriptReader.lines(text).stream()
          .flatMap(line -> CommandLines.of(line, true).stream())
          .toList();
    } catch (OpdException e) {
      Program.failed(context(screen), e);
      return List.of();
    }
  }

  private Optional<List<String>> completed(Screen screen, AllocateForm form, List<String> words) {
    // Nothing is asked for a command that will be refused; and what is wrong with a dash is said at
    // once.
    if (consoleState.isInRoom() || PastedDash.isIn(words)) {
      return Optional.of(words);
    }
    try {
      return form.completed(words, references().chosenSlot());
    } catch (OpdException e) {
      Program.failed(context(screen), e);
      return Optional.empty();
    }
  }

  private ConsoleReferences references() {
    return consoleState.references(console.settings().facilityName()).orElseThrow();
  }

  private FacilityServices desk() {
    return new CommandContext(console.surroundings(), consoleState).desk();
  }

  private Inputs inputs(FacilityServices desk) {
    ZoneId zone = console.settings().personalZone().orElse(desk.zone());
    return new Inputs(desk.now(), desk.today(), desk.zone(), zone);
  }

  private CommandContext context(Screen screen) {
    return new CommandContext(console.surroundings().inConsole(screen.columns()), consoleState);
  }
}
