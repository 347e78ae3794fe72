package opd.decision;

import java.time.Instant;
import java.util.List;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// One decision with the facts that it was made on: enough to explain it in a sentence, and enough
/// to rebuild what it changed. No event holds a name or a phone number of a patient.
public sealed interface AuditEvent {

  /// Told in the chain of the facility, a doctor or a patient, never in a slot's.
  sealed interface OutsideSlots extends AuditEvent {}

  /// It changes what a token is.
  sealed interface StatusChange extends AuditEvent {}

  /// A token's patient came, went away or was called; the token stays what it is.
  sealed interface ServingEvent extends AuditEvent {}

  /// The facility was made, or its settings changed before the first slot was opened.
  ///
  /// @param region ISO 3166 code of phone numbers without a plus sign
  /// @param zone name of the time zone
  /// @param phoneKeyDigest SHA-256 of the key for phone numbers, in hexadecimal digits
  record FacilitySet(String region, String zone, ClockSource clock, String phoneKeyDigest)
      implements OutsideSlots {}

  /// @param details digest of what is known of the doctor, see [Identity]
  record DoctorAdded(String details) implements OutsideSlots {}

  /// A doctor takes new slots again, or takes none any more, or has another name or specialization.
  ///
  /// @param active whether the doctor takes new slots
  /// @param details digest of the new ones, see [Identity]; null when they stayed as they were
  record DoctorChanged(boolean active, @Nullable String details) implements OutsideSlots {
    /// Name and specialization stayed as they were.
    public DoctorChanged(boolean active) {
      this(active, null);
    }
  }

  /// @param identity salted digest of phone number, member number and name, see [Identity]
  record PatientRegistered(String identity) implements OutsideSlots {}

  /// A name or phone number was corrected.
  ///
  /// @param identity the hash over the new ones, which the log holds in their place
  record PatientChanged(String identity) implements OutsideSlots {}

  /// Name, number and salt are gone: the last entry of the patient's chain.
  record PatientErased(String reason) implements OutsideSlots {}

  /// The patient was not erased.
  ///
  /// @param holds the token that is ACTIVE or owed
  /// @param status of that token
  record ErasureRejected(Refusal refusal, TokenLabel holds, TokenStatus status)
      implements OutsideSlots {
    /// What somebody wanted to do with the patient, as the facts name it.
    public static final String CHANGE = "ERASE";
  }

  /// A slot began: the first entry of its chain. Rule 1 holds from here on.
  ///
  /// @param label the name that the slot was given, and its day with it
  record SlotOpened(SlotLabel label, Instant start, Instant end, int capacity)
      implements AuditEvent {
    /// What is told of a new slot.
    public static SlotOpened of(Slot slot) {
      return new SlotOpened(slot.label(), slot.start(), slot.end(), slot.capacity());
    }

    /// The slot as it begins.
    ///
    /// @param id that the database gave it
    public Slot slot(long id) {
      return new Slot(id, label, start, end, capacity, SlotStatus.SCHEDULED, 0, StatusCounts.NONE);
    }
  }

  /// The doctor is late; the order of the queue does not change.
  record SlotDelayed(int minutes, int minutesBefore) implements AuditEvent {}

  /// @param sequences the ACTIVE tokens that were displaced, in the queue's order
  /// @param moving whether its patients get places elsewhere in the same request
  /// @param cover the doctor who stands in for this one, or null
  record SlotCancelled(
      String reason, List<Integer> sequences, boolean moving, @Nullable DoctorCode cover)
      implements AuditEvent {
    /// Of a slot for which nobody stands in.
    public SlotCancelled(String reason, List<Integer> sequences, boolean moving) {
      this(reason, sequences, moving, null);
    }
  }

  /// @param sequences the ACTIVE tokens that were completed, in the queue's order
  record SlotCompleted(List<Integer> sequences) implements AuditEvent {}

  /// @param displaced the token that lost its place, or null
  /// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
  /// @param movedFrom the token of another slot that the patient gave up for this one, or null
  /// @param arrivedAt when the patient arrived for that place on the same day, or null
  record TokenAllocated(
      ClaimFacts claim,
      Rule rule,
      @Nullable TokenLabel displaced,
      @Nullable TokenLabel reallocatedFrom,
      @Nullable TokenLabel movedFrom,
      @Nullable Instant arrivedAt)
      implements StatusChange {
    /// For nobody who had arrived for another place.
    public TokenAllocated(
        ClaimFacts claim,
        Rule rule,
        @Nullable TokenLabel displaced,
        @Nullable TokenLabel reallocatedFrom,
        @Nullable TokenLabel movedFrom) {
      this(claim, rule, displaced, reallocatedFrom, movedFrom, null);
    }

    /// For nobody who held a place elsewhere.
    public TokenAllocated(
        ClaimFacts claim,
        Rule rule,
        @Nullable TokenLabel displaced,
        @Nullable TokenLabel reallocatedFrom) {
      this(claim, rule, displaced, reallocatedFrom, null, null);
    }
  }

