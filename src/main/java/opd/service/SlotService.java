package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotLabel;
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
    checkActive(doctor);
    List<Slot> opened =
        session.starts().stream().map(start -> open(transaction, session, start)).toList();
    return Decided.saved(
        opened.stream().map(SlotService::opened).toList(), new Outcome.SlotsOpened(opened));
  }

  /// @throws OpdException DOCTOR_INACTIVE
  static void checkActive(Doctor doctor) {
    if (!doctor.active()) {
      throw new OpdException(
          ErrorCode.DOCTOR_INACTIVE,
          "doctor " + doctor.code() + " is not active and takes no new slots",
          "see 'opd doctor activate " + doctor.code() + "'");
    }
  }

  private static Slot open(Transaction transaction, SessionPlan session, Instant start) {
    Instant end = start.plus(session.length());
    SlotLabel label = new SlotLabel(session.doctor(), start);
    SlotStore.listColliding(transaction, session.doctor(), start, end).stream()
        .findFirst()
        .ifPresent(other -> collides(label, other));
    return SlotStore.insert(transaction, label, end, session.capacity());
  }

  static NewEntry opened(Slot slot) {
    return NewEntry.ofSlot(
        slot.id(),
        new AuditEvent.SlotOpened(
            slot.label().doctor().value(), slot.start(), slot.end(), slot.capacity()));
  }

  private static void collides(SlotLabel label, Slot other) {
    String message =
        other.label().equals(label)
            ? "there is already a slot %s, which is %s".formatted(other.label(), other.status())
            : "%s would overlap %s, which is %s".formatted(label, other.label(), other.status());
    throw new OpdException(
        ErrorCode.SLOT_OVERLAPS, message, "choose another time; no slot was opened");
  }

  /// @throws OpdException SLOT_NOT_FOUND
  public Slot show(SlotReference reference) {
    return transactions.read(transaction -> Finder.slot(transaction, reference));
  }

  /// The slots that start within [from, to), by start and doctor.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND
  public List<Slot> list(Optional<DoctorCode> doctor, Instant from, Instant to) {
    return transactions.read(transaction -> {
      doctor.ifPresent(code -> Finder.doctor(transaction, code));
      return SlotStore.list(transaction, doctor, from, to);
    });
  }

  /// The bounds of a list that leaves nothing out.
  public static final Instant BEGINNING = Instant.EPOCH;

  public static final Instant END = Instant.EPOCH.plus(Duration.ofDays(3_000_000));
}
