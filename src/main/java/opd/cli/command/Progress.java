package opd.cli.command;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import opd.cli.session.CommandContext;
import opd.output.ProgressLine;

/// How far long work has come, on a terminal. Where it ends before it is done, also by Ctrl-C, it
/// says what was done, and how to go on.
final class Progress implements AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = 100_000_000;

  private final CommandContext context;
  private final boolean isToldInLogs;
  private final ProgressLine line;
  private final Thread onStop = new Thread(this::stopped);
  private long start = System.nanoTime();
  private long lastShown = start - NANOS_BETWEEN_LINES;
  private String ifStopped = "";
  private boolean isOnScreen;
  private boolean isOver;

  /// Of work of which nothing is said where standard error is no terminal.
  Progress(CommandContext context) {
    this(context, false);
  }

  private Progress(CommandContext context, boolean isToldInLogs) {
    this.context = context;
    this.isToldInLogs = isToldInLogs;
    this.line =
        new ProgressLine(context.surroundings().err(), context.surroundings().errorColumns());
    try {
      Runtime.getRuntime().addShutdownHook(onStop);
    } catch (IllegalStateException e) {
      // The program is being stopped already.
    }
  }

  /// Of a list: whoever reads its results later needs to know where it ended, too.
  static Progress ofList(CommandContext context) {
    return new Progress(context, !context.settings().isJson());
  }

  /// Whether anybody sees it.
  boolean isShown() {
    return context.surroundings().errorColumns() > 0;
  }

  /// Begins the next part of the work, whose time is foretold by itself.
  ///
  /// @param doing what
  /// @param stopped what was done and how to go on, if it ends here
  synchronized void begin(String doing, String stopped) {
    start = System.nanoTime();
    lastShown = start - NANOS_BETWEEN_LINES;
    show(doing, OptionalDouble.empty(), stopped);
  }

  /// Shown ten times a second at most.
  ///
  /// @param done what was done, in words
  /// @param share of the work that was done, from 0 to 1, or empty when its size is not known
  /// @param stopped what was done and how to go on, if it ends here
  synchronized void show(String done, OptionalDouble share, String stopped) {
    if (isOver) {
      return;
    }
    ifStopped = stopped;
    long now = System.nanoTime();
    if (now - lastShown >= NANOS_BETWEEN_LINES) {
      lastShown = now;
      isOnScreen = true;
      line.show(done, Duration.ofNanos(now - start), share);
    }
  }

  /// As [#show], in work that can be broken off here.
  ///
  /// @throws CancellationException when Ctrl-C interrupts the command in a console, which goes on
  void step(String done, OptionalDouble share, String stopped) {
    show(done, share, stopped);
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
  }

  /// Makes room for results, after which it is shown again.
  synchronized void clear() {
    if (isOnScreen && !isOver) {
      line.clear();
      isOnScreen = false;
      lastShown = System.nanoTime() - NANOS_BETWEEN_LINES;
    }
  }

  /// All of it was done.
  synchronized void done() {
    clear();
    isOver = true;
  }

  private synchronized void stopped() {
    if (isOver) {
      return;
    }
    done();
    if (!ifStopped.isEmpty() && (isShown() || isToldInLogs)) {
      context.progress(ifStopped);
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
