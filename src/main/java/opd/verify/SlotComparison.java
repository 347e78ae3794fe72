package opd.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.verify.Rows.SlotRow;
import opd.verify.Rows.TokenRow;

/// Compares the rows of a slot and its tokens with what the log rebuilds, both ways.
///
/// @param version how many entries tell of a change of the slot itself
record SlotComparison(
    RebuiltSlot rebuilt, int version, String chain, Consumer<Difference> consumer) {

  void compare(Optional<SlotRow> row, List<TokenRow> tokens) {
    row.ifPresentOrElse(this::compareSlot, () -> missing("slot " + rebuilt.slot().id()));
    Map<Long, TokenRow> found = new HashMap<>();
    tokens.forEach(token -> found.put(token.token().id(), token));
    for (TokenRow expected : rebuilt.tokens()) {
      TokenRow stored = found.remove(expected.token().id());
      if (stored == null) {
        missing(expected.name());
      } else {
        compareToken(expected, stored);
      }
    }
    tokens.stream()
        .filter(token -> found.containsKey(token.token().id()))
        .forEach(token -> RowDifferences.withoutEntries(token, consumer));
  }

  private void missing(String row) {
    consumer.accept(Difference.inRow(chain, row, "row", "a row, as the log tells of it", null));
  }

  private void compareSlot(SlotRow row) {
    RowDifferences differences = new RowDifferences(row, consumer);
    Slot expected = rebuilt.slot();
    Slot found = row.slot();
    differences.check("doctor_code", expected.label().doctor().value(), row.named().doctorCode());
    differences.check("label", expected.label().toString(), row.named().label());
    differences.check("day", expected.label().day(), row.named().day());
    differences.check("starts_at", expected.start(), found.start());
    differences.check("ends_at", expected.end(), found.end());
    differences.check("capacity", expected.capacity(), found.capacity());
    differences.check("status", expected.status(), found.status());
    differences.check("delay_minutes", expected.delayMinutes(), found.delayMinutes());
    for (TokenStatus status : TokenStatus.values()) {
      differences.check(
          "count of " + status, expected.counts().of(status), found.counts().of(status));
    }
    differences.check("version", version, row.version());
    SlotRow.Counted counted = row.counted();
    if (counted == null) {
      differences.check("row of counts", "a row", null);
    } else {
      differences.check("capacity of its counts", expected.capacity(), counted.capacity());
      differences.check("is_open of its counts", expected.status().isOpen(), counted.isOpen());
      differences.check("last_sequence", rebuilt.lastSequence(), counted.lastSequence());
    }
  }

  private static void compareServing(RowDifferences differences, Serving expected, Serving found) {
    differences.check("arrived_at", expected.arrivedAt(), found.arrivedAt());
    differences.check("called_at", expected.calledAt(), found.calledAt());
    differences.check("call_number", expected.callNumber(), found.callNumber());
    differences.check("calls", expected.calls(), found.calls());
    differences.check("room", expected.room(), found.room());
    differences.check("parked_at", expected.parkedAt(), found.parkedAt());
  }

  private void compareToken(TokenRow expectedRow, TokenRow foundRow) {
    RowDifferences differences = new RowDifferences(foundRow, consumer);
    Token expected = expectedRow.token();
    Token found = foundRow.token();
    differences.check("sequence_number", expected.sequence(), found.sequence());
    differences.check("patient_id", expected.patientId(), found.patientId());
    differences.check("priority", expected.priority(), found.priority());
    differences.check("source", expected.source(), found.source());
    differences.check("status", expected.status(), found.status());
    differences.check("previous_status", expectedRow.previous(), foundRow.previous());
    differences.check("reallocated_from", expected.reallocatedFrom(), found.reallocatedFrom());
    differences.check("created_at", expected.createdAt(), found.createdAt());
    compareServing(differences, expected.serving(), found.serving());
    differences.check("version", expectedRow.version(), foundRow.version());
    differences.check("successor", expectedRow.successor(), foundRow.successor());
  }
}
