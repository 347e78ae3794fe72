package opd.simulation.day;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import opd.domain.OpdException;
import opd.service.FacilityServices;
import opd.simulation.auditor.Auditor;
import opd.simulation.auditor.DecidedOperation;
import org.jspecify.annotations.Nullable;

/// Several desks take what is to be done from the same course, each in a thread and on a connection
/// of its own. What they were answered depends on who came first, so it is judged afterwards, in
/// the order in which the audit log has it.
final class ManyDesks {
  private final Function<LogicalClock, FacilityServices> opening;
  private final LocalDate eve;
  private final ZoneId zone;
  private final DayEvents course;
  private final Auditor auditor;
  private final List<DecidedOperation> all = new ArrayList<>();
  private int asked;
  private int outstanding;
  private boolean hasFailed;

  ManyDesks(
      Function<LogicalClock, FacilityServices> opening,
      LocalDate eve,
      ZoneId zone,
      DayEvents course,
      Auditor auditor) {
    this.opening = opening;
    this.eve = eve;
    this.zone = zone;
    this.course = course;
    this.auditor = auditor;
  }

  /// @param reader a desk that reads the log in the end
  /// @return in the order of the log
  /// @throws OpdException as opening a desk does
  List<DecidedOperation> play(int desks, FacilityServices reader) {
    Runnable work = this::work;
    List<Future<?>> played = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(desks)) {
      for (int number = 0; number < desks; number++) {
        played.add(threads.submit(work));
      }
    }
    played.forEach(ManyDesks::checkOpened);
    List<DecidedOperation> ordered = DeskLog.inOrder(reader, all, auditor);
    auditor.judgeAll(ordered);
    return ordered;
  }

  /// What goes wrong in a desk's work is the auditor's; without the desk there is no such day.
  private static void checkOpened(Future<?> played) {
    if (played.state() == Future.State.FAILED) {
      throw played.exceptionNow() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(played.exceptionNow());
    }
  }

  private record Assignment(Task task, String requestId) {}

  private void work() {
    LogicalClock clock = LogicalClock.atStartOf(eve, zone);
    try (FacilityServices desk = opening.apply(clock)) {
      OperationRunner hand = new OperationRunner(desk);
      Assignment assignment = take();
      while (assignment != null) {
        clock.advanceTo(assignment.task().at());
        work(hand, clock, assignment);
        assignment = take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(OperationRunner hand, LogicalClock clock, Assignment assignment) {
    try {
      done(assignment, hand.decide(assignment.task(), assignment.requestId(), clock.get()));
    } catch (RuntimeException e) {
      failed(assignment, e);
    }
  }

  /// Waits while there is nothing to do, but a colleague's work may bring something.
  ///
  /// @return null when the day is over
  private synchronized @Nullable Assignment take() throws InterruptedException {
    Task task = hasFailed ? null : course.next();
    while (task == null && outstanding > 0 && !hasFailed) {
      wait();
      task = hasFailed ? null : course.next();
    }
    if (task == null) {
      return null;
    }
    outstanding++;
    asked++;
    return new Assignment(task, "generated-" + asked);
  }

  private synchronized void done(Assignment assignment, DecidedOperation decided) {
    outstanding--;
    all.add(decided);
    assignment.task().then().accept(decided.outcome());
    notifyAll();
  }

  private synchronized void failed(Assignment assignment, RuntimeException failure) {
    outstanding--;
    hasFailed = true;
    auditor.failed(assignment.requestId(), assignment.task().operation(), failure);
    notifyAll();
  }
}
