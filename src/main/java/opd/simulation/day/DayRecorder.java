package opd.simulation.day;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.PatientKey;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// Tells what happened to which token, from the answers alone.
final class DayRecorder {
  private final List<DayEvent> events = new ArrayList<>();
  private final Map<TokenLabel, DayEvent.Move> last = new HashMap<>();
  private final Map<TokenLabel, PatientKey> patients = new HashMap<>();
  private final Map<PatientKey, String> names = new HashMap<>();

  /// To be told of the decisions in their order.
  ///
  /// @param answer the outcome in one line
  DayEvent add(Instant at, Operation operation, Outcome outcome, String answer) {
    List<DayEvent.Move> moves = new ArrayList<>();
    DayEvent.SlotState state = null;
    switch (outcome) {
      case Outcome.Admitted admitted -> admit(operation, admitted, moves);
      case Outcome.TokenDone(var view, var _) -> moves.add(moved(view, null));
      case Outcome.SlotDone(var slot, var views) -> {
        views.stream()
            .filter(view -> view.token().status() != TokenStatus.ACTIVE)
            .forEach(view -> moves.add(moved(view, null)));
        state = state(slot);
      }
      case Outcome.SlotDelayed(var slot, int _, var _) -> state = state(slot);
      case Outcome.SlotMoved moved ->
          throw new IllegalStateException("no operation of the day moves " + moved.slot().label());
      case Outcome.Rejected _, Outcome.ChangeRejected _, Outcome.SlotRejected _ -> {}
      case Outcome.SlotsOpened _, Outcome.DoctorSaved _ -> {}
      case Outcome.PatientSaved _, Outcome.PatientRejected _, Outcome.FacilitySaved _ -> {}
    }
    moves.forEach(move -> last.put(move.token(), move));
    DayEvent event =
        new DayEvent(
            events.size() + 1,
            at,
            kind(operation),
            operation.slot(),
            priority(operation),
            outcome.isRefused(),
            answer,
            moves,
            state);
    events.add(event);
    return event;
  }

  private void admit(Operation operation, Outcome.Admitted admitted, List<DayEvent.Move> moves) {
    Token placed = admitted.token().token();
    PatientKey patient = patient(operation, placed.label());
    replaced(operation, patient, placed.label().slot(), moves);
    TokenView from = admitted.from();
    boolean isNew = from == null || !from.token().label().equals(placed.label());
    moves.add(
        new DayEvent.Move(
            placed.label(),
            names.getOrDefault(patient, ""),
            placed.priority(),
            placed.source(),
            isNew ? null : TokenStatus.DISPLACED,
            TokenStatus.ACTIVE,
            null,
            isNew && from != null ? from.token().label() : null));
    patients.put(placed.label(), patient);
    if (admitted.displaced() != null) {
      moves.add(moved(admitted.displaced(), placed.label()));
    }
  }

  private PatientKey patient(Operation operation, TokenLabel placed) {
    return switch (operation) {
      case Operation.Allocate asked -> {
        names.put(asked.patient(), asked.name().toString());
        yield asked.patient();
      }
      case Operation.OfToken asked -> Objects.requireNonNull(patients.get(asked.token()));
      case Operation.DelaySlot _, Operation.CancelSlot _, Operation.CompleteSlot _ ->
          throw new IllegalArgumentException(placed + " was given by a change of its slot");
    };
  }

  /// The token that was given up for a new one, which the answer does not mention.
  private void replaced(
      Operation operation, PatientKey patient, SlotLabel slot, List<DayEvent.Move> moves) {
    if (operation instanceof Operation.Allocate asked && asked.how() == Operation.How.REPLACE) {
      last.values().stream()
          .filter(move -> move.after() == TokenStatus.ACTIVE)
          .filter(move -> move.token().slot().equals(slot))
          .filter(move -> patient.equals(patients.get(move.token())))
          .findFirst()
          .ifPresent(move -> moves.add(with(move, TokenStatus.CANCELLED, null)));
    }
  }

  private DayEvent.Move moved(TokenView view, @Nullable TokenLabel displacedBy) {
    DayEvent.Move before = last.get(view.token().label());
    if (before == null) {
      throw new IllegalStateException(view.token().label() + " was never given");
    }
    return with(before, view.token().status(), displacedBy);
  }

  private static DayEvent.Move with(
      DayEvent.Move move, TokenStatus after, @Nullable TokenLabel displacedBy) {
    return new DayEvent.Move(
        move.token(),
        move.patient(),
        move.priority(),
        move.source(),
        move.after(),
        after,
        displacedBy,
        null);
  }

  private static DayEvent.SlotState state(Slot slot) {
    return new DayEvent.SlotState(slot.status(), slot.delayMinutes());
  }

  private static DayEvent.Kind kind(Operation operation) {
    return switch (operation) {
      case Operation.Allocate _ -> DayEvent.Kind.ALLOCATE;
      case Operation.Reallocate _ -> DayEvent.Kind.REALLOCATE;
      case Operation.Cancel _ -> DayEvent.Kind.CANCEL;
      case Operation.NoShow _ -> DayEvent.Kind.NO_SHOW;
      case Operation.Complete _ -> DayEvent.Kind.COMPLETE;
      case Operation.DelaySlot _ -> DayEvent.Kind.DELAY_SLOT;
      case Operation.CancelSlot _ -> DayEvent.Kind.CANCEL_SLOT;
      case Operation.CompleteSlot _ -> DayEvent.Kind.COMPLETE_SLOT;
    };
  }

  private @Nullable TokenPriority priority(Operation operation) {
    return switch (operation) {
      case Operation.Allocate asked -> asked.priority();
      case Operation.OfToken asked -> {
        DayEvent.Move move = last.get(asked.token());
        yield move == null ? null : move.priority();
      }
      case Operation.DelaySlot _, Operation.CancelSlot _, Operation.CompleteSlot _ -> null;
    };
  }

  List<DayEvent> events() {
    return List.copyOf(events);
  }

  /// Whose token it is.
  @Nullable PatientKey patientOf(TokenLabel token) {
    return patients.get(token);
  }
}
