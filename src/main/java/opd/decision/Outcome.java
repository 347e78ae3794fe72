package opd.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.OutcomeKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What became of a request.
public sealed interface Outcome {

  /// Under which kind it is stored.
  default OutcomeKind kind() {
    return switch (this) {
      case Admitted _ -> OutcomeKind.ADMITTED;
      case Rejected _ -> OutcomeKind.REJECTED;
      case TokenDone _ -> OutcomeKind.TOKEN_DONE;
      case ChangeRejected _ -> OutcomeKind.CHANGE_REJECTED;
      case SlotDone _ -> OutcomeKind.SLOT_DONE;
      case SlotDelayed _ -> OutcomeKind.SLOT_DELAYED;
      case SlotMoved _ -> OutcomeKind.SLOT_MOVED;
      case SlotRejected _ -> OutcomeKind.SLOT_REJECTED;
      case SlotsOpened _ -> OutcomeKind.SLOTS_OPENED;
      case DoctorSaved _ -> OutcomeKind.DOCTOR_SAVED;
      case PatientSaved _ -> OutcomeKind.PATIENT_SAVED;
      case PatientRejected _ -> OutcomeKind.PATIENT_REJECTED;
      case FacilitySaved _ -> OutcomeKind.FACILITY_SAVED;
    };
  }

  /// Whether a rule refused it.
  default boolean isRefused() {
    return switch (this) {
      case Rejected _, ChangeRejected _, SlotRejected _, PatientRejected _ -> true;
      case Admitted _, TokenDone _, SlotDone _, SlotDelayed _, SlotMoved _ -> false;
      case SlotsOpened _, DoctorSaved _, PatientSaved _, FacilitySaved _ -> false;
    };
  }

  /// The same outcome, each of its tokens changed.
  default Outcome with(UnaryOperator<Token> change) {
    return switch (this) {
      case Admitted it ->
          new Admitted(
              it.token.with(change),
              with(it.displaced, change),
              it.rule,
              it.capacity,
              it.activeBefore,
              it.warnings,
              with(it.from, change));
      case Rejected it ->
          new Rejected(
              it.refusal,
              it.rule,
              it.priority,
              it.slot,
              with(it.existing, change),
              it.next,
              with(it.from, change));
      case TokenDone it -> new TokenDone(it.token.with(change), with(it.waiting, change));
      case ChangeRejected it -> new ChangeRejected(it.refusal, it.token.with(change));
      case SlotDone it -> new SlotDone(it.slot, with(it.tokens, change));
      case SlotDelayed it -> new SlotDelayed(it.slot, it.minutesBefore, with(it.tokens, change));
      case SlotMoved it -> new SlotMoved(it.slot, with(it.tokens, change), with(it.moved, change));
      case SlotRejected _, SlotsOpened _, DoctorSaved _, FacilitySaved _ -> this;
      case PatientSaved _, PatientRejected _ -> this;
    };
  }

  private static @Nullable TokenView with(@Nullable TokenView view, UnaryOperator<Token> change) {
    return view == null ? null : view.with(change);
  }

  private static List<TokenView> with(List<TokenView> views, UnaryOperator<Token> change) {
    return views.stream().map(view -> view.with(change)).toList();
  }

  /// Of `allocate` and `reallocate`: what the request got.
  sealed interface Allocation extends Outcome {}

  /// Of `cancel`, `no-show` and `complete`.
  sealed interface Change extends Outcome {}

  /// Of `slot delay`, `slot cancel` and `slot complete`.
  sealed interface SlotChange extends Outcome {}

  /// @param displaced the token that lost its place, or null
  /// @param activeBefore the ACTIVE tokens that were counted before the decision
  /// @param from for a reallocation the displaced token as it was; else null
  record Admitted(
      TokenView token,
      @Nullable TokenView displaced,
      Rule rule,
      int capacity,
      int activeBefore,
      List<Warning> warnings,
      @Nullable TokenView from)
      implements Allocation {}

  /// @param rule null where none was applied
  /// @param priority of the claim that was refused
  /// @param existing the token that the patient holds already, for DUPLICATE_TOKEN; else null
  /// @param next the doctor's next open slot of that day with a free place, or null
  /// @param from for a reallocation the token that asked; else null
  record Rejected(
      Refusal refusal,
      @Nullable Rule rule,
      TokenPriority priority,
      Slot slot,
      @Nullable TokenView existing,
      @Nullable Slot next,
      @Nullable TokenView from)
      implements Allocation {}

  /// @param waiting who waits for the place that is free now, first claim first
  record TokenDone(TokenView token, List<TokenView> waiting) implements Change {}

  /// The token stays as it is.
  record ChangeRejected(Refusal refusal, TokenView token) implements Change {}

  /// @param tokens the tokens that changed with the slot, in the queue's order
  record SlotDone(Slot slot, List<TokenView> tokens) implements SlotChange {}

  /// @param minutesBefore how late the doctor was said to be until now
  /// @param tokens the queue, whose patients have a new time
  record SlotDelayed(Slot slot, int minutesBefore, List<TokenView> tokens) implements SlotChange {
    /// When the patient was to be expected until now; null for a token that has no place.
    public @Nullable Instant expectedBefore(TokenView view) {
      Instant expected = view.expectedAt();
      return expected == null
          ? null
          : expected.minus(Duration.ofMinutes(slot.delayMinutes() - minutesBefore));
    }
  }

  /// A slot that was cancelled, and places in other slots for its patients.
  ///
  /// @param tokens the tokens that lost their place, in the queue's order
  /// @param moved the new tokens that make some of them good, in the same order
  record SlotMoved(Slot slot, List<TokenView> tokens, List<TokenView> moved) implements SlotChange {
    /// The tokens that got no other place.
    public List<TokenView> unplaced() {
      var placed =
          moved.stream()
              .map(view -> Objects.requireNonNull(view.token().reallocatedFrom()))
              .collect(Collectors.toUnmodifiableSet());
      return tokens.stream().filter(view -> !placed.contains(view.token().label())).toList();
    }
  }

  /// The slot is closed.
  record SlotRejected(Refusal refusal, Slot slot) implements SlotChange {}

  /// All slots of one `slot open`, in the order of their starts.
  record SlotsOpened(List<Slot> slots) implements Outcome {}

  /// A doctor was added or changed.
  record DoctorSaved(DoctorCode code, boolean active) implements Outcome {}

  /// Of `patient erase`.
  sealed interface Erasure extends Outcome {}

  /// A patient was registered, changed or erased.
  record PatientSaved(long patientId) implements Erasure {}

  /// The patient stays.
  ///
  /// @param holds the token that is ACTIVE or owed
  /// @param status of that token
  record PatientRejected(Refusal refusal, long patientId, TokenLabel holds, TokenStatus status)
      implements Erasure {}

  /// What was written, whether or not this program knows such a region or zone.
  record FacilitySaved(String region, String zone, ClockSource clock) implements Outcome {}
}
