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
  /// @return one event, or where a doctor's absence concerns several slots, one for each
  List<DayEvent> add(Instant at, Operation operation, Outcome outcome, String answer) {
    return switch (outcome) {
      case Outcome.DoctorLate late ->
          late.slots().stream().map(part -> addOne(at, operation, part, answer)).toList();
      case Outcome.DoctorAway away ->
          away.slots().stream().map(part -> addOne(at, operation, part, answer)).toList();
      case Outcome _ -> List.of(addOne(at, operation, outcome, answer));
    };
  }

  private DayEvent addOne(Instant at, Operation operation, Outcome outcome, String answer) {
    List<DayEvent.Move> moves = new ArrayList<>();
    Slot changed = null;
    switch (outcome) {
      case Outcome.Admitted admitted -> admit(operation, admitted, moves);
      case Outcome.TokenDone(var view, var _, var _, var _, var _) -> moves.add(moved(view, null));
      case Outcome.SlotDone(var slot, var views) -> {
        views.stream()
            .filter(view -> view.token().status() != TokenStatus.ACTIVE)
            .forEach(view -> moves.add(moved(view, null)));
        changed = slot;
      }
      case Outcome.SlotDelayed(var slot, int _, var _, var _) -> changed = slot;
      case Outcome.SlotMoved(var slot, var views, var placed) -> {
        views.forEach(view -> moves.add(moved(view, null)));
        placed.forEach(view -> moves.add(madeGood(view.token())));
        changed = slot;
      }
      case Outcome.SlotChanged(var slot, int _, var _, var views, var _, var _) -> {
        views.forEach(view -> moves.add(moved(view, null)));
        changed = slot;
      }
      case Outcome.SlotReopened(var slot, var _, var views, var _) -> {
        views.forEach(view -> moves.add(moved(view, null)));
        changed = slot;
      }
      case Outcome.DoctorLate _, Outcome.DoctorAway _ ->
          throw new IllegalArgumentException("several slots are told of one by one");
      case Outcome.Rejected _, Outcome.ChangeRejected _, Outcome.SlotRejected _ -> {}
      case Outcome.SlotsOpened _, Outcome.DoctorSaved _ -> {}
      case Outcome.Served served -> {
        // A call changes no status; but of `next` the patient before is done.
        if (served.previous() != null && served.previous().token().status() != TokenStatus.ACTIVE) {
          moves.add(moved(served.previous(), null));
        }
      }
      case Outcome.NobodyWaiting _ -> {}
      case Outcome.PatientSaved _, Outcome.PatientRejected _, Outcome.FacilitySaved _ -> {}
    }
    moves.forEach(move -> last.put(move.token(), move));
    DayEvent event =
        new DayEvent(
            events.size() + 1,
            at,
            kind(operation),
            changed == null ? operation.slot() : changed.label(),
            priority(operation),
            outcome.isRefused(),
            answer,
            moves,
            changed == null ? null : state(changed));
    events.add(event);
    return event;
  }

  /// A new token in another slot.
  private DayEvent.Move madeGood(Token placed) {
    TokenLabel from = Objects.requireNonNull(placed.reallocatedFrom());
    PatientKey patient = Objects.requireNonNull(patients.get(from));
    patients.put(placed.label(), patient);
    return new DayEvent.Move(
        placed.label(),
        names.getOrDefault(patient, ""),
        placed.priority(),
        placed.source(),
        null,
        TokenStatus.ACTIVE,
        null,
        from,
        null);
  }

  private void admit(Operation operation, Outcome.Admitted admitted, List<DayEvent.Move> moves) {
    Token placed = admitted.token().token();
    PatientKey patient = patient(operation, placed.label());
    replaced(operation, patient, placed.label().slot(), moves);
    TokenView from = admitted.isMoved() ? null : admitted.from();
    if (admitted.isMoved()) {
      moves.add(moved(Objects.requireNonNull(admitted.from()), null));
    }
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
            isNew && from != null ? from.token().label() : null,
            null));
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
      case Operation.OfSlot _, Operation.OfQueue _, Operation.OfDoctor _ ->
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
        null,
        null);
  }

  private static DayEvent.SlotState state(Slot slot) {
    return new DayEvent.SlotState(slot.status(), slot.delayMinutes(), slot.capacity());
  }

  private static DayEvent.Kind kind(Operation operation) {
    return switch (operation) {
      case Operation.Allocate _ -> DayEvent.Kind.ALLOCATE;
      case Operation.Reallocate _ -> DayEvent.Kind.REALLOCATE;
      case Operation.Cancel _ -> DayEvent.Kind.CANCEL;
      case Operation.NoShow _ -> DayEvent.Kind.NO_SHOW;
      case Operation.Complete _ -> DayEvent.Kind.COMPLETE;
      case Operation.Undo _ -> DayEvent.Kind.UNDO;
      case Operation.Move _ -> DayEvent.Kind.MOVE;
      case Operation.Arrive _ -> DayEvent.Kind.ARRIVE;
      case Operation.Call _, Operation.CallNext _ -> DayEvent.Kind.CALL;
      case Operation.Next _ -> DayEvent.Kind.NEXT;
      case Operation.Park _ -> DayEvent.Kind.PARK;
      case Operation.Return _ -> DayEvent.Kind.RETURN;
      case Operation.ReopenSlot _ -> DayEvent.Kind.REOPEN_SLOT;
      case Operation.ChangeSlot _ -> DayEvent.Kind.CHANGE_SLOT;
      case Operation.DelaySlot _ -> DayEvent.Kind.DELAY_SLOT;
      case Operation.CancelSlot _ -> DayEvent.Kind.CANCEL_SLOT;
      case Operation.CompleteSlot _ -> DayEvent.Kind.COMPLETE_SLOT;
      case Operation.DoctorLate _ -> DayEvent.Kind.DELAY_SLOT;
      case Operation.DoctorLeave _ -> DayEvent.Kind.CANCEL_SLOT;
    };
  }

  private @Nullable TokenPriority priority(Operation operation) {
    return switch (operation) {
      case Operation.Allocate asked -> asked.priority();
      case Operation.OfToken asked -> {
        DayEvent.Move move = last.get(asked.token());
        yield move == null ? null : move.priority();
      }
      case Operation.OfSlot _, Operation.OfDoctor _, Operation.OfQueue _ -> null;
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
