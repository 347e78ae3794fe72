package opd.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import opd.outcome.Outcome;
import opd.outcome.OutcomeJson;
import opd.outcome.StoredOutcome;
import opd.outcome.TokenView;

/// Compares the outcome stored for a request with what an entry says of it. Nearly always the texts
/// are the same, and nothing is parsed.
record OutcomeCheck(Consumer<Difference> consumer) {
  private static final OutcomeJson WITHOUT_NAMES = new OutcomeJson((patient, patientId) -> {});
  private static final String WHOLE = "outcome";

  void check(LoggedEntry entry, ExpectedOutcome expected) {
    String stored = entry.outcome();
    if (stored == null) {
      consumer.accept(Difference.in(entry, WHOLE, "stored for request " + entry.requestId(), null));
      return;
    }
    switch (expected) {
      case ExpectedOutcome.OfAnother() -> {}
      case ExpectedOutcome.Exactly(var outcome) -> exactly(entry, outcome, stored);
      case ExpectedOutcome.UnlessAdmittedElsewhere(var outcome) ->
          unlessElsewhere(entry, outcome, stored);
      case ExpectedOutcome.UnlessForToken(var outcome) -> {
        if (!isType(JsonDifferences.parse(stored), "Admitted", "Rejected")) {
          exactly(entry, outcome, stored);
        }
      }
      case ExpectedOutcome.WithSlot(var slot) -> {
        String wanted = WITHOUT_NAMES.slot(slot).toString();
        JsonNode found = JsonDifferences.parse(stored).path("slots");
        boolean isThere = found.valueStream().anyMatch(each -> each.toString().equals(wanted));
        if (!isThere) {
          consumer.accept(Difference.in(entry, WHOLE + ".slots", wanted, found));
        }
      }
      case ExpectedOutcome.Successor successor -> successor(entry, successor, stored);
    }
  }

  private void exactly(LoggedEntry entry, Outcome outcome, String stored) {
    String wanted = StoredOutcome.write(outcome);
    if (!wanted.equals(stored)) {
      JsonDifferences.between(
          WHOLE,
          wanted,
          stored,
          (field, expected, found) ->
              consumer.accept(Difference.in(entry, field, expected, found)));
    }
  }

  private void unlessElsewhere(LoggedEntry entry, Outcome.Rejected outcome, String stored) {
    JsonNode found = JsonDifferences.parse(stored);
    boolean isElsewhere =
        isType(found, "Admitted")
            && !found.path("token").path("slot").asText().equals(outcome.slot().label().toString());
    if (!isElsewhere) {
      exactly(entry, outcome, stored);
    }
  }

  private void successor(LoggedEntry entry, ExpectedOutcome.Successor expected, String stored) {
    JsonNode found = JsonDifferences.parse(stored);
    same(
        entry,
        WHOLE + ".token.label",
        expected.successor().toString(),
        found.path("token").path("label").asText());
    same(
        entry,
        WHOLE + ".from",
        WITHOUT_NAMES.token(TokenView.notQueued(expected.displaced())).toString(),
        found.path("from").toString());
  }

  private void same(LoggedEntry entry, String field, String expected, String found) {
    if (!expected.equals(found)) {
      consumer.accept(Difference.in(entry, field, expected, found));
    }
  }

  private static boolean isType(JsonNode outcome, String... types) {
    String type = outcome.path("type").asText();
    for (String wanted : types) {
      if (type.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
