package opd.decision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.OutcomeKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotStatus;
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
      case SlotChanged _ -> OutcomeKind.SLOT_CHANGED;
      case SlotReopened _ -> OutcomeKind.SLOT_REOPENED;
      case DoctorLate _ -> OutcomeKind.DOCTOR_LATE;
      case DoctorAway _ -> OutcomeKind.DOCTOR_AWAY;
      case Served _ -> OutcomeKind.TOKEN_SERVED;
      case NobodyWaiting _ -> OutcomeKind.NOBODY_WAITING;
    };
  }

  /// Why it was refused; empty where it was not.
  default Optional<Refusal> whyRefused() {
    return switch (this) {
      case Rejected rejected -> Optional.of(rejected.refusal);
      case ChangeRejected rejected -> Optional.of(rejected.refusal);
      case SlotRejected rejected -> Optional.of(rejected.refusal);
      case PatientRejected rejected -> Optional.of(rejected.refusal);
      case NobodyWaiting _ -> Optional.of(Refusal.NOBODY_WAITING);
      case Admitted _, TokenDone _, Served _ -> Optional.empty();
      case SlotDone _, SlotDelayed _, SlotMoved _, SlotChanged _, SlotReopened _ ->
          Optional.empty();
      case SlotsOpened _, DoctorSaved _, PatientSaved _, FacilitySaved _ -> Optional.empty();
      case DoctorLate _, DoctorAway _ -> Optional.empty();
    };
  }

  /// Whether a rule refused it.
  default boolean isRefused() {
    return whyRefused().isPresent();
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
              with(it.othersWaiting, change),
              it.holds,
              with(it.from, change),
              with(it.waiting, change));
      case Rejected it ->
          new Rejected(
              it.refusal,
              it.rule,
              it.priority,
              it.slot,
              with(it.existing, change),
              it.next,
              with(it.from, change));
      case TokenDone it ->
          new TokenDone(
              it.token.with(change),
              with(it.waiting, change),
              with(it.othersWaiting, change),
              it.holds,
              it.warnings);
      case Served it ->
          new Served(
              with(it.token, change),
              it.passed.stream()
                  .map(passed -> new Passed(passed.token.with(change), passed.why))
                  .toList(),
              with(it.previous, change),
              it.isNext);
      case ChangeRejected it ->
          new ChangeRejected(it.refusal, it.token.with(change), with(it.existing, change));
      case SlotDone it -> new SlotDone(it.slot, with(it.tokens, change));
      case SlotDelayed it -> it.withTokens(change);
      case SlotMoved it -> it.withTokens(change);
      case SlotChanged it ->
          new SlotChanged(
              it.slot,
              it.capacityBefore,
              it.endBefore,
              with(it.tokens, change),
              with(it.waiting, change),
              it.warnings);
      case SlotReopened it ->
          new SlotReopened(it.slot, it.before, with(it.tokens, change), with(it.waiting, change));
      case DoctorLate it ->
          new DoctorLate(it.slots.stream().map(part -> part.withTokens(change)).toList());
      case DoctorAway it ->
          new DoctorAway(it.slots.stream().map(part -> part.withTokens(change)).toList());
      case SlotRejected _, SlotsOpened _, DoctorSaved _, FacilitySaved _ -> this;
      case PatientSaved _, PatientRejected _, NobodyWaiting _ -> this;
    };
  }

  private static @Nullable TokenView with(@Nullable TokenView view, UnaryOperator<Token> change) {
    return view == null ? null : view.with(change);
  }

  private static List<TokenView> with(List<TokenView> views, UnaryOperator<Token> change) {
    return views.stream().map(view -> view.with(change)).toList();
  }

  /// Of `allocate`, `reallocate` and `move`: what the request got.
  sealed interface Allocation extends Outcome {}

  /// Of `cancel`, `no-show`, `complete` and `undo`.
  sealed interface Change extends Outcome {}

  /// Of `slot delay`, `slot cancel`, `slot complete`, `slot change` and `slot reopen`.
  sealed interface SlotChange extends Outcome {}

  /// @param displaced the token that lost its place, or null
  /// @param activeBefore the ACTIVE tokens that were counted before the decision
  /// @param othersWaiting who waited for the place that was free, first claim first
  /// @param holds a token that the patient holds at the same time with another doctor, or null
  /// @param from for a reallocation the displaced token as it was, for a move the token that was
  ///   given up; else null
  /// @param waiting for a move who waits for the place that it left, first claim first; else nobody
  record Admitted(
      TokenView token,
      @Nullable TokenView displaced,
      Rule rule,
      int capacity,
      int activeBefore,
      List<Warning> warnings,
      List<TokenView> othersWaiting,
      @Nullable TokenLabel holds,
      @Nullable TokenView from,
      List<TokenView> waiting)
      implements Allocation {
    /// Whether a token of another slot was given up for this one.
    public boolean isMoved() {
      return from != null && from.token().status() == TokenStatus.CANCELLED;
    }

    /// The same, with who waits for the place that was left.
    public Admitted with(List<TokenView> waitingThere) {
      return new Admitted(
          token,
          displaced,
          rule,
          capacity,
          activeBefore,
          warnings,
          othersWaiting,
          holds,
          from,
          waitingThere);
    }
  }

  /// @param rule null where none was applied
  /// @param priority of the claim that was refused
  /// @param existing the token that the patient holds already, for DUPLICATE_TOKEN; else null
  /// @param next the doctor's next open slot of that day with a free place, or null
  /// @param from for a reallocation or a move the token that asked; else null
  record Rejected(
      Refusal refusal,
      @Nullable Rule rule,
      TokenPriority priority,
      Slot slot,
      @Nullable TokenView existing,
      @Nullable Slot next,
      @Nullable TokenView from)
      implements Allocation {
    /// The same, with the token that asked as it stands in its own queue.
    public Rejected with(TokenView asking) {
      return new Rejected(refusal, rule, priority, slot, existing, next, asking);
    }
  }

  /// @param waiting who waits for the place that is free now, first claim first
  /// @param othersWaiting who waited for the place that an undo gave back, first claim first
  /// @param holds a token that the patient of an undo holds at the same time with another doctor,
  ///   or null
  record TokenDone(
      TokenView token,
      List<TokenView> waiting,
      List<TokenView> othersWaiting,
      @Nullable TokenLabel holds,
      List<Warning> warnings)
      implements Change {
    /// Of which nobody need be warned.
    public TokenDone(TokenView token, List<TokenView> waiting) {
      this(token, waiting, List.of(), null, List.of());
    }
  }

  /// Of `arrive`, `call`, `next`, `park` and `return`.
  sealed interface Serving extends Outcome {}

  /// Somebody who stands before in the queue, and was not called.
  record Passed(TokenView token, PassedOver why) {}

  /// @param token who arrived, was called, went away or came back; null where nobody was left
  /// @param passed who stands before somebody called, in the queue's order
  /// @param previous for `next` the patient whose turn it ended, or null
  /// @param isNext whether it was `next`
  record Served(
      @Nullable TokenView token, List<Passed> passed, @Nullable TokenView previous, boolean isNext)
      implements Serving {}

  /// Nobody is left to be called, and nobody's turn was ended.
  record NobodyWaiting(DoctorCode doctor) implements Serving {}

  /// The token stays as it is.
  ///
  /// @param existing the token that the patient holds already, for DUPLICATE_TOKEN; else null
  record ChangeRejected(Refusal refusal, TokenView token, @Nullable TokenView existing)
      implements Change, Serving {
    /// For what the token itself stands against.
    public ChangeRejected(Refusal refusal, TokenView token) {
      this(refusal, token, null);
    }
  }

  /// @param tokens the tokens that changed with the slot, in the queue's order
  record SlotDone(Slot slot, List<TokenView> tokens) implements SlotChange {}

  /// @param minutesBefore how late the doctor was said to be until now
  /// @param tokens the queue, whose patients have a new time
  /// @param at when it was decided
  record SlotDelayed(Slot slot, int minutesBefore, List<TokenView> tokens, Instant at)
      implements SlotChange {
    private SlotDelayed withTokens(UnaryOperator<Token> change) {
      return new SlotDelayed(slot, minutesBefore, Outcome.with(tokens, change), at);
    }

    /// When the patient was to be expected until now; null for a token that has no place.
    public @Nullable Instant expectedBefore(TokenView view) {
      Integer position = view.position();
      return position == null
          ? null
          : ExpectedTime.of(slot.with(slot.status(), minutesBefore), position, at);
    }
  }

  /// A slot that was cancelled, and places in other slots for its patients.
  ///
  /// @param tokens the tokens that lost their place, in the queue's order
  /// @param moved the new tokens that make some of them good, in the same order
  record SlotMoved(Slot slot, List<TokenView> tokens, List<TokenView> moved) implements SlotChange {
    private SlotMoved withTokens(UnaryOperator<Token> change) {
      return new SlotMoved(slot, Outcome.with(tokens, change), Outcome.with(moved, change));
    }

    /// The tokens that got no other place.
    public List<TokenView> unplaced() {
      var placed =
          moved.stream()
              .map(view -> Objects.requireNonNull(view.token().reallocatedFrom()))
              .collect(Collectors.toUnmodifiableSet());
      return tokens.stream().filter(view -> !placed.contains(view.token().label())).toList();
    }
  }

  /// @param tokens that lost their place, in the queue's order
  /// @param waiting who waits for a place that is free now, first claim first
  record SlotChanged(
      Slot slot,
      int capacityBefore,
      Instant endBefore,
      List<TokenView> tokens,
      List<TokenView> waiting,
      List<Warning> warnings)
      implements SlotChange {
    /// Of which nobody need be warned.
    public SlotChanged(
        Slot slot,
        int capacityBefore,
        Instant endBefore,
        List<TokenView> tokens,
        List<TokenView> waiting) {
      this(slot, capacityBefore, endBefore, tokens, waiting, List.of());
    }
  }

  /// @param before CANCELLED or COMPLETED
  /// @param tokens that have their place again, in the queue's order
  /// @param waiting who waits for a place that is free now, first claim first
  record SlotReopened(Slot slot, SlotStatus before, List<TokenView> tokens, List<TokenView> waiting)
      implements SlotChange {}

  /// Of `doctor late` and `doctor leave`.
  sealed interface DoctorChange extends Outcome {}

  /// @param slots the doctor's slots of that day, by start
  record DoctorLate(List<SlotDelayed> slots) implements DoctorChange {}

  /// @param slots that were cancelled, by start, each with the other places of its patients
  record DoctorAway(List<SlotMoved> slots) implements DoctorChange {}

  /// The slot stays as it is.
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
