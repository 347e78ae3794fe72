package opd.story;

import java.util.Locale;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;

/// Says in one sentence why a request got the outcome that it got.
public final class Reason {
  private Reason() {}

  /// Why the place was given.
  public static String of(Outcome.Admitted admitted) {
    TokenView displaced = admitted.displaced();
    if (displaced == null) {
      String free =
          "a place was free: %d of %d were taken"
              .formatted(admitted.activeBefore(), admitted.capacity());
      return admitted.rule() == Rule.ARRIVAL_ORDER
          ? "Reinstated with its old number, as " + free + "."
          : capitalised(free) + ".";
    }
    TokenPriority lost = displaced.token().priority();
    TokenPriority won = admitted.token().token().priority();
    String why =
        won == TokenPriority.EMERGENCY
            ? "an emergency always gets a place"
            : Inputs.typed(won) + " ranks above " + Inputs.typed(lost);
    return "%s; %s, so the latest %s, %s, lost its place."
        .formatted(
            capitalised(all(admitted.capacity(), "was", "were")),
            why,
            Inputs.typed(lost),
            displaced.token().label());
  }

  /// Why there is no place.
  public static String of(Outcome.Rejected rejected) {
    return switch (rejected.refusal()) {
      case SLOT_CLOSED -> closed(rejected.slot().status().name());
      case DUPLICATE_TOKEN -> {
        TokenView existing = rejected.existing();
        yield "The patient already holds "
            + (existing == null ? "a token" : existing.token().label())
            + " in this slot.";
      }
      case SLOT_FULL ->
          "%s, none by a priority below %s."
              .formatted(
                  capitalised(all(rejected.slot().capacity(), "is", "are")),
                  Inputs.typed(rejected.priority()));
      case NO_FREE_PLACE -> "No later open slot of this doctor on that day has a free place.";
      case TOKEN_NOT_ACTIVE, TOKEN_NOT_DISPLACED, ALREADY_REALLOCATED, HOLDS_TOKEN -> {
        TokenView from = rejected.from();
        yield ofChange(
            rejected.refusal(), from == null ? TokenStatus.ACTIVE : from.token().status());
      }
    };
  }

  /// Why the token stays as it is.
  public static String of(Outcome.ChangeRejected rejected) {
    return ofChange(rejected.refusal(), rejected.token().token().status());
  }

  /// Why the patient is not erased.
  public static String of(Outcome.PatientRejected rejected) {
    return "The patient's token %s is %s: it must be cancelled or made good first."
        .formatted(rejected.holds(), rejected.status());
  }

  /// Why the slot stays as it is.
  public static String of(Outcome.SlotRejected rejected) {
    return closed(rejected.slot().status().name());
  }

  /// @param present the token's status
  private static String ofChange(Refusal refusal, TokenStatus present) {
    return switch (refusal) {
      case TOKEN_NOT_ACTIVE -> "The token is " + present + ", and no longer ACTIVE.";
      case TOKEN_NOT_DISPLACED ->
          "The token is " + present + "; only a DISPLACED one is reallocated.";
      case ALREADY_REALLOCATED ->
          "The token was reallocated to another slot; its successor there is the one to change.";
      case SLOT_CLOSED, DUPLICATE_TOKEN, SLOT_FULL, NO_FREE_PLACE, HOLDS_TOKEN ->
          throw new IllegalArgumentException(refusal + " is not about a token's status");
    };
  }

  private static String all(int places, String one, String many) {
    return places == 1
        ? "the only place " + one + " taken"
        : "all " + places + " places " + many + " taken";
  }

  private static String closed(String status) {
    return "The slot is " + status + ", which is final.";
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
