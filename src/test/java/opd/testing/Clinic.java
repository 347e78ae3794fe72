package opd.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import opd.decision.Outcome;
import opd.domain.ClockSource;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.FacilityServices;
import opd.service.QueueService;
import opd.service.Request;
import opd.service.SessionPlan;
import org.jspecify.annotations.Nullable;

/// A facility with one desk, and the sentences that tests about it are written in. Each slot has a
/// doctor of its own unless one is named; patients are plain numbers.
public final class Clinic implements AutoCloseable {
  public static final String DAY = "2030-01-07";

  private final TestFacility facility;
  private final FacilityServices desk;
  private final AtomicInteger doctors = new AtomicInteger();
  private final AtomicInteger patients = new AtomicInteger(1_000);
  private @Nullable Prompt prompt;

  private Clinic(TestFacility facility, FacilityServices desk) {
    this.facility = facility;
    this.desk = desk;
  }

  public static Clinic open() {
    return open(TestFacility.borrow(ClockSource.DATABASE));
  }

  /// In this facility, which is closed with the clinic.
  public static Clinic open(TestFacility facility) {
    return new Clinic(facility, facility.desk());
  }

  /// A clinic whose logical clock stands at this time of the day.
  public static Clinic at(String time) {
    return at(TestFacility.borrow(ClockSource.SIMULATION), time);
  }

  /// The same in this facility, which is closed with the clinic.
  public static Clinic at(TestFacility facility, String time) {
    return new Clinic(facility, facility.deskAt(time(time)));
  }

  public static Instant time(String time) {
    return Instant.parse(DAY + "T" + time + ":00Z");
  }

  public TestFacility facility() {
    return facility;
  }

  public FacilityServices desk() {
    return desk;
  }

  /// Looks into the database past the services.
  public Prompt prompt() throws SQLException {
    if (prompt == null) {
      prompt = Prompt.asSuperuser(facility);
    }
    return prompt;
  }

  public Request request() {
    return facility.request();
  }

  public DoctorCode aDoctor() {
    DoctorCode code = new DoctorCode("DR" + doctors.incrementAndGet());
    desk.doctors().add(request(), new Doctor(code, new PersonName("Dr. Rao"), null, true));
    return code;
  }

  /// From 09:00 to 10:00.
  public Slot aSlot(int capacity) {
    return aSlot(aDoctor(), "09:00", capacity);
  }

  /// One hour long.
  public Slot aSlot(DoctorCode doctor, String start, int capacity) {
    var plan =
        new SessionPlan(doctor, time(start), Duration.ofHours(1), capacity, Optional.empty());
    return desk.slots().open(request(), plan).outcome().slots().getFirst();
  }

  public Slot aFullSlot(int capacity) {
    return fill(aSlot(capacity), TokenPriority.FOLLOW_UP);
  }

  public Slot fill(Slot slot, TokenPriority priority) {
    for (int i = 0; i < slot.capacity(); i++) {
      aToken(slot, priority);
    }
    return slot;
  }

  public int aPatient() {
    return patients.incrementAndGet();
  }

  public static PatientKey key(int patient) {
    return new PatientKey(new PhoneNumber("+91987650%04d".formatted(patient)), 1);
  }

  public static PersonName name(int patient) {
    return new PersonName("Anjali Deshpande " + patient);
  }

  public static AllocationRequest wish(Slot slot, int patient, TokenPriority priority) {
    return new AllocationRequest(
        new AllocationRequest.Place.InSlot(reference(slot)),
        key(patient),
        Optional.of(name(patient)),
        priority,
        TokenSource.WALK_IN,
        false,
        false);
  }

  public static AllocationRequest replacing(AllocationRequest wish) {
    return new AllocationRequest(
        wish.place(), wish.patient(), wish.name(), wish.priority(), wish.source(), true, false);
  }

  public static AllocationRequest orNext(AllocationRequest wish) {
    return new AllocationRequest(
        wish.place(), wish.patient(), wish.name(), wish.priority(), wish.source(), false, true);
  }

  public static AllocationRequest because(String reason, AllocationRequest wish) {
    return new AllocationRequest(
        wish.place(),
        wish.patient(),
        wish.name(),
        wish.priority(),
        wish.source(),
        wish.replace(),
        wish.orNext(),
        Optional.of(reason));
  }

