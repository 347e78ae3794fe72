package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// Works out from the answers alone how long patients waited: until a token was first called, from
/// the arrival that the desk had noted, or from the slot's start where that was later. Who walked
/// in arrived when the first place was given.
final class CallWaits {
  private final DayPlan plan;
  private final Map<TokenLabel, Instant> walkedIn = new HashMap<>();

  /// @param seconds 0 for who was called before the slot's start
  record Wait(TokenLabel token, TokenPriority priority, long seconds) {}

  CallWaits(DayPlan plan) {
    this.plan = plan;
  }

  /// To be told of the decisions in their order.
  ///
  /// @return empty where nobody was called for the first time whose arrival is known
  Optional<Wait> add(DecidedOperation decided) {
    switch (decided.outcome()) {
      case Outcome.Admitted admitted ->
          given(admitted.token().token(), label(admitted.from()), decided.at());
      case Outcome.SlotMoved moved -> moved(moved, decided.at());
      case Outcome.DoctorAway away -> away.slots().forEach(slot -> moved(slot, decided.at()));
      case Outcome.Served served when isCall(decided.operation()) && served.token() != null -> {
        return called(served.token().token(), decided.at());
      }
      case Outcome _ -> {}
    }
    return Optional.empty();
  }

  private static boolean isCall(Operation operation) {
    return switch (operation) {
      case Operation.Call _, Operation.CallNext _, Operation.Next _ -> true;
      case Operation _ -> false;
    };
  }

  private static @Nullable TokenLabel label(@Nullable TokenView view) {
    return view == null ? null : view.token().label();
  }

  private void moved(Outcome.SlotMoved moved, Instant at) {
    List<TokenView> placed = moved.moved();
    placed.forEach(view -> given(view.token(), view.token().reallocatedFrom(), at));
  }

  /// @param from the token that this one follows, or the same one; null for none
  private void given(Token token, @Nullable TokenLabel from, Instant at) {
    if (token.source() == TokenSource.WALK_IN) {
      Instant before = from == null ? null : walkedIn.get(from);
      walkedIn.putIfAbsent(token.label(), before == null ? at : before);
    }
  }

  private Optional<Wait> called(Token token, Instant at) {
    Instant arrived =
        token.source() == TokenSource.WALK_IN
            ? walkedIn.get(token.label())
            : token.serving().arrivedAt();
    if (token.serving().calls() > 1 || arrived == null) {
      return Optional.empty();
    }
    Instant start = plan.slot(token.label().slot()).start();
    Instant from = arrived.isBefore(start) ? start : arrived;
    long seconds = Math.max(0, Duration.between(from, at).toSeconds());
    return Optional.of(new Wait(token.label(), token.priority(), seconds));
  }
}
