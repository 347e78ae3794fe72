package opd.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.ClaimFacts;
import opd.domain.ClockSource;
import opd.domain.OutcomeKind;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.record.Identity;
import opd.verify.Rows.DoctorRow;
import opd.verify.Rows.FacilityRow;
import opd.verify.Rows.PatientRow;
import opd.verify.Rows.SlotRow;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// What the tables say of a chain where the log itself cannot tell: to compute hashes, and to go on
/// behind an entry whose facts cannot be read, which itself counts as a difference.
///
/// @param tokens the rows of the chain's slot, by id
record Presumption(
    Optional<FacilityRow> facility,
    Optional<DoctorRow> doctor,
    Optional<PatientRow> patient,
    Optional<SlotRow> slot,
    Map<Long, TokenRow> tokens) {

  /// The label of the chain's slot, or null when there is no such slot.
  @Nullable String slotLabel() {
    return slot.map(row -> row.slot().label().toString()).orElse(null);
  }

  /// The number of the token, or null when there is no such token.
  @Nullable Integer sequence(long tokenId) {
    TokenRow row = tokens.get(tokenId);
    return row == null ? null : row.token().sequence();
  }

  /// What the entry presumably told of: its kind, with what the tables say in place of its facts.
  ///
  /// @return the event, or empty where the tables do not say enough.
  Optional<AuditEvent> event(LoggedEntry entry) {
    return switch (entry.kind()) {
      case FACILITY_SET -> facility.map(Presumption::facilitySet);
      case DOCTOR_ADDED -> doctor.map(row -> new AuditEvent.DoctorAdded(Identity.of(row.doctor())));
      case DOCTOR_CHANGED ->
          doctor.map(row ->
              new AuditEvent.DoctorChanged(row.doctor().active(), Identity.of(row.doctor())));
      case PATIENT_REGISTERED -> identity().map(AuditEvent.PatientRegistered::new);
      case PATIENT_CHANGED -> identity().map(AuditEvent.PatientChanged::new);
      case PATIENT_ERASED -> Optional.of(new AuditEvent.PatientErased(""));
      case SLOT_OPENED -> slot.map(row -> AuditEvent.SlotOpened.of(row.slot()));
      case SLOT_DELAYED ->
          slot.map(row -> new AuditEvent.SlotDelayed(row.slot().delayMinutes(), 0));
      case SLOT_CANCELLED ->
          Optional.of(new AuditEvent.SlotCancelled("", List.of(), StoredMove.isOf(entry)));
      case SLOT_COMPLETED -> Optional.of(new AuditEvent.SlotCompleted(List.of()));
      case TOKEN_ALLOCATED -> token(entry).map(Presumption::allocated);
      case TOKEN_REINSTATED ->
          token(entry).map(row -> new AuditEvent.TokenReinstated(claim(row.token()), null));
      case TOKEN_DISPLACED -> Optional.of(new AuditEvent.TokenDisplaced(null));
      case TOKEN_CANCELLED ->
          Optional.of(
              new AuditEvent.TokenCancelled(
                  TokenStatus.ACTIVE, null, entry.isOf(OutcomeKind.ADMITTED)));
      case TOKEN_NO_SHOW -> Optional.of(new AuditEvent.TokenNoShow());
      case TOKEN_COMPLETED ->
          Optional.of(new AuditEvent.TokenCompleted(entry.isOf(OutcomeKind.SLOT_DONE)));
      case TOKEN_REALLOCATED ->
          token(entry)
              .flatMap(row -> Optional.ofNullable(row.successor()))
              .map(AuditEvent.TokenReallocated::new);
      case SLOT_CHANGED -> slot.map(row -> changed(row.slot()));
      case SLOT_REOPENED ->
          Optional.of(
              new AuditEvent.SlotReopened(
                  "", SlotStatus.CANCELLED, SlotStatus.SCHEDULED, List.of(), List.of()));
      case CHANGE_UNDONE ->
          Optional.of(
              new AuditEvent.ChangeUndone(0, TokenStatus.CANCELLED, TokenStatus.ACTIVE, null));
      case TOKEN_ARRIVED -> Optional.of(new AuditEvent.TokenArrived(false));
      case TOKEN_CALLED ->
          Optional.of(new AuditEvent.TokenCalled(null, 1, false, false, List.of(), null));
      case TOKEN_PARKED -> Optional.of(new AuditEvent.TokenParked(false, null));
      case TOKEN_RETURNED -> Optional.of(new AuditEvent.TokenReturned(false));
      case ALLOCATION_REJECTED, CHANGE_REJECTED -> Optional.empty();
    };
  }

  private Optional<TokenRow> token(LoggedEntry entry) {
    return Optional.ofNullable(entry.tokenId()).map(tokens::get);
  }

  /// Of a patient who is not erased.
  private Optional<String> identity() {
    return patient.flatMap(row -> Optional.ofNullable(row.identity()));
  }

  private static AuditEvent facilitySet(FacilityRow row) {
    return new AuditEvent.FacilitySet(
        row.region(), row.zone(), ClockSource.valueOf(row.clock()), row.phoneKeyDigest());
  }

  private static AuditEvent changed(Slot slot) {
    return new AuditEvent.SlotChanged(
        slot.capacity(), slot.capacity(), slot.end(), slot.end(), List.of());
  }

  private static AuditEvent allocated(TokenRow row) {
    return new AuditEvent.TokenAllocated(
        claim(row.token()), Rule.CAPACITY, null, row.token().reallocatedFrom());
  }

  /// Of the facts of a claim the replay takes these two, and works out the rest.
  private static ClaimFacts claim(Token token) {
    TokenPriority priority = token.priority();
    TokenSource source = token.source();
    return new ClaimFacts(priority, source, 0, 0, List.of());
  }
}
