package opd.simulation.auditor;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import opd.decision.Response;
import opd.domain.SlotLabel;
import opd.simulation.plan.Operation;
import opd.store.table.Inspection;
import opd.store.table.Inspection.SlotRow;
import org.jspecify.annotations.Nullable;

/// Judges a day's decisions by the model, and after each of them the whole queue of every slot that
/// it touched, as the database shows it. Only the look at the database may be on another thread.
public final class Auditor {
  private static final String HINT = ", (next|beside) \\S+$";

  private final HospitalModel model;
  private final CheckTally marks = new CheckTally();
  private final Inspection inspection;
  private final Executor looking;
  private @Nullable Look look;

  /// @param zone of the clock on the hospital's wall
  /// @param looking carries out the looks at the database, one at a time. On a thread of its own,
  ///   the desk goes on meanwhile, and of a program that changes what it should not touch a look
  ///   may already see the next change; on the caller's, the same day finds the same faults always
  public Auditor(Inspection inspection, ZoneId zone, Executor looking) {
    this.model = new HospitalModel(zone);
    this.inspection = inspection;
    this.looking = looking;
  }

  /// @param held how often it was found right
  /// @param faults the first few times that it was not, in a sentence each
  public record Finding(Invariant aspect, int held, List<String> faults) {}

  /// A slot was opened.
  public void opened(SlotLabel label, Instant start, Instant end, int capacity, Instant at) {
    model.open(label, start, end, capacity, at);
  }

  /// Slots that are being looked at after a decision.
  ///
  /// @param expected what must be found
  private record Look(
      Set<SlotLabel> slots,
      Supplier<String> when,
      List<SlotRow> expected,
      Future<List<SlotRow>> found) {}

  /// Says what must become of an operation that the only desk is about to carry out. Where a look
  /// at one of its queues still goes on, this waits for it, so that the look cannot see the change.
  public Prediction foretell(Operation operation, Instant at) {
    Prediction foretold = model.decide(operation, at);
    if (look != null && !Collections.disjoint(look.slots(), foretold.touched())) {
      awaitLook();
    }
    return foretold;
  }

  /// Judges the decision that was foretold, and begins to look at the queues that it touched. The
  /// look is judged when the next decision is; if it found a fault, that decision is not judged,
  /// because the engine and the model have parted before it.
  public void judge(Prediction foretold, DecidedOperation decided) {
    awaitLook();
    if (!isSatisfied()) {
      return;
    }
    compare(decided, foretold, foretold.answer() + foretold.hint(), decided.answer());
    Set<SlotLabel> slots = foretold.touched();
    var found = new FutureTask<>(() -> inspection.slots(slots));
    look = new Look(slots, () -> "after " + text(decided), model.rows(slots), found);
    looking.execute(found);
  }

  private void awaitLook() {
    if (look != null) {
      Look done = look;
      look = null;
      compare(done.expected(), found(done.found()), done.slots(), done.when());
    }
  }

  private static List<SlotRow> found(Future<List<SlotRow>> looking) {
    try {
      return looking.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Judges the decisions of several desks in the order in which the logs put them; then looks at
  /// all queues.
  public void judgeAll(Collection<DecidedOperation> inOrder) {
    long latestBeginning = Long.MIN_VALUE;
    for (DecidedOperation decided : inOrder) {
      long before = marks.faults();
      Prediction foretold = model.decide(decided.operation(), decided.at());
      compare(decided, foretold, foretold.answer(), decided.answer().replaceFirst(HINT, ""));
      if (decided.ended() < latestBeginning) {
        marks.broke(Invariant.REAL_TIME, text(decided) + " had ended before one ahead of it began");
      } else {
        marks.held(Invariant.REAL_TIME);
      }
      latestBeginning = Math.max(latestBeginning, decided.began());
      if (marks.faults() > before) {
        marks.broke(Invariant.SERIAL, text(decided) + " does not fit");
        return;
      }
      marks.held(Invariant.SERIAL);
    }
    lookAtAll();
  }

  /// Judges what came of sending the last request again.
  public void judgeRepeated(DecidedOperation first, Response<?> again, String text) {
    if (again.replayed() && text.equals("REPLAYED " + first.answer())) {
      marks.held(Invariant.REPEATED);
    } else {
      marks.broke(Invariant.REPEATED, difference(text(first), "REPLAYED " + first.answer(), text));
    }
  }

  /// A request was not answered at all.
  public void failed(String requestId, Operation operation, RuntimeException failure) {
    marks.broke(
        Invariant.ANSWER,
        requestId
            + " "
            + operation
            + ": "
            + failure.getClass().getSimpleName()
            + ", "
            + failure.getMessage());
  }

  /// A decision has no entry in the log of its slot.
  public void notLogged(DecidedOperation decided) {
    marks.broke(Invariant.LOG, text(decided) + " is in no log");
  }

  /// Looks at the queues of all slots.
  public void lookAtAll() {
    awaitLook();
    Set<SlotLabel> slots = model.labels();
    compare(model.rows(slots), inspection.slots(slots), slots, () -> "in the end");
  }

  public boolean isSatisfied() {
    return marks.faults() == 0;
  }

  /// Every aspect that was looked at.
  public List<Finding> findings() {
    return marks.findings();
  }

  private void compare(
      DecidedOperation decided, Prediction foretold, String expected, String found) {
    if (expected.equals(found)) {
      foretold.aspects().forEach(marks::held);
    } else {
      String difference = difference(text(decided), expected, found);
      Diagnosis.of(foretold, decided.outcome()).forEach(aspect -> marks.broke(aspect, difference));
    }
  }

  private void compare(
      List<SlotRow> expected, List<SlotRow> found, Set<SlotLabel> slots, Supplier<String> when) {
    if (expected.equals(found)) {
      marks.held(Invariant.QUEUE);
      marks.held(Invariant.LOG);
      return;
    }
    if (found.size() != expected.size()) {
      marks.broke(
          Invariant.QUEUE, when.get() + " there are " + found.size() + " of the slots " + slots);
      return;
    }
    for (int index = 0; index < expected.size(); index++) {
      SlotRow row = expected.get(index);
      if (!row.equals(found.get(index))) {
        compare(row, found.get(index), when.get() + ", " + row.label());
      }
    }
  }

  private void compare(SlotRow expected, SlotRow found, String where) {
    if (expected.entries() != found.entries()) {
      marks.broke(
          Invariant.LOG,
          difference(where, expected.entries() + " entries", found.entries() + " entries"));
    }
    if (!expected.state().equals(found.state())) {
      marks.broke(Invariant.QUEUE, difference(where, expected.state(), found.state()));
    }
    List<String> missing = new ArrayList<>(expected.tokens());
    missing.removeAll(found.tokens());
    List<String> unforeseen = new ArrayList<>(found.tokens());
    unforeseen.removeAll(expected.tokens());
    if (!missing.isEmpty() || !unforeseen.isEmpty()) {
      marks.broke(Invariant.QUEUE, difference(where, missing.toString(), unforeseen.toString()));
    }
    missing.stream()
        .filter(line -> line.contains(" DISPLACED"))
        .forEach(line ->
            marks.broke(Invariant.NEVER_DELETED, difference(where, line, unforeseen.toString())));
  }

  private static String difference(String where, String expected, String found) {
    return where + ": expected " + expected + "; found " + found;
  }

  private static String text(DecidedOperation decided) {
    return decided.requestId() + " " + decided.operation();
  }
}
