package opd.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import opd.cli.session.CommandContext;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.ProgressLine;

/// How far a list has come. Where it ends before its last line, also by Ctrl-C, it says after which
/// line, and that nothing is lost by it.
final class ListProgress implements AutoCloseable {
  private final CommandContext session;
  private final ProgressLine line;
  private final Thread onStop = new Thread(this::stopped);
  private final long start = System.nanoTime();
  private long lastLine;
  private boolean isOver;

  ListProgress(CommandContext session) {
    this.session = session;
    this.line =
        new ProgressLine(session.surroundings().err(), session.surroundings().errorColumns());
    try {
      Runtime.getRuntime().addShutdownHook(onStop);
    } catch (IllegalStateException e) {
      // The program is being stopped already.
    }
  }

  /// Makes room for results.
  synchronized void clear() {
    if (!isOver) {
      line.clear();
    }
  }

  /// @param results that were printed
  synchronized void show(List<IntakeResult> results, Tally tally, OptionalDouble share) {
    if (!isOver) {
      lastLine = results.getLast().line();
      line.show(tally, Duration.ofNanos(System.nanoTime() - start), share);
    }
  }

  /// All lines were decided.
  synchronized void done() {
    line.clear();
    isOver = true;
  }

  private synchronized void stopped() {
    if (isOver) {
      return;
    }
    line.clear();
    isOver = true;
    // A program that reads errors as JSON is told nothing else.
    boolean isForPeople = session.surroundings().errorColumns() > 0 || !session.settings().isJson();
    if (lastLine > 0 && isForPeople) {
      session.progress(
          String.format(
              Locale.ROOT,
              "stopped after line %,d; the same command goes on from there",
              lastLine));
    }
  }

  @Override
  public void close() {
    stopped();
    try {
      Runtime.getRuntime().removeShutdownHook(onStop);
    } catch (IllegalStateException e) {
      // The program is being stopped, and the hook finds that all is said.
    }
  }
}
