package opd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.domain.OutcomeKind;
import opd.domain.Slot;
import opd.record.StoredOutcome;

/// Checks that an outcome of a request that changed many slots tells of exactly those that the log
/// does, in their order, and of nothing besides. What it tells of each is shown right by the
/// entries of that slot.
public record SlotsCheck(Consumer<Difference> consumer) {

  /// @param labels of the slots whose entries the request has, in the order of the entries
  public void check(String requestId, OutcomeKind kind, String stored, List<String> labels) {
    String row = "request " + requestId;
    List<String> told = new ArrayList<>();
    String again = "";
    try {
      Outcome outcome = StoredOutcome.read(kind, stored);
      slots(outcome).forEach(slot -> told.add(slot.label().toString()));
      again = StoredOutcome.write(outcome);
    } catch (IllegalArgumentException e) {
      // Then it is not as it was written, as is said below.
    }
    if (!told.equals(labels)) {
      consumer.accept(Difference.inRow(null, row, "outcome.slots", labels, told));
    }
    if (!again.equals(stored)) {
      JsonDifferences.between(
          "outcome",
          again,
          stored,
          (field, expected, found) ->
              consumer.accept(Difference.inRow(null, row, field, expected, found)));
    }
  }

  private static List<Slot> slots(Outcome outcome) {
    return switch (outcome) {
      case Outcome.DoctorLate late -> late.slots().stream().map(Outcome.SlotDelayed::slot).toList();
      case Outcome.DoctorAway away -> away.slots().stream().map(Outcome.SlotMoved::slot).toList();
      case Outcome _ -> List.of();
    };
  }
}
