package opd.verify;

import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.OutcomeKind;
import opd.domain.SlotLabel;
import opd.record.StoredOutcome;
import org.jspecify.annotations.Nullable;

/// What is stored for a request that changed many slots or moved many patients, as the entries of
/// one chain show their parts of it. It may be long: it is read once for the entries of a request
/// that stand together in a chain, and comes with the first of them.
final class StoredMove {
  private String request = "";
  private @Nullable Outcome outcome;

  /// Whether patients of cancelled slots got other places.
  static boolean isOf(LoggedEntry entry) {
    return entry.isOf(OutcomeKind.SLOT_MOVED) || entry.isOf(OutcomeKind.DOCTOR_AWAY);
  }

  /// The new tokens that make good those of this slot; none where the outcome cannot be read.
  List<TokenView> moved(LoggedEntry entry, SlotLabel from) {
    return switch (outcome(entry)) {
      case Outcome.SlotMoved moved -> moved.moved();
      case Outcome.DoctorAway away ->
          away(away, from).map(Outcome.SlotMoved::moved).orElse(List.of());
      case null -> List.of();
      case Outcome _ -> List.of();
    };
  }

  /// What the outcome tells of this slot.
  Optional<? extends Outcome> part(LoggedEntry entry, SlotLabel slot) {
    return switch (outcome(entry)) {
      case Outcome.DoctorAway away -> away(away, slot);
      case Outcome.DoctorLate late ->
          late.slots().stream().filter(part -> part.slot().label().equals(slot)).findFirst();
      case null -> Optional.empty();
      case Outcome _ -> Optional.empty();
    };
  }

  private static Optional<Outcome.SlotMoved> away(Outcome.DoctorAway away, SlotLabel slot) {
    return away.slots().stream().filter(part -> part.slot().label().equals(slot)).findFirst();
  }

  private @Nullable Outcome outcome(LoggedEntry entry) {
    if (!entry.requestId().equals(request)) {
      request = entry.requestId();
      outcome = null;
    }
    if (outcome == null) {
      outcome = read(entry);
    }
    return outcome;
  }

  /// The outcome, if it is written as this program writes it: with nothing besides.
  private static @Nullable Outcome read(LoggedEntry entry) {
    String stored = entry.outcome();
    if (stored == null || entry.request() == null) {
      return null;
    }
    try {
      return StoredOutcome.read(entry.request().kind(), stored);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
