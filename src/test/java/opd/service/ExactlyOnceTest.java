package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Actor;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every changing command may be repeated with its request id.
final class ExactlyOnceTest {
  private static Clinic clinic;

  @BeforeAll
  static void open() throws SQLException {
    clinic = Clinic.open();
  }

  @AfterAll
  static void close() throws SQLException {
    clinic.close();
  }

  private interface Command extends Function<Request, Response<? extends Outcome>> {}

  @TestFactory
  Stream<DynamicTest> theSameRequestAgainGetsItsOutcomeAndChangesNothing() {
    return commands().entrySet().stream()
        .map(command ->
            DynamicTest.dynamicTest(command.getKey(), () -> checkReplay(command.getValue())));
  }

  private static void checkReplay(Command command) throws SQLException {
    Request request = clinic.request();
    var first = command.apply(request);
    var before = clinic.everything();
    // Somebody else may repeat it: the actor is not part of the request.
    var second = command.apply(new Request(new Actor("another"), request.id()));

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.outcome()).isEqualTo(first.outcome());
    assertThat(second.requestId()).isEqualTo(first.requestId());
    assertThat(second.people().patients()).isEqualTo(first.people().patients());
    assertThat(second.people().doctors()).isEqualTo(first.people().doctors());
    assertThat(clinic.everything()).isEqualTo(before);
  }

  @Test
  void theSameIdForAnotherRequestIsAnErrorThatChangesNothing() throws SQLException {
    Map<String, Command> commands = commands();
    Request used = clinic.request();
    clinic.desk().doctors().add(used, new Doctor(new DoctorCode("USED"), name(), null, true));
    var before = clinic.everything();

    commands.forEach((name, command) ->
        assertThatExceptionOfType(OpdException.class)
            .as(name)
            .isThrownBy(() -> command.apply(used))
            .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.REQUEST_ID_REUSED)));
    assertThat(clinic.everything()).isEqualTo(before);
  }

  @Test
  void eachArgumentMakesAnotherRequest() {
    Slot slot = clinic.aSlot(9);
    int patient = clinic.aPatient();
    AllocationRequest wish = wish(slot, patient, PAID);
    Request request = clinic.request();
    clinic.desk().allocations().allocate(request, wish);

    for (AllocationRequest other :
        new AllocationRequest[] {
          wish(slot, patient, EMERGENCY),
          wish(slot, clinic.aPatient(), PAID),
          wish(clinic.aSlot(1), patient, PAID),
          Clinic.replacing(wish),
          Clinic.orNext(wish)
        }) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() -> clinic.desk().allocations().allocate(request, other))
          .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.REQUEST_ID_REUSED));
    }
  }

  @Test
  void idAndLabelNameTheSameSlotAndTheNameOfThePatientDoesNotCount() {
    Slot slot = clinic.aSlot(1);
    AllocationRequest wish = wish(slot, clinic.aPatient(), PAID);
    Request request = clinic.request();
    var first = clinic.desk().allocations().allocate(request, wish);
    var byId =
        new AllocationRequest(
            new AllocationRequest.Place.InSlot(new SlotReference.ById(slot.id())),
            wish.patient(),
            Optional.empty(),
            wish.priority(),
            wish.source(),
            false,
            false);
    var second = clinic.desk().allocations().allocate(request, byId);

    assertThat(second.replayed()).isTrue();
    assertThat(second.outcome()).isEqualTo(first.outcome());
  }

  @Test
  void theStoredOutcomeIsReturnedThoughTheWorldHasMovedOn() {
    Slot slot = clinic.aSlot(1);
    Request request = clinic.request();
    AllocationRequest wish = wish(slot, clinic.aPatient(), FOLLOW_UP);
    var first = clinic.desk().allocations().allocate(request, wish);
    clinic.aToken(slot, EMERGENCY);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(slot), "ill");

    assertThat(clinic.desk().allocations().allocate(request, wish).outcome())
        .isEqualTo(first.outcome());
  }

  @Test
  void anErrorUsesNoIdUp() {
    Request request = clinic.request();
    int patient = clinic.aPatient();
    Slot slot = clinic.aSlot(1);
    AllocationRequest nameless =
        new AllocationRequest(
            new AllocationRequest.Place.InSlot(reference(slot)),
            Clinic.key(patient),
            Optional.empty(),
            PAID,
            wish(slot, patient, PAID).source(),
            false,
            false);
    assertThatExceptionOfType(OpdException.class)
        .isThrownBy(() -> clinic.desk().allocations().allocate(request, nameless));

    assertThat(clinic.desk().allocations().allocate(request, wish(slot, patient, PAID)).replayed())
        .isFalse();
  }

  @Test
  void aRefusalIsReplayedAsARefusal() {
    Slot slot = clinic.aFullSlot(1);
    Request request = new Request(new Actor("test"), new RequestId("a refusal"));
    AllocationRequest wish = wish(slot, clinic.aPatient(), FOLLOW_UP);
    clinic.desk().allocations().allocate(request, wish);
    clinic.cancel(clinic.desk().queues().show(reference(slot), false).tokens().getFirst().token());

    assertThat(clinic.desk().allocations().allocate(request, wish).outcome())
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(clinic.queue(slot)).isEmpty();
  }

  /// One of every command, each on a world of its own, with refusals among them.
  private static Map<String, Command> commands() {
    Map<String, Command> commands = new LinkedHashMap<>();
    FacilityServices desk = clinic.desk();
    addRegistrations(commands, desk);
    addAllocations(commands, desk);
    addTokenChanges(commands, desk);
    addSlotChanges(commands, desk);
    addCorrections(commands, desk);
    return commands;
  }

  private static void addRegistrations(Map<String, Command> commands, FacilityServices desk) {
    DoctorCode newDoctor = new DoctorCode("N" + clinic.aPatient());
    DoctorCode doctor = clinic.aDoctor();
    int patient = clinic.aPatient();
    int changed = clinic.aPatient();
    desk.patients().add(clinic.request(), Clinic.key(changed), name());
    var session =
        new SessionPlan(
            doctor,
            Clinic.time("09:00"),
            Duration.ofMinutes(30),
            3,
            Optional.of(new SessionPlan.Repeat(Duration.ofMinutes(30), Clinic.time("11:00"))));
    commands.put(
        "doctor add",
        request -> desk.doctors().add(request, new Doctor(newDoctor, name(), "Skin", true)));
    commands.put(
        "doctor deactivate", request -> desk.doctors().setActive(request, clinic(), false));
    commands.put(
        "patient add", request -> desk.patients().add(request, Clinic.key(patient), name()));
    commands.put(
        "patient change",
        request ->
            desk.patients()
                .change(
                    request,
                    Clinic.key(changed),
                    Optional.of(new PersonName("New Name")),
                    Optional.empty()));
    commands.put("slot open", request -> desk.slots().open(request, session));
  }

  private static DoctorCode clinic() {
    return new DoctorCode("DR1");
  }

  private static void addAllocations(Map<String, Command> commands, FacilityServices desk) {
    var free = wish(clinic.aSlot(1), clinic.aPatient(), PAID);
    var displacing = wish(clinic.aFullSlot(1), clinic.aPatient(), EMERGENCY);
    var refused = wish(clinic.aFullSlot(1), clinic.aPatient(), FOLLOW_UP);
    Slot held = clinic.aSlot(2);
    int patient = clinic.aPatient();
    clinic.admit(wish(held, patient, PAID));
    var duplicate = wish(held, patient, PAID);
    Slot heldToo = clinic.aSlot(2);
    clinic.admit(wish(heldToo, patient, PAID));
    var replacing = Clinic.replacing(wish(heldToo, patient, EMERGENCY));
    Token reinstated = clinic.aDisplacedToken(clinic.aSlot(1), FOLLOW_UP);
    Token moved = clinic.aDisplacedToken(clinic.aSlot(1), FOLLOW_UP);
    Slot target = clinic.aSlot(1);
    Token active = clinic.aToken(clinic.aSlot(1), PAID);
    commands.put("allocate", request -> desk.allocations().allocate(request, free));
    commands.put("allocate, displacing", r -> desk.allocations().allocate(r, displacing));
    commands.put("allocate, refused", r -> desk.allocations().allocate(r, refused));
    commands.put("allocate, duplicate", r -> desk.allocations().allocate(r, duplicate));
    commands.put("allocate --replace", r -> desk.allocations().allocate(r, replacing));
    commands.put("reallocate", r -> reallocate(desk, r, reinstated, Optional.empty()));
    commands.put("reallocate --to", r -> reallocate(desk, r, moved, Optional.of(target)));
    commands.put("reallocate, refused", r -> reallocate(desk, r, active, Optional.empty()));
  }

  private static Response<Outcome.Allocation> reallocate(
      FacilityServices desk, Request request, Token token, Optional<Slot> to) {
    return desk.reallocations().reallocate(request, reference(token), to.map(Clinic::reference));
  }

  private static void addTokenChanges(Map<String, Command> commands, FacilityServices desk) {
    Slot slot = clinic.aSlot(3);
    Slot waitedFor = clinic.aFullSlot(1);
    TokenReference cancelled = reference(clinic.aToken(waitedFor, EMERGENCY));
    TokenReference missed = reference(clinic.aToken(slot, PAID));
    TokenReference completed = reference(clinic.aToken(slot, PAID));
    Token gone = clinic.aToken(slot, PAID);
    clinic.cancel(gone);
    commands.put("cancel", request -> desk.tokens().cancel(request, cancelled, "moved away"));
    commands.put("no-show", request -> desk.tokens().noShow(request, missed));
    commands.put("complete", request -> desk.tokens().complete(request, completed));
    commands.put("cancel, refused", r -> desk.tokens().cancel(r, reference(gone), null));
  }

  private static void addSlotChanges(Map<String, Command> commands, FacilityServices desk) {
    SlotReference delayed = reference(clinic.aFullSlot(2));
    SlotReference cancelled = reference(clinic.aFullSlot(2));
    SlotReference completed = reference(clinic.aFullSlot(2));
    Slot closed = clinic.aSlot(1);
    desk.slotChanges().complete(clinic.request(), reference(closed));
    commands.put("slot delay", request -> desk.slotChanges().delay(request, delayed, 30));
    commands.put("slot cancel", request -> desk.slotChanges().cancel(request, cancelled, "ill"));
    commands.put("slot complete", request -> desk.slotChanges().complete(request, completed));
    commands.put("slot delay, refused", r -> desk.slotChanges().delay(r, reference(closed), 5));
  }

  private static void addCorrections(Map<String, Command> commands, FacilityServices desk) {
    Slot slot = clinic.aFullSlot(3);
    Token undone = clinic.aToken(slot, PAID);
    clinic.desk().tokens().noShow(clinic.request(), reference(undone));
    Token untouched = clinic.aToken(clinic.aSlot(1), PAID);
    Token moved = clinic.aToken(clinic.aFullSlot(1), PAID);
    Slot target = clinic.aSlot(1);
    SlotReference changed = reference(clinic.aFullSlot(2));
    SlotReference refused = reference(clinic.aFullSlot(2));
    Slot closed = clinic.aFullSlot(2);
    desk.slotChanges().cancel(clinic.request(), reference(closed), "ill");
    commands.put("undo", r -> desk.tokens().undo(r, reference(undone), "wrong"));
    commands.put("undo, refused", r -> desk.tokens().undo(r, reference(untouched), "wrong"));
    commands.put("move", r -> desk.moves().move(r, reference(moved), reference(target)));
    commands.put("move, refused", r -> desk.moves().move(r, reference(untouched), refused));
    commands.put("slot change", r -> desk.slotCorrections().change(r, changed, onePlace(true)));
    commands.put(
        "slot change, refused", r -> desk.slotCorrections().change(r, refused, onePlace(false)));
    commands.put("slot reopen", r -> desk.slotCorrections().reopen(r, reference(closed), "came"));
    commands.put("slot reopen, refused", r -> desk.slotCorrections().reopen(r, refused, "came"));
  }

  private static SlotCorrectionService.Terms onePlace(boolean displaces) {
    return new SlotCorrectionService.Terms(
        Optional.of(1), Optional.empty(), Optional.empty(), displaces);
  }

  private static PersonName name() {
    return new PersonName("Dr. Rao");
  }
}
