package opd.testing;

import java.time.Instant;
import java.util.Optional;
import opd.decision.Outcome;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.service.AbsenceService;
import opd.service.SlotCorrectionService;

/// A day on which every command and every refusal happens.
public final class BusyDay {
  private final Clinic clinic;
  private final DoctorCode doctor;
  private final Slot nine;
  private final Slot ten;
  private final Slot eleven;
  private final Slot twelve;

  private BusyDay(Clinic clinic) {
    this.clinic = clinic;
    this.doctor = clinic.aDoctor();
    this.nine = clinic.aSlot(doctor, "09:00", 2);
    this.ten = clinic.aSlot(doctor, "10:00", 2);
    this.eleven = clinic.aSlot(doctor, "11:00", 3);
    this.twelve = clinic.aSlot(doctor, "12:00", 1);
  }

  public static void liveThrough(Clinic clinic) {
    BusyDay day = new BusyDay(clinic);
    clinic.aSlot(day.doctor, "13:00", 5);
    day.fillNine();
    day.moveTheDisplaced();
    day.changeTokens();
    day.closeSlots();
    day.goAway();
    day.mend();
    day.serve();
    day.changePeople();
  }

  private void fillNine() {
    allocate(nine, 1, TokenPriority.FOLLOW_UP);
    allocate(nine, 2, TokenPriority.FOLLOW_UP);
    allocate(nine, 3, TokenPriority.FOLLOW_UP); // SLOT_FULL
    allocate(nine, 1, TokenPriority.PAID); // DUPLICATE_TOKEN
    allocate(nine, 4, TokenPriority.PAID); // displaces 2
    clinic.allocate(Clinic.replacing(Clinic.wish(nine, 1, TokenPriority.PAID)));
    allocate(nine, 5, TokenPriority.EMERGENCY);
    allocate(nine, 6, TokenPriority.EMERGENCY);
    allocate(nine, 7, TokenPriority.EMERGENCY); // an emergency by an emergency
    clinic.allocate(Clinic.orNext(Clinic.wish(nine, 3, TokenPriority.FOLLOW_UP)));
  }

  private void moveTheDisplaced() {
    reallocate(nine, 2, Optional.empty()); // to ten
    reallocate(nine, 3, Optional.of(twelve));
    reallocate(nine, 3, Optional.of(twelve)); // ALREADY_REALLOCATED
    reallocate(nine, 4, Optional.of(ten)); // displaces a follow-up there
    reallocate(ten, 2, Optional.of(twelve)); // SLOT_FULL
    cancel(nine, 2); // ALREADY_REALLOCATED
  }

  private void changeTokens() {
    var tokens = clinic.desk().tokens();
    tokens.noShow(clinic.request(), token(nine, 5));
    tokens.noShow(clinic.request(), token(nine, 7));
    reallocate(nine, 6, Optional.empty()); // reinstated
    reallocate(nine, 6, Optional.empty()); // TOKEN_NOT_DISPLACED
    tokens.complete(clinic.request(), token(nine, 6));
    tokens.complete(clinic.request(), token(nine, 6)); // TOKEN_NOT_ACTIVE
    cancel(ten, 1);
    var slots = clinic.desk().slotChanges();
    slots.delay(clinic.request(), Clinic.reference(ten), 15);
    slots.delay(clinic.request(), Clinic.reference(ten), 0);
    slots.delay(clinic.request(), Clinic.reference(ten), 20);
  }

  private void closeSlots() {
    allocate(eleven, 8, TokenPriority.PAID);
    allocate(eleven, 9, TokenPriority.FOLLOW_UP);
    var slots = clinic.desk().slotChanges();
    slots.cancel(clinic.request(), Clinic.reference(eleven), "the doctor is ill");
    slots.delay(clinic.request(), Clinic.reference(eleven), 5); // SLOT_CLOSED
    reallocate(eleven, 1, Optional.of(eleven)); // SLOT_CLOSED
    allocate(eleven, 10, TokenPriority.EMERGENCY); // SLOT_CLOSED
    reallocate(eleven, 2, Optional.empty());
    slots.cancelAndMove(clinic.request(), Clinic.reference(ten), "a burst pipe");
    slots.complete(clinic.request(), Clinic.reference(nine));
    slots.complete(clinic.request(), Clinic.reference(twelve));
  }

