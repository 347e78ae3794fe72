package opd.story;

import java.util.Locale;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;

/// Says in one sentence why a request got the outcome that it got.
public final class Reason {
  private Reason() {}

  /// Why the place was given.
  public static String of(Outcome.Admitted admitted) {
    String why = whyAdmitted(admitted);
    TokenView from = admitted.from();
    return from != null && admitted.isMoved()
        ? why + " " + from.token().label() + " is given up for it, and cannot be had back."
        : why;
  }

  private static String whyAdmitted(Outcome.Admitted admitted) {
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
    return "%s; %s, so the %s %s lost its place."
        .formatted(
            capitalised(all(admitted.capacity(), "was", "were")),
            why,
            Inputs.typed(lost),
            displaced.token().label());
  }

  /// Why there is no place.
  public static String of(Outcome.Rejected rejected) {
    return switch (rejected.refusal()) {
      case SLOT_CLOSED -> closed(rejected.slot());
      case DUPLICATE_TOKEN -> {
        TokenView existing = rejected.existing();
        yield "The patient already holds %s in this slot%s"
            .formatted(
                existing == null ? "a token" : existing.token().label(),
                rejected.from() == null ? "; --replace gives it up for the new one." : ".");
      }
      case SLOT_FULL ->
          "%s, and a %s claim takes none of them."
              .formatted(
                  capitalised(all(rejected.slot().capacity(), "is", "are")),
                  Inputs.typed(rejected.priority()));
      case NO_FREE_PLACE ->
          "No later open slot of this doctor on that day has a free place; --to names another slot.";
      case TOKEN_NOT_ACTIVE, TOKEN_NOT_DISPLACED, ALREADY_REALLOCATED, HOLDS_TOKEN -> {
        TokenView from = rejected.from();
        yield from == null ? rejected.refusal().name() : ofChange(rejected.refusal(), from.token());
      }
      case NOTHING_TO_UNDO, CAPACITY_TAKEN, NOBODY_WAITING ->
          throw new IllegalArgumentException(rejected.refusal() + " is not about a claim");
    };
  }

  /// Why the token stays as it is.
  public static String of(Outcome.ChangeRejected rejected) {
    TokenView existing = rejected.existing();
    Token token = rejected.token().token();
    return existing == null
        ? ofChange(rejected.refusal(), token)
        : "The patient holds %s in this slot by now.".formatted(existing.token().label());
  }

  /// Why the patient is not erased.
  public static String of(Outcome.PatientRejected rejected) {
    return "The patient's token %s is %s: it must be cancelled or made good first."
        .formatted(rejected.holds(), rejected.status());
  }

  /// Why nobody is called.
  public static String of(Outcome.NobodyWaiting nobody) {
    return "Nobody is left in that queue who is neither called nor away; see: opd queue --doctor %s"
        .formatted(nobody.doctor());
  }

  /// Why the slot stays as it is.
  public static String of(Outcome.SlotRejected rejected) {
    Slot slot = rejected.slot();
    return switch (rejected.refusal()) {
      case CAPACITY_TAKEN ->
          "%d of its tokens are ACTIVE; --displace takes the places of the last of them."
              .formatted(slot.counts().active());
      case NOTHING_TO_UNDO -> "The slot is " + slot.status() + ", and open.";
      case SLOT_CLOSED -> closed(slot);
      case DUPLICATE_TOKEN, SLOT_FULL, NO_FREE_PLACE, ALREADY_REALLOCATED, NOBODY_WAITING ->
          throw new IllegalArgumentException(rejected.refusal() + " is not about a slot");
      case TOKEN_NOT_ACTIVE, TOKEN_NOT_DISPLACED, HOLDS_TOKEN ->
          throw new IllegalArgumentException(rejected.refusal() + " is not about a slot");
    };
  }

  /// @param token as it is
  private static String ofChange(Refusal refusal, Token token) {
    TokenStatus present = token.status();
    return switch (refusal) {
      case TOKEN_NOT_ACTIVE ->
          "The token is %s, and no longer ACTIVE; %s".formatted(present, wayBack(token));
      case TOKEN_NOT_DISPLACED ->
          "The token is %s; only a DISPLACED one is reallocated. %s"
              .formatted(
                  present,
                  present == TokenStatus.ACTIVE
                      ? "Another slot: opd move %s --to SLOT".formatted(token.label())
                      : capitalised(wayBack(token)));
      case ALREADY_REALLOCATED ->
          "The token was reallocated to another slot; its successor there%s is the one to change."
              .formatted(token.reallocatedTo() == null ? "" : ", " + token.reallocatedTo() + ",");
      case NOTHING_TO_UNDO ->
          "The last change of the token, which is %s, is none that can be taken back."
              .formatted(present);
      case SLOT_CLOSED ->
          "Its slot is closed; open it again with: opd slot reopen %s --reason …"
              .formatted(token.label().slot());
      case SLOT_FULL ->
          "Its place was given, and all others are taken; more places: opd slot change %s --capacity N"
              .formatted(token.label().slot());
      case DUPLICATE_TOKEN, NO_FREE_PLACE, CAPACITY_TAKEN, HOLDS_TOKEN, NOBODY_WAITING ->
          throw new IllegalArgumentException(refusal + " is not about a token's status");
    };
  }

  private static String all(int places, String one, String many) {
    return places == 1
        ? "the only place " + one + " taken"
        : "all " + places + " places " + many + " taken";
  }

  private static String closed(Slot slot) {
    return "The slot is %s. If that was a mistake: opd slot reopen %s --reason …"
        .formatted(slot.status(), slot.label());
  }

  private static String wayBack(Token token) {
    return switch (token.status()) {
      case DISPLACED -> "a place again: opd reallocate " + token.label();
      case ACTIVE, NO_SHOW -> undone(token);
      case CANCELLED -> undone(token) + ", unless it was given up for another token";
      case COMPLETED ->
          "%s; if its slot was closed: opd slot reopen %s --reason …"
              .formatted(undone(token), token.label().slot());
    };
  }

  private static String undone(Token token) {
    return "a mistake is taken back with: opd undo %s --reason …".formatted(token.label());
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