  /// @param by the token that took the place, or null when the slot was cancelled or has fewer
  ///   places
  record TokenDisplaced(@Nullable TokenLabel by) implements StatusChange {}

  /// @param status of the slot
  /// @param existing the token that the patient holds already, for DUPLICATE_TOKEN; else null
  /// @param next the doctor's next slot with a free place, as it was told to the patient, or null
  /// @param reallocatedFrom the displaced token that asked for the place, or null
  /// @param movedFrom the token that would have been given up for the place, or null
  record AllocationRejected(
      ClaimFacts claim,
      Refusal refusal,
      @Nullable Rule rule,
      SlotStatus status,
      @Nullable TokenLabel existing,
      @Nullable SlotFacts next,
      @Nullable TokenLabel reallocatedFrom,
      @Nullable TokenLabel movedFrom)
      implements AuditEvent {
    /// For nobody who holds a place elsewhere.
    public AllocationRejected(
        ClaimFacts claim,
        Refusal refusal,
        @Nullable Rule rule,
        SlotStatus status,
        @Nullable TokenLabel existing,
        @Nullable SlotFacts next,
        @Nullable TokenLabel reallocatedFrom) {
      this(claim, refusal, rule, status, existing, next, reallocatedFrom, null);
    }
  }

  /// @param replaced whether the patient exchanged it for a token of another priority
  /// @param movedTo the token of another slot for which it was given up, or null
  record TokenCancelled(
      TokenStatus before, @Nullable String reason, boolean replaced, @Nullable TokenLabel movedTo)
      implements StatusChange {
    /// For no place elsewhere.
    public TokenCancelled(TokenStatus before, @Nullable String reason, boolean replaced) {
      this(before, reason, replaced, null);
    }
  }

  /// The patient did not come; the place is free, and nobody is promoted.
  record TokenNoShow() implements StatusChange {}

  /// @param withSlot whether the whole slot was completed
  record TokenCompleted(boolean withSlot) implements StatusChange {}

  /// A displaced token got a place again in its own slot, with its old number (rule 5).
  record TokenReinstated(ClaimFacts claim, @Nullable TokenLabel displaced)
      implements StatusChange {}

  /// A displaced token got its place in another slot; it stays displaced for ever (rule 4).
  record TokenReallocated(TokenLabel successor) implements AuditEvent {}

  /// Capacity and end of an open slot, which may be what they were. Those who lose their places by
  /// it have entries of their own.
  ///
  /// @param sequences the tokens that were displaced, in the queue's order
  record SlotChanged(
      int capacity, int capacityBefore, Instant end, Instant endBefore, List<Integer> sequences)
      implements AuditEvent {}

  /// A closed slot takes place after all.
  ///
  /// @param before CANCELLED or COMPLETED
  /// @param status DELAYED if it had minutes, else SCHEDULED
  /// @param sequences the tokens that have their places again, in the queue's order
  /// @param erased the tokens that have not, as their patients are erased
  record SlotReopened(
      String reason,
      SlotStatus before,
      SlotStatus status,
      List<Integer> sequences,
      List<Integer> erased)
      implements AuditEvent {}

  /// A change of a token's status was a mistake.
  ///
  /// @param undoes the number, in the slot's chain, of the entry that told of the change
  /// @param before the status that the change had given to the token
  /// @param status what the token is again
  /// @param reason null where that of the slot's reopening holds
  /// @param holds a token that the patient held at the same time with another doctor, or null
  record ChangeUndone(
      long undoes,
      TokenStatus before,
      TokenStatus status,
      @Nullable String reason,
      @Nullable TokenLabel holds)
      implements StatusChange {
    /// Of a patient who held no other token.
    public ChangeUndone(
        long undoes, TokenStatus before, TokenStatus status, @Nullable String reason) {
      this(undoes, before, status, reason, null);
    }

    /// The same of a patient who holds this token, or null for none.
    ChangeUndone holding(@Nullable TokenLabel token) {
      return new ChangeUndone(undoes, before, status, reason, token);
    }
  }

  /// The patient is here.
  ///
  /// @param again whether that was known already
  record TokenArrived(boolean again) implements ServingEvent {}

  /// Somebody who stands before in the queue.
  ///
  /// @param sequence of the token in the same slot
  record Passed(int sequence, PassedOver why) {}

