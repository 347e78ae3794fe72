package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.RoomDecision.Ending;
import opd.decision.Warning;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.ServingService.Queue;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Patients who arrive, are called in, go away and come back. At the end the log of all of them is
/// whole.
final class ServingServiceTest {
  private static Clinic clinic;

  @BeforeAll
  static void open() throws SQLException {
    clinic = Clinic.open();
  }

  @AfterAll
  static void close() throws SQLException {
    var verified =
        clinic.desk().verification().verify(Optional.empty(), Optional.empty(), read -> {});
    assertThat(verified.differences()).isEmpty();
    clinic.close();
  }

  @Test
  void whoArrivesIsNotedOnceAndTheSecondTimeChangesNothing() throws SQLException {
    Slot slot = clinic.aSlot(3);
    Token token = online(slot, PAID);
    var first = served(serving().arrive(clinic.request(), reference(token)).outcome());
    assertThat(first.token().token().serving().arrivedAt()).isNotNull();
    assertThat(first.token().position()).isEqualTo(1);
    var second = served(serving().arrive(clinic.request(), reference(token)).outcome());
    assertThat(second.token().token().serving()).isEqualTo(first.token().token().serving());
    assertThat(clinic.log(slot)).endsWith("TOKEN_ARRIVED", "TOKEN_ARRIVED");
    assertThat(clinic.facts(slot)).startsWith("{\"again\":true}", "{}");
  }

  @Test
  void whoWalkedInHasArrivedWithoutAColumn() throws SQLException {
    Slot slot = clinic.aSlot(3);
    Token token = clinic.aToken(slot, PAID);
    var done = served(serving().arrive(clinic.request(), reference(token)).outcome());
    assertThat(done.token().token().serving().arrivedAt()).isNull();
    assertThat(clinic.facts(slot).getFirst()).isEqualTo("{\"again\":true}");
  }