  public static AllocationRequest withDoctor(
      DoctorCode doctor, int patient, TokenPriority priority) {
    return new AllocationRequest(
        new AllocationRequest.Place.WithDoctor(doctor, Optional.empty()),
        key(patient),
        Optional.of(name(patient)),
        priority,
        TokenSource.WALK_IN,
        false,
        false);
  }

  public static SlotReference reference(Slot slot) {
    return new SlotReference.ByLabel(slot.label());
  }

  public static TokenReference reference(Token token) {
    return new TokenReference.ByLabel(token.label());
  }

  public Outcome.Allocation allocate(AllocationRequest wish) {
    return desk.allocations().allocate(request(), wish).outcome();
  }

  /// @throws ClassCastException when the wish is refused
  public Outcome.Admitted admit(AllocationRequest wish) {
    return (Outcome.Admitted) allocate(wish);
  }

  /// @throws ClassCastException when the wish is granted
  public Outcome.Rejected reject(AllocationRequest wish) {
    return (Outcome.Rejected) allocate(wish);
  }

  /// A token of a new patient.
  public Token aToken(Slot slot, TokenPriority priority) {
    return admit(wish(slot, aPatient(), priority)).token().token();
  }

  /// A token that lost its place to an emergency, which is gone again: its place is free.
  public Token aDisplacedToken(Slot slot, TokenPriority priority) {
    Token token = aToken(slot, priority);
    fill(now(slot).free(), slot);
    Token emergency = aToken(slot, TokenPriority.EMERGENCY);
    cancel(emergency);
    return token;
  }

  private void fill(int places, Slot slot) {
    for (int i = 0; i < places; i++) {
      aToken(slot, TokenPriority.EMERGENCY);
    }
  }

  public Outcome.Change cancel(Token token) {
    return desk.tokens().cancel(request(), reference(token), null).outcome();
  }

  public Outcome.Allocation reallocate(Token token) {
    return desk.reallocations().reallocate(request(), reference(token), Optional.empty()).outcome();
  }

  public Outcome.Allocation reallocate(Token token, Slot to) {
    return desk.reallocations()
        .reallocate(request(), reference(token), Optional.of(reference(to)))
        .outcome();
  }

  /// The slot as it is now.
  public Slot now(Slot slot) {
    return desk.queues().show(reference(slot), true).slot();
  }

  /// The queue as numbers with the first letter of the priority: `3E 1P`.
  public String queue(Slot slot) {
    return words(desk.queues().show(reference(slot), false), false);
  }

  /// Every token with its status: `1P DISPLACED, 2E ACTIVE`.
  public String tokens(Slot slot) {
    return words(desk.queues().show(reference(slot), true), true);
  }

  private static String words(QueueService.SlotQueue queue, boolean status) {
    List<String> words =
        queue.tokens().stream()
            .map(view -> view.token())
            .map(token ->
                token.sequence()
                    + token.priority().name().substring(0, 1)
                    + (status ? " " + token.status() : ""))
            .toList();
    return String.join(status ? ", " : " ", words);
  }

  /// The slot's chain: each entry's kind and rule number, as `TOKEN_ALLOCATED 1`.
  public List<String> log(Slot slot) throws SQLException {
    return prompt()
        .column(
            "select concat_ws(' ', kind, rule) from audit_entry where slot_id = %d order by number"
                .formatted(slot.id()));
  }

  /// The facts of the slot's newest entries, the newest first.
  public List<String> facts(Slot slot) throws SQLException {
    return prompt()
        .column(
            "select facts from audit_entry where slot_id = %d order by number desc"
                .formatted(slot.id()));
  }

  /// How many rows each table holds, with every counter and status: two equal texts mean that
  /// nothing changed.
  public List<String> everything() throws SQLException {
    return prompt()
        .column(
            """
            select concat_ws(' ', 'counts', (select count(*) from doctor), (select count(*) from slot),
              (select count(*) from patient), (select count(*) from token),
              (select count(*) from request), (select count(*) from audit_entry))
            union all select slot::text from slot
            union all select token::text from token
            union all select doctor::text from doctor
            union all select patient::text from patient
            order by 1\
            """);
  }

  @Override
  public void close() throws SQLException {
    if (prompt != null) {
      prompt.close();
    }
    desk.close();
    facility.close();
  }
}
