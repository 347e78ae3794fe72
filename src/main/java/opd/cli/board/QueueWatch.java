package opd.cli.board;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import opd.domain.OpdException;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.service.FacilityServices;
import opd.service.QueueService.SlotQueue;
import opd.store.log.LogSubscriber;
import org.jspecify.annotations.Nullable;

/// Shows queues again whenever something commits that changes them, until it is interrupted.
public final class QueueWatch implements LogSubscriber.Listener {
  private final FacilityServices desk;
  private final Function<Instant, List<SlotQueue>> queues;
  private final WatchView view;
  private final Consumer<String> progress;
  private final InstantSource clock;
  // How far the facility's clock is ahead of this machine's, as of the last load.
  private Duration ahead;
  private boolean isNews = true;
  // The log is followed on a connection of its own: it may stand while the desk's cannot be made.
  private boolean isLogUp = true;
  private boolean hasLoadFailed;
  private @Nullable LocalDate dayShown;

  /// Where the queues are shown.
  interface WatchView {
    /// @return whether anybody still looks
    boolean show(List<SlotQueue> queues, Instant now);

    /// Nothing has changed but the time, at least once a second.
    ///
    /// @return whether anybody still looks
    boolean tick(Instant now);

    /// @param isUp whether what is shown follows what happens
    void connection(boolean isUp);
  }

  /// @param queues what to show at that time
  /// @param progress told what is out of the ordinary
  /// @param clock this machine's, which must go on while the machine sleeps
  public QueueWatch(
      FacilityServices desk,
      Function<Instant, List<SlotQueue>> queues,
      WatchView view,
      Consumer<String> progress,
      InstantSource clock) {
    this.desk = desk;
    this.queues = queues;
    this.view = view;
    this.progress = progress;
    this.clock = clock;
    this.ahead = aheadOfHere(desk.now());
  }

  /// @throws OpdException when the database cannot be reached at the beginning, or for good
  public void run() {
    desk.audit().follow(AuditService.Query.EVERYTHING, this);
  }

  @Override
  public void entry(StoredEntry entry) {
    isNews = true;
  }

  @Override
  public void connection(boolean isUp) {
    isLogUp = isUp;
    view.connection(isUp && !hasLoadFailed);
  }

  @Override
  public void asksAtIntervals(String why) {
    progress.accept(LogSubscriber.Listener.asking(why));
  }

  @Override
  public boolean goOn() {
    boolean mustLoad = isLogUp && (isNews || !day(now()).equals(dayShown));
    boolean isWatched = mustLoad ? load() : view.tick(now());
    // In a console Ctrl-C interrupts the command, and not the program.
    return isWatched && !Thread.currentThread().isInterrupted();
  }

  private boolean load() {
    try {
      // Clocks drift apart, and a simulation's goes at a pace of its own.
      ahead = aheadOfHere(desk.currentTime());
      Instant now = now();
      List<SlotQueue> loaded = queues.apply(now);
      isNews = false;
      dayShown = day(now);
      if (hasLoadFailed) {
        hasLoadFailed = false;
        view.connection(true);
      }
      return view.show(loaded, now);
    } catch (OpdException e) {
      switch (e.code()) {
        // The news is not forgotten: the next look is at all of it.
        case DATABASE_UNAVAILABLE, DATABASE_BUSY -> {
          hasLoadFailed = true;
          view.connection(false);
        }
        default -> throw e;
      }
      return view.tick(now());
    }
  }

  private Duration aheadOfHere(Instant facilityTime) {
    return Duration.between(clock.instant(), facilityTime);
  }

  private Instant now() {
    return clock.instant().plus(ahead);
  }

  private LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, desk.zone());
  }
}