  /// The patient was called in.
  ///
  /// @param room or null
  /// @param calls how often by now
  /// @param isNext whether who was next was called, and not somebody named
  /// @param isPresent whether only those who had arrived came into question
  /// @param passed who stands before in the queue, in its order
  /// @param previous whose turn was ended for it, or null
  record TokenCalled(
      @Nullable String room,
      int calls,
      boolean isNext,
      boolean isPresent,
      List<Passed> passed,
      @Nullable TokenLabel previous)
      implements ServingEvent {}

  /// The patient went away for a while; place and number stay, and the call is taken back.
  ///
  /// @param again whether the patient was away already
  record TokenParked(boolean again, @Nullable String reason) implements ServingEvent {}

  /// The patient is back.
  ///
  /// @param again whether the patient was not away
  record TokenReturned(boolean again) implements ServingEvent {}

  /// A change that the present state does not allow.
  ///
  /// @param token the token's status, or null when the change was of the slot
  /// @param slot its status, or null when the change was of the doctor's queues
  record ChangeRejected(
      String change,
      Refusal refusal,
      @Nullable TokenStatus token,
      @Nullable SlotStatus slot,
      ChangeFacts facts)
      implements AuditEvent {
    /// The refusal of a change for the statuses alone.
    public ChangeRejected(
        String change, Refusal refusal, @Nullable TokenStatus token, SlotStatus slot) {
      this(change, refusal, token, slot, ChangeFacts.NONE);
    }

    /// The refusal of a change, with the status that stood against it.
    public static ChangeRejected of(
        TokenChange change, Refusal refusal, TokenStatus token, SlotStatus slot) {
      return new ChangeRejected(change.name(), refusal, token, slot);
    }
  }

  /// The kind under which the entry is stored.
  default AuditKind kind() {
    return switch (this) {
      case FacilitySet _ -> AuditKind.FACILITY_SET;
      case DoctorAdded _ -> AuditKind.DOCTOR_ADDED;
      case DoctorChanged _ -> AuditKind.DOCTOR_CHANGED;
      case PatientRegistered _ -> AuditKind.PATIENT_REGISTERED;
      case PatientChanged _ -> AuditKind.PATIENT_CHANGED;
      case PatientErased _ -> AuditKind.PATIENT_ERASED;
      case SlotOpened _ -> AuditKind.SLOT_OPENED;
      case SlotDelayed _ -> AuditKind.SLOT_DELAYED;
      case SlotCancelled _ -> AuditKind.SLOT_CANCELLED;
      case SlotCompleted _ -> AuditKind.SLOT_COMPLETED;
      case TokenAllocated _ -> AuditKind.TOKEN_ALLOCATED;
      case TokenDisplaced _ -> AuditKind.TOKEN_DISPLACED;
      case AllocationRejected _ -> AuditKind.ALLOCATION_REJECTED;
      case TokenCancelled _ -> AuditKind.TOKEN_CANCELLED;
      case TokenNoShow _ -> AuditKind.TOKEN_NO_SHOW;
      case TokenCompleted _ -> AuditKind.TOKEN_COMPLETED;
      case TokenReinstated _ -> AuditKind.TOKEN_REINSTATED;
      case TokenReallocated _ -> AuditKind.TOKEN_REALLOCATED;
      case ChangeRejected _, ErasureRejected _ -> AuditKind.CHANGE_REJECTED;
      case SlotChanged _ -> AuditKind.SLOT_CHANGED;
      case SlotReopened _ -> AuditKind.SLOT_REOPENED;
      case ChangeUndone _ -> AuditKind.CHANGE_UNDONE;
      case TokenArrived _ -> AuditKind.TOKEN_ARRIVED;
      case TokenCalled _ -> AuditKind.TOKEN_CALLED;
      case TokenParked _ -> AuditKind.TOKEN_PARKED;
      case TokenReturned _ -> AuditKind.TOKEN_RETURNED;
    };
  }

  /// The rule applied, or null where none was.
  default @Nullable Rule rule() {
    return switch (this) {
      case TokenAllocated allocated -> allocated.rule();
      case AllocationRejected rejected -> rejected.rule();
      case TokenDisplaced _ -> Rule.NEVER_DELETED;
      case TokenReinstated _ -> Rule.ARRIVAL_ORDER;
      case OutsideSlots _, ServingEvent _ -> null;
      case SlotOpened _, SlotDelayed _, SlotCancelled _, SlotCompleted _ -> null;
      case TokenCancelled _, TokenNoShow _, TokenCompleted _, TokenReallocated _ -> null;
      case SlotChanged _ -> Rule.CAPACITY;
      case SlotReopened _, ChangeUndone _ -> null;
      case ChangeRejected rejected ->
          rejected.refusal() == Refusal.SLOT_FULL ? Rule.CAPACITY : null;
    };
  }
}