  private void goAway() {
    Slot left = clinic.aSlot(clinic.aDoctor(), "14:00", 2);
    Slot covers = clinic.aSlot(clinic.aDoctor(), "14:30", 2);
    clinic.allocate(Clinic.because("chest pain", Clinic.wish(left, 30, TokenPriority.EMERGENCY)));
    allocate(left, 31, TokenPriority.FOLLOW_UP);
    clinic.allocate(Clinic.because("burns", Clinic.wish(left, 32, TokenPriority.EMERGENCY)));
    cancel(left, 3);
    allocate(left, 33, TokenPriority.PAID); // OTHERS_WAIT
    allocate(covers, 33, TokenPriority.PAID); // HOLDS_ANOTHER
    var absences = clinic.desk().absences();
    DoctorCode away = left.label().doctor();
    Optional<Instant> from = Optional.of(Clinic.time("08:00"));
    absences.late(clinic.request(), away, 10, from);
    absences.leave(
        clinic.request(),
        new AbsenceService.Leave(
            away, from, Optional.empty(), "ill", Optional.of(covers.label().doctor())));
  }

  private void mend() {
    Slot slot = clinic.aSlot(2);
    Slot other = clinic.aSlot(1);
    allocate(slot, 41, TokenPriority.FOLLOW_UP);
    allocate(slot, 42, TokenPriority.PAID);
    var tokens = clinic.desk().tokens();
    var corrections = clinic.desk().slotCorrections();
    tokens.noShow(clinic.request(), token(slot, 2));
    tokens.undo(clinic.request(), token(slot, 2), "wrong patient");
    tokens.undo(clinic.request(), token(slot, 2), "wrong patient"); // NOTHING_TO_UNDO
    corrections.change(
        clinic.request(), Clinic.reference(slot), places(1, false)); // CAPACITY_TAKEN
    corrections.change(clinic.request(), Clinic.reference(slot), places(1, true));
    tokens.cancel(clinic.request(), token(slot, 1), null);
    tokens.undo(clinic.request(), token(slot, 1), "wrong patient"); // waits again
    clinic.desk().moves().move(clinic.request(), token(slot, 2), Clinic.reference(other));
    allocate(slot, 43, TokenPriority.EMERGENCY);
    clinic.desk().moves().move(clinic.request(), token(slot, 3), Clinic.reference(other));
    clinic.desk().slotChanges().complete(clinic.request(), Clinic.reference(other));
    corrections.reopen(clinic.request(), Clinic.reference(other), "wrong slot");
    corrections.reopen(clinic.request(), Clinic.reference(other), "wrong slot"); // open already
  }

  private void serve() {
    Slot slot = clinic.aSlot(2);
    allocate(slot, 51, TokenPriority.PAID);
    var serving = clinic.desk().serving();
    serving.arrive(clinic.request(), token(slot, 1));
    serving.call(clinic.request(), token(slot, 1), Optional.of("2"));
    serving.park(clinic.request(), token(slot, 1), "blood test");
    serving.comeBack(clinic.request(), token(slot, 1));
  }

  private static SlotCorrectionService.Terms places(int capacity, boolean displaces) {
    return new SlotCorrectionService.Terms(
        Optional.of(capacity), Optional.empty(), Optional.empty(), displaces);
  }

  private void changePeople() {
    clinic.desk().patients().add(clinic.request(), Clinic.key(20), Clinic.name(20));
    clinic
        .desk()
        .patients()
        .change(clinic.request(), Clinic.key(20), Optional.of(Clinic.name(21)), Optional.empty());
    erase(20);
    erase(8); // HOLDS_TOKEN
    clinic.desk().doctors().setActive(clinic.request(), doctor, false);
    clinic.desk().doctors().setActive(clinic.request(), doctor, true);
    clinic
        .desk()
        .doctors()
        .change(
            clinic.request(),
            doctor,
            Optional.of(new PersonName("Dr. Iyer")),
            Optional.of("Surgery"));
  }

  private void erase(int patient) {
    clinic
        .desk()
        .erasures()
        .erase(
            clinic.request(),
            Clinic.key(patient).phone(),
            Optional.empty(),
            "asked for in writing");
  }

  private Outcome.Allocation allocate(Slot slot, int patient, TokenPriority priority) {
    return clinic.allocate(Clinic.wish(slot, patient, priority));
  }

  private void reallocate(Slot slot, int sequence, Optional<Slot> to) {
    clinic
        .desk()
        .reallocations()
        .reallocate(clinic.request(), token(slot, sequence), to.map(Clinic::reference));
  }

  private void cancel(Slot slot, int sequence) {
    clinic.desk().tokens().cancel(clinic.request(), token(slot, sequence), "feels better");
  }

  private TokenReference token(Slot slot, int sequence) {
    Token token =
        clinic.desk().queues().show(Clinic.reference(slot), true).tokens().stream()
            .map(view -> view.token())
            .filter(each -> each.sequence() == sequence)
            .findFirst()
            .orElseThrow();
    return Clinic.reference(token);
  }
}
