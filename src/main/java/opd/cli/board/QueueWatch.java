package opd.cli.board;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import opd.cli.session.CommandContext;
import opd.domain.OpdException;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.service.QueueService.SlotQueue;
import opd.store.log.LogSubscriber;
import org.jspecify.annotations.Nullable;

/// Shows queues again whenever something commits that changes them, until it is interrupted.
public final class QueueWatch implements LogSubscriber.Listener {
  private final CommandContext session;
  private final Function<Instant, List<SlotQueue>> queues;
  private final WatchView view;
  private final long beginning = System.nanoTime();
  private boolean isNews = true;
  private boolean isUp = true;
  private @Nullable LocalDate dayShown;

  /// Where the queues are shown.
  interface WatchView {
    /// @return whether anybody still looks
    boolean show(List<SlotQueue> queues, Instant now);

    /// Nothing has changed but the time, at least once a second.
    ///
    /// @return whether anybody still looks
    boolean tick(Instant now);

    void connection(boolean isUp);
  }

  /// @param queues what to show at that time
  public QueueWatch(
      CommandContext session, Function<Instant, List<SlotQueue>> queues, WatchView view) {
    this.session = session;
    this.queues = queues;
    this.view = view;
  }

  /// @throws OpdException when the database cannot be reached at the beginning, or for good
  public void run() {
    session.desk().audit().follow(AuditService.Query.EVERYTHING, this);
  }

  @Override
  public void entry(StoredEntry entry) {
    isNews = true;
  }

  @Override
  public void connection(boolean isUp) {
    this.isUp = isUp;
    view.connection(isUp);
  }

  @Override
  public void asksAtIntervals(String why) {
    session.progress(LogSubscriber.Listener.asking(why));
  }

  @Override
  public boolean goOn() {
    Instant now = session.now().plus(Duration.ofNanos(System.nanoTime() - beginning));
    LocalDate today = session.inputs().at(now).today();
    boolean mustLoad = isUp && (isNews || !today.equals(dayShown));
    boolean isWatched = mustLoad ? load(now, today) : view.tick(now);
    // In a console Ctrl-C interrupts the command, and not the program.
    return isWatched && !Thread.currentThread().isInterrupted();
  }

  private boolean load(Instant now, LocalDate today) {
    try {
      List<SlotQueue> loaded = queues.apply(now);
      isNews = false;
      dayShown = today;
      return view.show(loaded, now);
    } catch (OpdException e) {
      switch (e.code()) {
        // The news is not forgotten: the next look is at all of it.
        case DATABASE_UNAVAILABLE, DATABASE_BUSY -> connection(false);
        default -> throw e;
      }
      return view.tick(now);
    }
  }
}
