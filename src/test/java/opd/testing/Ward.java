package opd.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.outcome.Outcome;
import opd.service.AllocationRequest;
import opd.service.Desk;
import opd.service.SessionPlan;

/// One doctor's morning on one desk, told in the words of the field.
public final class Ward {
  public static final DoctorCode RAO = new DoctorCode("RAO");
  public static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");

  private final TestFacility facility;
  private final Desk desk;

  public Ward(TestFacility facility, Desk desk) {
    this.facility = facility;
    this.desk = desk;
  }

  public Ward addRao() {
    desk.doctors().add(facility.request(), new Doctor(RAO, new PersonName("Dr. Rao"), null, true));
    return this;
  }

  /// An hour, beginning so many hours after nine.
  public Slot openSlot(int hoursAfterNine, int capacity) {
    Instant start = NINE.plus(Duration.ofHours(hoursAfterNine));
    var plan = new SessionPlan(RAO, start, Duration.ofHours(1), capacity, Optional.empty());
    return desk.slots().open(facility.request(), plan).outcome().slots().getFirst();
  }

  public Outcome.Allocation allocate(Slot slot, int patient, TokenPriority priority) {
    return allocate(slot, patient, priority, false, false);
  }

  public Outcome.Allocation allocate(
      Slot slot, int patient, TokenPriority priority, boolean replace, boolean orNext) {
    var wish =
        new AllocationRequest(
            new AllocationRequest.Place.InSlot(new SlotReference.ById(slot.id())),
            key(patient),
            Optional.of(new PersonName("Patient " + patient)),
            priority,
            TokenSource.WALK_IN,
            replace,
            orNext);
    return desk.allocations().allocate(facility.request(), wish).outcome();
  }

  public static PatientKey key(int patient) {
    return new PatientKey(new PhoneNumber("+9198765%05d".formatted(patient)), 1);
  }

  public static TokenReference token(Slot slot, int sequence) {
    return new TokenReference.ByLabel(new TokenLabel(slot.label(), sequence));
  }

  public static SlotReference slot(Slot slot) {
    return new SlotReference.ById(slot.id());
  }

  public Outcome.Change cancel(Slot slot, int sequence) {
    return desk.tokens()
        .cancel(facility.request(), token(slot, sequence), "feels better")
        .outcome();
  }

  public Outcome.Allocation reallocate(Slot slot, int sequence, Optional<Slot> to) {
    return desk.reallocations()
        .reallocate(facility.request(), token(slot, sequence), to.map(Ward::slot))
        .outcome();
  }

  /// Every command and every refusal once, in five slots.
  public void liveThroughABusyDay() {
    addRao();
    Slot nine = openSlot(0, 2);
    Slot ten = openSlot(1, 2);
    Slot eleven = openSlot(2, 3);
    Slot twelve = openSlot(3, 1);
    openSlot(4, 5);
    allocate(nine, 1, TokenPriority.FOLLOW_UP);
    allocate(nine, 2, TokenPriority.FOLLOW_UP);
    allocate(nine, 3, TokenPriority.FOLLOW_UP); // SLOT_FULL
    allocate(nine, 1, TokenPriority.PAID); // DUPLICATE_TOKEN
    allocate(nine, 4, TokenPriority.PAID); // displaces 2
    allocate(nine, 1, TokenPriority.PAID, true, false); // replaces its own
    allocate(nine, 5, TokenPriority.EMERGENCY);
    allocate(nine, 6, TokenPriority.EMERGENCY);
    allocate(nine, 7, TokenPriority.EMERGENCY); // emergency by emergency
    allocate(nine, 3, TokenPriority.FOLLOW_UP, false, true); // or next: ten
    reallocate(nine, 2, Optional.empty()); // to ten
    reallocate(nine, 3, Optional.of(twelve));
    reallocate(nine, 3, Optional.of(twelve)); // ALREADY_REALLOCATED
    reallocate(nine, 4, Optional.of(ten)); // full, but a paid one displaces
    reallocate(ten, 2, Optional.of(twelve)); // a follow-up is refused there
    cancel(nine, 2); // ALREADY_REALLOCATED
    changeStates(nine, ten);
    closeSlots(nine, eleven, twelve);
    changePeople();
  }

  private void changeStates(Slot nine, Slot ten) {
    var tokens = desk.tokens();
    tokens.noShow(facility.request(), token(nine, 5));
    tokens.noShow(facility.request(), token(nine, 7));
    reallocate(nine, 6, Optional.empty()); // reinstated in its own slot
    reallocate(nine, 6, Optional.empty()); // TOKEN_NOT_DISPLACED
    tokens.complete(facility.request(), token(nine, 6));
    tokens.complete(facility.request(), token(nine, 6)); // TOKEN_NOT_ACTIVE
    cancel(ten, 1);
    desk.slotChanges().delay(facility.request(), slot(ten), 15);
    desk.slotChanges().delay(facility.request(), slot(ten), 0);
    desk.slotChanges().delay(facility.request(), slot(ten), 20);
  }

  private void closeSlots(Slot nine, Slot eleven, Slot twelve) {
    allocate(eleven, 8, TokenPriority.PAID);
    allocate(eleven, 9, TokenPriority.FOLLOW_UP);
    var slots = desk.slotChanges();
    slots.cancel(facility.request(), slot(eleven), "the doctor is ill");
    slots.delay(facility.request(), slot(eleven), 5); // SLOT_CLOSED
    reallocate(eleven, 1, Optional.of(eleven)); // SLOT_CLOSED
    allocate(eleven, 10, TokenPriority.EMERGENCY); // SLOT_CLOSED
    reallocate(eleven, 2, Optional.empty());
    slots.complete(facility.request(), slot(nine));
    slots.complete(facility.request(), slot(twelve));
  }

  private void changePeople() {
    desk.patients().add(facility.request(), key(20), new PersonName("Patient 20"));
    desk.patients()
        .change(
            facility.request(),
            key(20),
            Optional.of(new PersonName("Asha Iyer")),
            Optional.empty());
    desk.doctors().setActive(facility.request(), RAO, false);
    desk.doctors().setActive(facility.request(), RAO, true);
  }
}
