package opd.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.OutcomeKind;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.record.OutcomeJson;
import opd.record.StoredOutcome;

/// Compares the outcome stored for a request with what an entry says of it. Nearly always the texts
/// are the same, and nothing is parsed.
record OutcomeCheck(Consumer<Difference> consumer, MoveCheck moves) {
  private static final OutcomeJson WITHOUT_NAMES = OutcomeJson.stored();
  private static final String WHOLE = "outcome";

  OutcomeCheck(Consumer<Difference> consumer) {
    this(consumer, new MoveCheck(consumer, new StoredMove()));
  }

  void check(LoggedEntry entry, ExpectedOutcome expected) {
    switch (expected) {
      case ExpectedOutcome.OfAnother() -> {}
      case ExpectedOutcome.Exactly(Outcome.Admitted admitted) when StoredMove.isOf(entry) ->
          moves.admitted(entry, admitted.token());
      case ExpectedOutcome.Exactly(Outcome.SlotDelayed delayed)
          when entry.isOf(OutcomeKind.DOCTOR_LATE) ->
          moves.part(entry, delayed.slot().label(), delayed);
      case ExpectedOutcome.Exactly(var outcome) -> exactly(entry, outcome);
      case ExpectedOutcome.UnlessForToken(var outcome) -> {
        if (!isForToken(entry)) {
          exactly(entry, outcome);
        }
      }
      case ExpectedOutcome.UnlessAdmittedElsewhere(var outcome) -> {
        if (!isSame(entry, outcome) && !isAdmittedElsewhere(entry, outcome)) {
          exactly(entry, outcome);
        }
      }
      case ExpectedOutcome.Moving(var slot, var tokens) -> {
        moves.order(entry, slot.label(), tokens);
        var moved = new Outcome.SlotMoved(slot, tokens, moves.stored().moved(entry, slot.label()));
        if (entry.isOf(OutcomeKind.DOCTOR_AWAY)) {
          moves.part(entry, slot.label(), moved);
        } else {
          exactly(entry, moved);
        }
      }
      case ExpectedOutcome.Unplaced(var displaced) -> moves.unplaced(entry, displaced);
      case ExpectedOutcome.Successor(var displaced, var successor) when StoredMove.isOf(entry) ->
          moves.successor(entry, displaced, successor);
      case ExpectedOutcome.Successor(var displaced, var successor) ->
          successor(entry, displaced, successor);
      case ExpectedOutcome.MovedTo(var given, var successor, var waiting) -> {
        successor(entry, given, successor);
        same(
            entry,
            WHOLE + ".waiting",
            waiting.stream().map(view -> WITHOUT_NAMES.token(view).toString()).toList().toString(),
            texts(stored(entry).path("waiting")));
      }
      case ExpectedOutcome.Moved(var admitted) ->
          exactly(entry, TokenMove.withStoredWaiting(admitted, entry));
      case ExpectedOutcome.Called(var served, var previous) -> {
        exactly(entry, ServedOutcome.withStoredPrevious(served, entry));
        same(
            entry,
            WHOLE + ".previous.label",
            String.valueOf(previous),
            stored(entry).path("previous").path("label").asText("null"));
      }
      case ExpectedOutcome.Ended(var previous) ->
          same(
              entry,
              WHOLE + ".previous",
              WITHOUT_NAMES.token(previous).toString(),
              stored(entry).path("previous").toString());
      case ExpectedOutcome.NotMoved(var rejected) ->
          exactly(entry, TokenMove.withStoredPlace(rejected, entry));
    }
  }

  private static boolean isSame(LoggedEntry entry, Outcome outcome) {
    return entry.isOf(outcome.kind()) && StoredOutcome.write(outcome).equals(entry.outcome());
  }

  private void exactly(LoggedEntry entry, Outcome outcome) {
    String stored = entry.outcome();
    if (stored == null) {
      consumer.accept(Difference.in(entry, WHOLE, "stored for request " + entry.requestId(), null));
    } else if (entry.request() != null && !entry.isOf(outcome.kind())) {
      consumer.accept(
          Difference.in(entry, WHOLE + ".kind", outcome.kind(), entry.request().kind()));
    } else if (!isSame(entry, outcome)) {
      JsonDifferences.between(
          WHOLE,
          StoredOutcome.write(outcome),
          stored,
          (field, expected, found) ->
              consumer.accept(Difference.in(entry, field, expected, found)));
    }
  }

  /// Such an outcome is shown right by the entry of the slot.
  private static boolean isForToken(LoggedEntry entry) {
    return entry.isOf(OutcomeKind.ADMITTED) || entry.isOf(OutcomeKind.REJECTED);
  }

  private static boolean isAdmittedElsewhere(LoggedEntry entry, Outcome.Rejected outcome) {
    JsonNode stored = stored(entry);
    String slot = stored.path("token").path("slot").asText();
    return entry.isOf(OutcomeKind.ADMITTED) && !slot.equals(outcome.slot().label().toString());
  }

  private void successor(LoggedEntry entry, Token given, TokenLabel successor) {
    JsonNode stored = stored(entry);
    same(
        entry,
        WHOLE + ".token.label",
        successor.toString(),
        stored.path("token").path("label").asText());
    same(
        entry,
        WHOLE + ".from",
        WITHOUT_NAMES.token(TokenView.notQueued(given)).toString(),
        stored.path("from").toString());
  }

  private static String texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.toString()));
    return texts.toString();
  }

  private static JsonNode stored(LoggedEntry entry) {
    return JsonDifferences.parse(entry.outcome() == null ? "" : entry.outcome());
  }

  private void same(LoggedEntry entry, String field, String expected, String found) {
    if (!expected.equals(found)) {
      consumer.accept(Difference.in(entry, field, expected, found));
    }
  }
}
