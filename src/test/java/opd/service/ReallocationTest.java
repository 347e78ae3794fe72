package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import opd.decision.Outcome;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A displaced patient gets a place again.
final class ReallocationTest {
  private static Clinic clinic;

  @BeforeAll
  static void open() throws SQLException {
    clinic = Clinic.open();
  }

  @AfterAll
  static void close() throws SQLException {
    clinic.close();
  }

  @Test
  void inItsOwnSlotTheSameTokenComesBackWithItsOldNumber() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token displaced = clinic.aDisplacedToken(slot, FOLLOW_UP);
    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(displaced);

    assertThat(admitted.token().token()).isEqualTo(displaced);
    assertThat(admitted.rule()).isEqualTo(Rule.ARRIVAL_ORDER);
    assertThat(admitted.from().token().status()).isEqualTo(TokenStatus.DISPLACED);
    assertThat(clinic.tokens(slot)).isEqualTo("1F ACTIVE, 2E CANCELLED");
    assertThat(clinic.log(slot)).endsWith("TOKEN_REINSTATED 5");
  }

  @Test
  void aReinstatedTokenStandsWhereItsNumberPutsIt() {
    Slot slot = clinic.aSlot(2);
    Token early = clinic.aToken(slot, FOLLOW_UP);
    Token late = clinic.aToken(slot, FOLLOW_UP);
    Token emergency = clinic.aToken(slot, EMERGENCY);
    Token second = clinic.aToken(slot, EMERGENCY);
    clinic.cancel(emergency);
    clinic.cancel(second);
    clinic.reallocate(late);
    clinic.reallocate(early);

    assertThat(clinic.queue(slot)).isEqualTo("1F 2F");
  }

  @Test
  void withoutATargetTheFirstPlaceFreeWithoutDisplacingIsTaken() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    clinic.aSlot(doctor, "08:00", 1);
    Slot own = clinic.aSlot(doctor, "09:00", 1);
    Slot withAVictim = clinic.fill(clinic.aSlot(doctor, "10:00", 1), FOLLOW_UP);
    Slot free = clinic.aSlot(doctor, "11:00", 1);
    clinic.aSlot(doctor, "12:00", 1);
    Token displaced = displacedIn(own, PAID);
    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(displaced);

    assertThat(admitted.token().token().label().slot()).isEqualTo(free.label());
    assertThat(admitted.token().token().sequence()).isEqualTo(1);
    assertThat(admitted.token().token().reallocatedFrom()).isEqualTo(displaced.label());
    assertThat(clinic.tokens(own)).startsWith("1P DISPLACED");
    assertThat(clinic.tokens(withAVictim)).isEqualTo("1F ACTIVE");
    assertThat(clinic.log(own)).endsWith("TOKEN_REALLOCATED");
    assertThat(clinic.log(free)).containsExactly("SLOT_OPENED", "TOKEN_ALLOCATED 1");
    assertThat(clinic.facts(own).getFirst())
        .isEqualTo("{\"successor\":\"" + free.label() + "-01\"}");
  }

  @Test
  void laterSlotsWhereThePatientIsActiveOrThatAreClosedAreSkipped() {
    DoctorCode doctor = clinic.aDoctor();
    Slot own = clinic.aSlot(doctor, "09:00", 1);
    Slot held = clinic.aSlot(doctor, "10:00", 2);
    Slot closed = clinic.aSlot(doctor, "11:00", 2);
    Slot free = clinic.aSlot(doctor, "12:00", 2);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(closed), "ill");
    int patient = clinic.aPatient();
    Token displaced = clinic.admit(wish(own, patient, PAID)).token().token();
    clinic.aToken(own, EMERGENCY);
    clinic.admit(wish(held, patient, PAID));

    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(displaced);
    assertThat(admitted.token().token().label().slot()).isEqualTo(free.label());
  }

  @Test
  void aTokenOfACancelledSlotMovesOn() {
    DoctorCode doctor = clinic.aDoctor();
    Slot own = clinic.aSlot(doctor, "09:00", 1);
    Slot later = clinic.aSlot(doctor, "10:00", 1);
    Token token = clinic.aToken(own, PAID);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(own), "ill");

    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(token);
    assertThat(admitted.token().token().label().slot()).isEqualTo(later.label());
  }

  @Test
  void whenNoPlaceIsFreeTheDisplacedTokenGoesOnWaiting() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    Slot own = clinic.aSlot(doctor, "09:00", 1);
    clinic.fill(clinic.aSlot(doctor, "10:00", 1), FOLLOW_UP);
    Token displaced = displacedIn(own, PAID);
    Outcome.Rejected rejected = (Outcome.Rejected) clinic.reallocate(displaced);

    assertThat(rejected.refusal()).isEqualTo(Refusal.NO_FREE_PLACE);
    assertThat(rejected.from().token().status()).isEqualTo(TokenStatus.DISPLACED);
    assertThat(clinic.log(own)).endsWith("CHANGE_REJECTED");
    assertThat(clinic.facts(own).getFirst()).contains("\"code\":\"NO_FREE_PLACE\"");
  }

  @Test
  void withATargetTheOrdinaryRuleDecidesDisplacementIncluded() throws SQLException {
    Token displaced = displacedIn(clinic.aSlot(1), PAID);
    Slot target = clinic.aFullSlot(2);
    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(displaced, target);

    assertThat(admitted.rule()).isEqualTo(Rule.HIGHER_PRIORITY);
    assertThat(admitted.displaced().token().sequence()).isEqualTo(2);
    assertThat(admitted.token().token().priority()).isEqualTo(PAID);
    assertThat(clinic.tokens(target)).isEqualTo("1F ACTIVE, 2F DISPLACED, 3P ACTIVE");
    assertThat(clinic.log(target)).endsWith("TOKEN_ALLOCATED 2", "TOKEN_DISPLACED 4");
    assertThat(clinic.facts(target).get(1))
        .contains("\"reallocatedFrom\":\"" + displaced.label() + "\"");
  }

  @Test
  void withItsOwnSlotAsTargetItMayDisplaceSomebodyLower() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token displaced = clinic.aDisplacedToken(slot, PAID);
    clinic.aToken(slot, FOLLOW_UP);
    Outcome.Admitted admitted = (Outcome.Admitted) clinic.reallocate(displaced, slot);

    assertThat(admitted.token().token()).isEqualTo(displaced);
    assertThat(clinic.tokens(slot)).isEqualTo("1P ACTIVE, 2E CANCELLED, 3F DISPLACED");
    assertThat(clinic.log(slot)).endsWith("TOKEN_REINSTATED 5", "TOKEN_DISPLACED 4");
  }

  @Test
  void aFullTargetRefusesAndTheTokenMayTryElsewhere() {
    Token displaced = displacedIn(clinic.aSlot(1), FOLLOW_UP);
    Slot full = clinic.aFullSlot(1);
    Outcome.Rejected rejected = (Outcome.Rejected) clinic.reallocate(displaced, full);

    assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_FULL);
    assertThat(rejected.slot().label()).isEqualTo(full.label());
    assertThat(clinic.reallocate(displaced, clinic.aSlot(1)).isRefused()).isFalse();
  }

  @Test
  void aTargetWhereThePatientSitsAlreadyRefuses() {
    Slot own = clinic.aSlot(1);
    Slot target = clinic.aSlot(2);
    int patient = clinic.aPatient();
    Token displaced = clinic.admit(wish(own, patient, FOLLOW_UP)).token().token();
    clinic.aToken(own, PAID);
    Token held = clinic.admit(wish(target, patient, FOLLOW_UP)).token().token();
    Outcome.Rejected rejected = (Outcome.Rejected) clinic.reallocate(displaced, target);

    assertThat(rejected.refusal()).isEqualTo(Refusal.DUPLICATE_TOKEN);
    assertThat(rejected.existing().token()).isEqualTo(held);
  }

  @Test
  void aTokenIsReallocatedToAnotherSlotOnlyOnce() {
    Slot own = clinic.aSlot(1);
    Token displaced = clinic.aDisplacedToken(own, FOLLOW_UP);
    clinic.reallocate(displaced, clinic.aSlot(1));

    for (Slot target : new Slot[] {own, clinic.aSlot(1)}) {
      Outcome.Rejected rejected = (Outcome.Rejected) clinic.reallocate(displaced, target);
      assertThat(rejected.refusal()).isEqualTo(Refusal.ALREADY_REALLOCATED);
      assertThat(clinic.queue(target)).isEmpty();
    }
  }

  @Test
  void onlyADisplacedTokenIsReallocated() {
    Slot slot = clinic.aSlot(2);
    Token active = clinic.aToken(slot, PAID);
    Token cancelled = clinic.aToken(slot, PAID);
    clinic.cancel(cancelled);

    for (Token token : new Token[] {active, cancelled}) {
      Outcome.Rejected rejected = (Outcome.Rejected) clinic.reallocate(token);
      assertThat(rejected.refusal()).isEqualTo(Refusal.TOKEN_NOT_DISPLACED);
    }
  }

  @Test
  void aReinstatedTokenThatIsDisplacedAgainMayBeReallocatedAgain() {
    Slot slot = clinic.aSlot(1);
    Token displaced = clinic.aDisplacedToken(slot, FOLLOW_UP);
    clinic.reallocate(displaced);
    Token emergency = clinic.aToken(slot, EMERGENCY);
    clinic.cancel(emergency);

    assertThat(clinic.reallocate(displaced).isRefused()).isFalse();
    assertThat(clinic.queue(slot)).isEqualTo("1F");
  }

  /// The slot of one place stays full.
  private static Token displacedIn(Slot slot, TokenPriority priority) {
    Token token = clinic.aToken(slot, priority);
    clinic.aToken(slot, EMERGENCY);
    return token;
  }
}
