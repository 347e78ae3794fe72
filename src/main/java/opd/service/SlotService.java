package opd.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Days;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;

/// Opens slots, and shows them.
public final class SlotService {
  private final Decisions decisions;
  private final Transactions transactions;

  public SlotService(Decisions decisions, Transactions transactions) {
    this.decisions = decisions;
    this.transactions = transactions;
  }

  /// Opens all slots of the session, or none.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND, DOCTOR_INACTIVE, SLOT_OVERLAPS
  public Response<Outcome.SlotsOpened> open(Request request, SessionPlan session) {
    return decisions.once(
        request,
        Outcome.SlotsOpened.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest(
                    "slot open",
                    session.doctor(),
                    session.start(),
                    session.length(),
                    session.capacity(),
                    session.repeat().map(SessionPlan.Repeat::every),
                    session.repeat().map(SessionPlan.Repeat::until)),
                RequestStore.find(transaction, request.id()),
                () -> Decisions.Loaded.of(open(transaction, session))));
  }

  private static Decided<Outcome.SlotsOpened> open(Transaction transaction, SessionPlan session) {
    Doctor doctor = Finder.lockedDoctor(transaction, session.doctor());
    if (!doctor.active()) {
      throw new OpdException(
          ErrorCode.DOCTOR_INACTIVE,
          "doctor " + doctor.code() + " is not active and takes no new slots",
          "see 'opd doctor activate " + doctor.code() + "'");
    }
    List<Slot> opened =
        session.starts().stream().map(start -> open(transaction, session, start)).toList();
    return Decided.saved(
        opened.stream().map(SlotService::opened).toList(), new Outcome.SlotsOpened(opened));
  }

  private static Slot open(Transaction transaction, SessionPlan session, Instant start) {
    Instant end = start.plus(session.length());
    SlotStore.listColliding(transaction, session.doctor(), start, end).stream()
        .findFirst()
        .ifPresent(other -> collides(session.doctor(), start, other, "no slot was opened"));
    return SlotStore.insert(transaction, session.doctor(), start, end, session.capacity());
  }

  private static NewEntry opened(Slot slot) {
    return NewEntry.ofSlot(slot.id(), AuditEvent.SlotOpened.of(slot));
  }

  /// Whether the slot, as it would be, leaves the doctor's other slots alone.
  ///
  /// @throws OpdException SLOT_OVERLAPS
  static void mustFit(Transaction transaction, Slot slot) {
    SlotStore.listColliding(transaction, slot.label().doctor(), slot.start(), slot.end()).stream()
        .filter(other -> other.id() != slot.id())
        .findFirst()
        .ifPresent(
            other -> collides(slot.label().doctor(), slot.start(), other, "nothing was changed"));
  }

  private static void collides(DoctorCode doctor, Instant start, Slot other, String soFar) {
    boolean isSame = other.start().equals(start);
    String message =
        isSame
            ? "there is already a slot %s, which is %s".formatted(other.label(), other.status())
            : "a slot of %s would overlap %s, which is %s"
                .formatted(doctor, other.label(), other.status());
    String hint =
        isSame && !other.status().isOpen()
            ? "open it again with 'opd slot reopen %s --reason …', or choose another time"
                .formatted(other.label())
            : "choose another time";
    throw new OpdException(ErrorCode.SLOT_OVERLAPS, message, hint + "; " + soFar);
  }

  /// @throws OpdException SLOT_NOT_FOUND
  public Slot show(SlotReference reference) {
    return transactions.read(transaction -> Finder.slot(transaction, reference));
  }

  /// The slots of some days, by start and doctor.
  ///
  /// @param days empty for every day's
  /// @throws OpdException DOCTOR_NOT_FOUND
  public List<Slot> list(Optional<DoctorCode> doctor, Optional<Days> days) {
    return transactions.read(transaction -> {
      doctor.ifPresent(code -> Finder.doctor(transaction, code));
      return SlotStore.list(transaction, doctor, days);
    });
  }
}
