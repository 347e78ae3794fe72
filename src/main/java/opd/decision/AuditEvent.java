package opd.decision;

import java.time.Instant;
import java.util.List;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// One decision with the facts that it was made on: enough to explain it in a sentence, and enough
/// to rebuild what it changed. No event holds a name or a phone number of a patient.
public sealed interface AuditEvent {

  /// The facility was made, or its settings changed before the first slot was opened.
  ///
  /// @param region ISO 3166 code of phone numbers without a plus sign
  /// @param zone name of the time zone
  /// @param phoneKeyDigest SHA-256 of the key for phone numbers, in hexadecimal digits
  record FacilitySet(String region, String zone, ClockSource clock, String phoneKeyDigest)
      implements AuditEvent {}

  /// @param details digest of what is known of the doctor, see [Identity]
  record DoctorAdded(String details) implements AuditEvent {}

  /// A doctor takes new slots again, or takes none any more.
  ///
  /// @param active whether the doctor does
  record DoctorChanged(boolean active) implements AuditEvent {}

  /// @param identity salted digest of phone number, member number and name, see [Identity]
  record PatientRegistered(String identity) implements AuditEvent {}

  /// A name or phone number was corrected.
  ///
  /// @param identity the hash over the new ones, which the log holds in their place
  record PatientChanged(String identity) implements AuditEvent {}

  /// Name, number and salt are gone: the last entry of the patient's chain.
  record PatientErased(String reason) implements AuditEvent {}

  /// The patient was not erased.
  ///
  /// @param holds the token that is ACTIVE or owed
  /// @param status of that token
  record ErasureRejected(Refusal refusal, TokenLabel holds, TokenStatus status)
      implements AuditEvent {
    /// What somebody wanted to do with the patient, as the facts name it.
    public static final String CHANGE = "ERASE";
  }

  /// A slot began: the first entry of its chain. Rule 1 holds from here on.
  record SlotOpened(String doctor, Instant start, Instant end, int capacity)
      implements AuditEvent {}

  /// The doctor is late; the order of the queue does not change.
  record SlotDelayed(int minutes, int minutesBefore) implements AuditEvent {}

  /// @param sequences the ACTIVE tokens that were displaced, in the queue's order
  record SlotCancelled(String reason, List<Integer> sequences, boolean moving)
      implements AuditEvent {}

  /// @param sequences the ACTIVE tokens that were completed, in the queue's order
  record SlotCompleted(List<Integer> sequences) implements AuditEvent {}

  /// @param displaced the token that lost its place, or null
  /// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
  record TokenAllocated(
      ClaimFacts claim,
      Rule rule,
      @Nullable TokenLabel displaced,
      @Nullable TokenLabel reallocatedFrom)
      implements AuditEvent {}

  /// @param by the token that took the place, or null when the slot was cancelled
  record TokenDisplaced(@Nullable TokenLabel by) implements AuditEvent {}

  /// @param status of the slot
  /// @param existing the token that the patient holds already, for DUPLICATE_TOKEN; else null
  /// @param next the doctor's next slot with a free place, as it was told to the patient, or null
  /// @param reallocatedFrom the displaced token that asked for the place, or null
  record AllocationRejected(
      ClaimFacts claim,
      Refusal refusal,
      @Nullable Rule rule,
      SlotStatus status,
      @Nullable TokenLabel existing,
      @Nullable SlotFacts next,
      @Nullable TokenLabel reallocatedFrom)
      implements AuditEvent {}

  /// @param replaced whether the patient exchanged it for a token of another priority
  record TokenCancelled(TokenStatus before, @Nullable String reason, boolean replaced)
      implements AuditEvent {}

  /// The patient did not come; the place is free, and nobody is promoted.
  record TokenNoShow() implements AuditEvent {}

  /// @param withSlot whether the whole slot was completed
  record TokenCompleted(boolean withSlot) implements AuditEvent {}

  /// A displaced token got a place again in its own slot, with its old number (rule 5).
  record TokenReinstated(ClaimFacts claim, @Nullable TokenLabel displaced) implements AuditEvent {}

  /// A displaced token got its place in another slot; it stays displaced for ever (rule 4).
  record TokenReallocated(TokenLabel successor) implements AuditEvent {}

  /// A change that the present status does not allow.
  ///
  /// @param token the token's status, or null when the change was of the slot
  record ChangeRejected(
      String change, Refusal refusal, @Nullable TokenStatus token, SlotStatus slot)
      implements AuditEvent {
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
    };
  }

  /// The rule applied, or null where none was.
  default @Nullable Rule rule() {
    return switch (this) {
      case TokenAllocated allocated -> allocated.rule();
      case AllocationRejected rejected -> rejected.rule();
      case TokenDisplaced _ -> Rule.NEVER_DELETED;
      case TokenReinstated _ -> Rule.ARRIVAL_ORDER;
      case FacilitySet _, DoctorAdded _, DoctorChanged _ -> null;
      case PatientRegistered _, PatientChanged _, PatientErased _, ErasureRejected _ -> null;
      case SlotOpened _, SlotDelayed _, SlotCancelled _, SlotCompleted _ -> null;
      case TokenCancelled _, TokenNoShow _, TokenCompleted _, TokenReallocated _ -> null;
      case ChangeRejected _ -> null;
    };
  }
}
