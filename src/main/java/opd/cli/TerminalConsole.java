package opd.cli;

import java.nio.file.Path;
import java.time.ZoneId;
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
import opd.cli.console.Screen;
import opd.cli.console.ScriptReader;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.ExitStatus;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.service.FacilityServices;

/// A console at which a person sits.
final class TerminalConsole {
  private static final String HISTORY_FILE = "console-history";

  private final CommandContext console;
  private final ConsoleState workplace;
  private final Grammar grammar;
  private final LiveValues live;

  /// @param console the session of the command that started it
  /// @param besides where words are completed: that must not speak of a lost connection
  TerminalConsole(CommandContext console, ConsoleState workplace, ConsoleState besides) {
    this.console = console;
    this.workplace = workplace;
    this.grammar = ConsoleGrammar.of(new CommandContext(console.surroundings(), workplace));
    this.live =
        new DeskValues(
            () -> new CommandContext(console.surroundings(), besides).desk(), this::inputs);
  }

  ExitStatus run() {
    Completions completions = new Completions(grammar, live, this::recall);
    try (Screen screen = Screen.open(history(), completions)) {
      AllocateForm form = new AllocateForm(screen, grammar, live, this::desk, this::inputs);
      greet(screen);
      while (!workplace.isLeft()) {
        switch (screen.read(prompt())) {
          case Screen.Input.Line(String text) -> run(screen, form, text);
          case Screen.Input.Abandoned _ -> {}
          case Screen.Input.Left _ -> workplace.leave();
        }
      }
    }
    return ExitStatus.DONE;
  }

  private HistoryFile history() {
    Path file = console.settings().homeFolder().resolve(HISTORY_FILE);
    boolean isOff =
        console.settings().fromEnvironment("OPD_HISTORY").filter("off"::equals).isPresent();
    return new HistoryFile(file, isOff ? new HistoryFilter(grammar)::withoutPeople : Optional::of);
  }

  /// Connects now, so that the first command need not wait for it.
  private void greet(Screen screen) {
    console.progress("Tab completes, 'help' lists the commands, Ctrl-D leaves.");
    CommandContext session = session(screen);
    try {
      session.desk();
    } catch (OpdException e) {
      Program.failed(session, e);
    }
  }

  private String prompt() {
    return "%s %s%s> "
        .formatted(
            console.settings().facilityName(),
            console.settings().actorName(),
            recall().chosenSlot().map(slot -> " " + slot).orElse(""));
  }

  private void run(Screen screen, AllocateForm form, String text) {
    Iterator<List<String>> commands = commands(screen, text).iterator();
    boolean goesOn = true;
    while (commands.hasNext() && goesOn && !workplace.isLeft()) {
      List<String> words = commands.next();
      Optional<List<String>> whole = completed(screen, form, words);
      boolean isInterrupted =
          whole.isPresent()
              && screen.interruptibly(
                  () -> Program.run(session(screen), whole.get().toArray(String[]::new)));
      goesOn = whole.isPresent() && !isInterrupted;
      if (!goesOn && commands.hasNext()) {
        console.progress("the rest of the line was not run");
      }
    }
  }

  private List<List<String>> commands(Screen screen, String text) {
    try {
      return ScriptReader.lines(text).stream()
          .flatMap(line -> CommandLines.of(line, true).stream())
          .toList();
    } catch (OpdException e) {
      Program.failed(session(screen), e);
      return List.of();
    }
  }

  private Optional<List<String>> completed(Screen screen, AllocateForm form, List<String> words) {
    try {
      return form.completed(words, recall().chosenSlot());
    } catch (OpdException e) {
      Program.failed(session(screen), e);
      return Optional.empty();
    }
  }

  private ConsoleReferences recall() {
    return workplace.recall(console.settings().facilityName()).orElseThrow();
  }

  private FacilityServices desk() {
    return new CommandContext(console.surroundings(), workplace).desk();
  }

  private Inputs inputs(FacilityServices desk) {
    ZoneId zone = console.settings().personalZone().orElse(desk.zone());
    return new Inputs(desk.now(), desk.today(), desk.zone(), zone);
  }

  private CommandContext session(Screen screen) {
    return new CommandContext(console.surroundings().inConsole(screen.columns()), workplace);
  }
}