  @Test
  void whoIsCalledOutOfTurnPassesOthersWhoAreNamed() throws SQLException {
    Slot slot = clinic.aSlot(4);
    Token first = clinic.aToken(slot, PAID);
    Token away = clinic.aToken(slot, PAID);
    clinic.aToken(slot, PAID);
    Token last = clinic.aToken(slot, FOLLOW_UP);
    call(first);
    serving().park(clinic.request(), reference(away), "blood test");
    var called = call(last);
    assertThat(called.passed().stream().map(passed -> passed.why().name()))
        .containsExactly("CALLED", "PARKED", "OUT_OF_TURN");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"room\":\"2\",\"calls\":1,\"passed\":[{\"sequence\":1,\"why\":\"CALLED\"},"
                + "{\"sequence\":2,\"why\":\"PARKED\"},{\"sequence\":3,\"why\":\"OUT_OF_TURN\"}]}");
    assertThat(call(last).token().token().serving().calls()).isEqualTo(2);
    assertThat(call(away).token().token().serving().parkedAt()).isNull();
  }

  @Test
  void onlyAnActiveTokenIsServed() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token token = clinic.aToken(slot, PAID);
    clinic.cancel(token);
    for (Outcome.Serving outcome :
        List.of(
            serving().arrive(clinic.request(), reference(token)).outcome(),
            serving().call(clinic.request(), reference(token), Optional.empty()).outcome(),
            serving().park(clinic.request(), reference(token), null).outcome(),
            serving().comeBack(clinic.request(), reference(token)).outcome())) {
      assertThat(((Outcome.ChangeRejected) outcome).refusal()).isEqualTo(Refusal.TOKEN_NOT_ACTIVE);
    }
    assertThat(clinic.log(slot))
        .endsWith("CHANGE_REJECTED", "CHANGE_REJECTED", "CHANGE_REJECTED", "CHANGE_REJECTED");
  }

  @Test
  void nextEndsTheCurrentPatientOfThatRoomAndCallsTheFirstWhoIsNeitherCalledNorAway()
      throws SQLException {
    Slot slot = clinic.aSlot(5);
    Token first = clinic.aToken(slot, PAID);
    Token second = clinic.aToken(slot, PAID);
    Token third = clinic.aToken(slot, PAID);
    Token fourth = clinic.aToken(slot, PAID);
    assertThat(next(slot, "1", Ending.COMPLETE)).isEqualTo("- 01");
    assertThat(next(slot, "2", Ending.COMPLETE)).isEqualTo("- 02");
    serving().park(clinic.request(), reference(third), null);
    assertThat(next(slot, "1", Ending.COMPLETE)).isEqualTo("01 COMPLETED 04");
    assertThat(clinic.log(slot)).endsWith("TOKEN_PARKED", "TOKEN_COMPLETED", "TOKEN_CALLED");
    serving().comeBack(clinic.request(), reference(third));
    assertThat(next(slot, "2", Ending.PARK)).isEqualTo("02 ACTIVE 03");
    assertThat(next(slot, "1", Ending.NO_SHOW)).isEqualTo("04 NO_SHOW -");
    assertThat(clinic.tokens(slot)).isEqualTo("1P COMPLETED, 2P ACTIVE, 3P ACTIVE, 4P NO_SHOW");
    assertThat(next(slot, "1", Ending.COMPLETE)).isEqualTo("NOBODY_WAITING");
    var undone = clinic.desk().tokens().undo(clinic.request(), reference(first), "wrong click");
    assertThat(undone.outcome().isRefused()).isFalse();
    assertThat(clinic.desk().tokens().noShow(clinic.request(), reference(second)).outcome())
        .isInstanceOfSatisfying(
            Outcome.TokenDone.class, done -> assertThat(done.warnings()).isEmpty());
    assertThat(fourth.label()).isNotEqualTo(first.label());
  }

  @Test
  void aRepeatedNextCallsNobodyTwiceAndADryRunNobody() {
    Slot slot = clinic.aSlot(3);
    clinic.aToken(slot, PAID);
    clinic.aToken(slot, PAID);
    Request request = clinic.request();
    serving().dryRunNext(clinic.request(), queue(slot, null), Ending.COMPLETE);
    var first = serving().next(request, queue(slot, null), Ending.COMPLETE);
    var again = serving().next(request, queue(slot, null), Ending.COMPLETE);
    assertThat(again.replayed()).isTrue();
    assertThat(sequence(served(again.outcome()).token())).isEqualTo("01");
    assertThat(sequence(served(first.outcome()).token())).isEqualTo("01");
  }

  @Test
  void whoIsCalledStandsBehindTheOthersAndMakesWayForAnEmergencyOnly() {
    Slot slot = clinic.aSlot(2);
    Token called = clinic.aToken(slot, FOLLOW_UP);
    Token other = clinic.aToken(slot, FOLLOW_UP);
    call(called);
    var displacing = clinic.admit(Clinic.wish(slot, clinic.aPatient(), PAID));
    assertThat(displacing.displaced().token().label()).isEqualTo(other.label());
    assertThat(clinic.reject(Clinic.wish(slot, clinic.aPatient(), PAID)).refusal())
        .isEqualTo(Refusal.SLOT_FULL);
    clinic.aToken(slot, EMERGENCY);
    var emergency = clinic.admit(Clinic.wish(slot, clinic.aPatient(), EMERGENCY));
    assertThat(emergency.displaced().token().label()).isEqualTo(called.label());
    assertThat(emergency.warnings()).contains(Warning.BEING_SEEN);
    assertThat(emergency.displaced().token().serving().isCalled()).isFalse();
    assertThat(emergency.displaced().token().serving().calls()).isEqualTo(1);
  }

  @Test
  void whoWasNeverCalledWhereOthersWereDrawsAWarning() {
    Slot slot = clinic.aSlot(3);
    Token first = clinic.aToken(slot, PAID);
    Token second = clinic.aToken(slot, PAID);
    call(first);
    clinic.desk().tokens().complete(clinic.request(), reference(first));
    var done =
        (Outcome.TokenDone)
            clinic.desk().tokens().noShow(clinic.request(), reference(second)).outcome();
    assertThat(done.warnings()).containsExactly(Warning.NEVER_CALLED);
  }

  @Test
  void withPresentOnlyWhoHasArrivedIsCalled() {
    Slot slot = clinic.aSlot(3);
    online(slot, PAID);
    Token here = online(slot, PAID);
    serving().arrive(clinic.request(), reference(here));
    var queue =
        new Queue(
            new Queue.Place.OfSlot(new SlotReference.ByLabel(slot.label())),
            true,
            Optional.empty());
    var called = served(serving().callNext(clinic.request(), queue).outcome());
    assertThat(called.token().token().label()).isEqualTo(here.label());
    assertThat(called.passed().getFirst().why().name()).isEqualTo("NOT_HERE");
    assertThat(serving().callNext(clinic.request(), queue).outcome())
        .isInstanceOf(Outcome.NobodyWaiting.class);
  }

  @Test
  void theArrivalStaysWithWhoMovesOnTheSameDayAndIsVerifiedThere() throws SQLException {
    var doctor = clinic.aDoctor();
    Slot early = clinic.aSlot(doctor, "09:00", 2);
    Slot late = clinic.aSlot(doctor, "11:00", 1);
    Token token = online(early, PAID);
    serving().arrive(clinic.request(), reference(token));
    Token taken = clinic.aToken(late, PAID);
    assertThat(
            clinic
                .desk()
                .moves()
                .move(clinic.request(), reference(token), reference(late))
                .outcome())
        .isInstanceOf(Outcome.Rejected.class);
    call(token);
    clinic.cancel(taken);
    var moved =
        (Outcome.Admitted)
            clinic
                .desk()
                .moves()
                .move(clinic.request(), reference(token), reference(late))
                .outcome();
    assertThat(moved.token().token().serving().arrivedAt())
        .isNotNull()
        .isEqualTo(moved.from().token().serving().arrivedAt());
    clinic.aToken(late, EMERGENCY);
    clinic.aToken(early, EMERGENCY);
    Slot last = clinic.aSlot(doctor, "13:00", 1);
    var reallocated = (Outcome.Admitted) clinic.reallocate(moved.token().token(), last);
    assertThat(reallocated.token().token().serving().arrivedAt())
        .isEqualTo(moved.token().token().serving().arrivedAt());
    assertThat(clinic.facts(last).getFirst()).contains("\"arrivedAt\":\"20");
  }

  /// After each test all is verified: the chain of the other slot tells of the token when nothing
  /// is noted of it any more.
  @Test
  void whoWasAwayWhenRefusedElsewhereMayBeBackSince() {
    Token token = clinic.aToken(clinic.aSlot(1), FOLLOW_UP);
    serving().park(clinic.request(), reference(token), "blood test");
    var move =
        clinic
            .desk()
            .moves()
            .move(clinic.request(), reference(token), reference(clinic.aFullSlot(1)));
    assertThat(move.outcome()).isInstanceOf(Outcome.Rejected.class);
    serving().comeBack(clinic.request(), reference(token));
  }

  @Test
  void whatWasNotedOfSomebodyRefusedElsewhereMayGoOn() {
    var doctor = clinic.aDoctor();
    Slot early = clinic.aSlot(doctor, "09:00", 1);
    Slot late = clinic.aFullSlot(1);
    Token token = online(early, FOLLOW_UP);
    Token emergency = clinic.aToken(early, EMERGENCY);
    assertThat(clinic.reallocate(token, late)).isInstanceOf(Outcome.Rejected.class);
    clinic.cancel(emergency);
    assertThat(clinic.reallocate(token)).isInstanceOf(Outcome.Admitted.class);
    serving().arrive(clinic.request(), reference(token));
    assertThat(call(token).token().token().serving().calls()).isEqualTo(1);
  }

  private static ServingService serving() {
    return clinic.desk().serving();
  }

  private static Token online(Slot slot, TokenPriority priority) {
    var wish = Clinic.wish(slot, clinic.aPatient(), priority);
    return clinic
        .admit(
            new AllocationRequest(
                wish.place(),
                wish.patient(),
                wish.name(),
                priority,
                TokenSource.ONLINE,
                false,
                false))
        .token()
        .token();
  }

  private static Outcome.Served call(Token token) {
    return served(serving().call(clinic.request(), reference(token), Optional.of("2")).outcome());
  }

  private static Queue queue(Slot slot, String room) {
    return new Queue(new Queue.Place.OfSlot(reference(slot)), false, Optional.ofNullable(room));
  }

  /// Whose turn was ended and how, and who was called.
  private static String next(Slot slot, String room, Ending ending) {
    return switch (serving().next(clinic.request(), queue(slot, room), ending).outcome()) {
      case Outcome.Served served ->
          (served.previous() == null
                  ? "-"
                  : sequence(served.previous()) + " " + served.previous().token().status())
              + " "
              + sequence(served.token());
      case Outcome.NobodyWaiting _ -> "NOBODY_WAITING";
      case Outcome.ChangeRejected rejected -> rejected.refusal().name();
    };
  }

  private static String sequence(opd.decision.TokenView view) {
    return view == null ? "-" : "%02d".formatted(view.token().sequence());
  }

  private static Outcome.Served served(Outcome.Serving outcome) {
    return (Outcome.Served) outcome;
  }
}
