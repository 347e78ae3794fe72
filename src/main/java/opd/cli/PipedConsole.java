package opd.cli;

import java.util.List;
import java.util.Optional;
import opd.cli.console.CommandLines;
import opd.cli.console.ScriptReader;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.ExitStatus;
import opd.cli.session.Surroundings;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.output.CommandEnd;

/// A console whose commands come from a pipe.
final class PipedConsole {
  private final CommandContext console;
  private final ConsoleState consoleState;
  private final boolean stopOnError;
  private ExitStatus worst = ExitStatus.DONE;

  /// @param console the command that started it
  PipedConsole(CommandContext console, ConsoleState consoleState, boolean stopOnError) {
    this.console = console;
    this.consoleState = consoleState;
    this.stopOnError = stopOnError;
  }

  /// @return the worst that a command ended with
  ExitStatus run() {
    ScriptReader script = new ScriptReader(console.standardInput());
    Optional<ScriptReader.Line> line = script.next();
    while (line.isPresent()) {
      run(line.get());
      if (isOutputLost()) {
        console.progress(
            "stopped at line " + line.get().number() + ": results are lost, and no more is run");
        worst = worst == ExitStatus.DONE ? ExitStatus.FAULT : worst;
      } else if (isStopped()) {
        console.progress("stopped at line " + line.get().number());
      }
      line = isOver() ? Optional.empty() : script.next();
    }
    return worst;
  }

  private boolean isStopped() {
    return stopOnError && worst != ExitStatus.DONE;
  }

  private boolean isOver() {
    return isStopped() || consoleState.isLeft() || isOutputLost();
  }

  /// What comes next would happen, and nobody would know.
  private boolean isOutputLost() {
    return console.surroundings().out().checkError();
  }

  private void run(ScriptReader.Line line) {
    for (List<String> words : commands(line)) {
      CommandContext context = context();
      ended(line, Program.run(context, words.toArray(String[]::new)), context);
      if (isOver()) {
        return;
      }
    }
  }

  private List<List<String>> commands(ScriptReader.Line line) {
    try {
      return CommandLines.of(line.text(), false);
    } catch (OpdException e) {
      CommandContext context = context();
      OpdException located =
          new OpdException(
              e.code(),
              "line %d: %s: %s"
                  .formatted(line.number(), e.getMessage(), PlainText.revealed(line.text())),
              e.hint(),
              e);
      ended(line, Program.failed(context, located), context);
      return List.of();
    }
  }

  private CommandContext context() {
    Surroundings surroundings = console.surroundings().inConsole(console.surroundings().columns());
    return new CommandContext(surroundings, consoleState);
  }

  private void ended(ScriptReader.Line line, int exit, CommandContext context) {
    worst = worst.worse(ExitStatus.of(exit));
    console
        .printer()
        .commandEnd(
            new CommandEnd(
                line.number(), exit, context.failure().orElse(null), context.requestId()));
    if (isOutputLost()) {
      // The command said already what went wrong, so that the console need not say it again.
      context.failure().ifPresent(console::failed);
    }
  }
}
