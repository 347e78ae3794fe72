package opd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.AuditEvent;
import opd.decision.Outcome;
import opd.domain.AuditKind;
import opd.domain.Slot;
import opd.record.FactsReader;
import opd.record.StoredOutcome;
import org.jspecify.annotations.Nullable;

/// Compares the outcomes of opening slots with the entries of the slots that were opened together:
/// each slot has a chain of its own, so no single one can tell.
public final class OpeningCheck {
  /// A slot's first entry.
  ///
  /// @param outcome stored for the request; with the request's first slot only, else null
  public record Opening(String requestId, long slotId, String facts, @Nullable String outcome) {}

  private final Consumer<Difference> consumer;
  private final List<Opening> together = new ArrayList<>();

  public OpeningCheck(Consumer<Difference> consumer) {
    this.consumer = consumer;
  }

  /// Takes the openings ordered by request, and as they were opened.
  public void accept(Opening opening) {
    if (!together.isEmpty() && !together.getFirst().requestId().equals(opening.requestId())) {
      check();
    }
    together.add(opening);
  }

  /// To be called after the last.
  public void end() {
    if (!together.isEmpty()) {
      check();
    }
  }

  private void check() {
    List<Slot> slots = together.stream().map(OpeningCheck::slot).flatMap(Optional::stream).toList();
    String row = "request " + together.getFirst().requestId();
    String found = together.getFirst().outcome();
    String expected = StoredOutcome.write(new Outcome.SlotsOpened(slots));
    together.clear();
    if (found == null) {
      consumer.accept(Difference.inRow(null, row, "outcome", "a stored one", null));
    } else if (!found.equals(expected)) {
      JsonDifferences.between(
          "outcome",
          expected,
          found,
          (field, wanted, stored) ->
              consumer.accept(Difference.inRow(null, row, field, wanted, stored)));
    }
  }

  private static Optional<Slot> slot(Opening opening) {
    return FactsReader.read(AuditKind.SLOT_OPENED, null, opening.facts())
        .flatMap(event ->
            event instanceof AuditEvent.SlotOpened opened
                ? Optional.of(opened.slot(opening.slotId()))
                : Optional.empty());
  }
}
