package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.decision.Outcome;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What happens to tokens and slots after the allocation.
final class TokenLifeTest {
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
  void anActiveTokenIsCancelledMissedOrCompleted() throws SQLException {
    Slot slot = clinic.aSlot(3);
    Token first = clinic.aToken(slot, PAID);
    Token second = clinic.aToken(slot, PAID);
    Token third = clinic.aToken(slot, PAID);
    clinic.cancel(first);
    clinic.desk().tokens().noShow(clinic.request(), reference(second));
    clinic.desk().tokens().complete(clinic.request(), reference(third));

    assertThat(clinic.tokens(slot)).isEqualTo("1P CANCELLED, 2P NO_SHOW, 3P COMPLETED");
    assertThat(clinic.log(slot)).endsWith("TOKEN_CANCELLED", "TOKEN_NO_SHOW", "TOKEN_COMPLETED");
  }

  @Test
  void aFreedPlaceStaysFreeAndTheAnswerNamesWhoWaits() {
    Slot slot = clinic.aSlot(3);
    clinic.fill(slot, FOLLOW_UP);
    clinic.aToken(slot, PAID);
    clinic.aToken(slot, PAID);
    Token emergency = clinic.aToken(slot, EMERGENCY);
    clinic.aToken(slot, EMERGENCY);
    // Displaced in this order: 3F, 2F, 1F, 5P.
    Outcome.TokenDone done = (Outcome.TokenDone) clinic.cancel(emergency);

    assertThat(done.waiting())
        .extracting(view -> view.token().sequence())
        .containsExactly(5, 1, 2, 3);
    assertThat(clinic.queue(slot)).isEqualTo("7E 4P");
  }

  @Test
  void nobodyWaitsWhileTheSlotIsFull() {
    Slot slot = clinic.aFullSlot(1);
    clinic.aToken(slot, PAID);
    Token displaced =
        clinic.desk().queues().show(reference(slot), true).tokens().getFirst().token();
    clinic.aToken(slot, EMERGENCY);

    assertThat(((Outcome.TokenDone) clinic.cancel(displaced)).waiting()).isEmpty();
  }

  @Test
  void whoCameAgainOrWasReallocatedDoesNotWait() {
    Slot slot = clinic.aSlot(3);
    int patient = clinic.aPatient();
    clinic.admit(wish(slot, patient, FOLLOW_UP));
    Token moved = clinic.aToken(slot, FOLLOW_UP);
    Token waiting = clinic.aToken(slot, FOLLOW_UP);
    clinic.fill(slot, PAID);
    clinic.reallocate(moved, clinic.aSlot(1));
    clinic.admit(wish(slot, patient, EMERGENCY));
    Token paid = clinic.desk().queues().show(reference(slot), false).tokens().get(1).token();
    Outcome.TokenDone done = (Outcome.TokenDone) clinic.cancel(paid);

    assertThat(done.waiting())
        .extracting(view -> view.token().priority() + " " + view.token().sequence())
        .containsExactly("PAID 6", "FOLLOW_UP " + waiting.sequence());
  }

  @Test
  void aDisplacedPatientMayGiveUpWaiting() {
    Slot slot = clinic.aSlot(2);
    Token displaced = clinic.aDisplacedToken(slot, FOLLOW_UP);
    Outcome.TokenDone done = (Outcome.TokenDone) clinic.cancel(displaced);

    assertThat(done.token().token().status()).isEqualTo(TokenStatus.CANCELLED);
    assertThat(done.waiting()).isEmpty();
  }

  @Test
  void aFinalTokenRefusesEveryChangeWithItsPresentStatus() throws SQLException {
    Slot slot = clinic.aSlot(2);
    Token token = clinic.aToken(slot, PAID);
    clinic.desk().tokens().noShow(clinic.request(), reference(token));
    var service = clinic.desk().tokens();

    for (Outcome.Change outcome :
        List.of(
            clinic.cancel(token),
            service.noShow(clinic.request(), reference(token)).outcome(),
            service.complete(clinic.request(), reference(token)).outcome())) {
      Outcome.ChangeRejected rejected = (Outcome.ChangeRejected) outcome;
      assertThat(rejected.refusal()).isEqualTo(Refusal.TOKEN_NOT_ACTIVE);
      assertThat(rejected.token().token().status()).isEqualTo(TokenStatus.NO_SHOW);
    }
    assertThat(clinic.log(slot)).endsWith("CHANGE_REJECTED", "CHANGE_REJECTED", "CHANGE_REJECTED");
  }

  @Test
  void aDisplacedTokenIsNeitherMissedNorCompleted() {
    Token displaced = clinic.aDisplacedToken(clinic.aSlot(1), FOLLOW_UP);
    var service = clinic.desk().tokens();

    for (Outcome.Change outcome :
        List.of(
            service.noShow(clinic.request(), reference(displaced)).outcome(),
            service.complete(clinic.request(), reference(displaced)).outcome())) {
      assertThat(((Outcome.ChangeRejected) outcome).refusal()).isEqualTo(Refusal.TOKEN_NOT_ACTIVE);
    }
  }

  @Test
  void aReallocatedTokenSendsToItsSuccessor() {
    Token displaced = clinic.aDisplacedToken(clinic.aSlot(1), FOLLOW_UP);
    clinic.reallocate(displaced, clinic.aSlot(1));

    assertThat(((Outcome.ChangeRejected) clinic.cancel(displaced)).refusal())
        .isEqualTo(Refusal.ALREADY_REALLOCATED);
  }

  @Test
  void completedPatientsMoveTheExpectedTimesOfThoseWhoCameAfter() {
    Slot slot = clinic.aSlot(4);
    Token first = clinic.aToken(slot, PAID);
    clinic.aToken(slot, PAID);
    clinic.desk().tokens().complete(clinic.request(), reference(first));

    var next = clinic.desk().queues().show(reference(slot), false).tokens().getFirst();
    assertThat(next.position()).isEqualTo(1);
    assertThat(next.expectedAt()).isEqualTo(Clinic.time("09:15"));
  }

  @Test
  void aDelayMovesTheTimesButNotTheQueueAndZeroTakesItBack() throws SQLException {
    Slot slot = clinic.aSlot(2);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    var changes = clinic.desk().slotChanges();
    var delayed =
        (Outcome.SlotDelayed) changes.delay(clinic.request(), reference(slot), 45).outcome();

    assertThat(delayed.slot().status()).isEqualTo(SlotStatus.DELAYED);
    assertThat(delayed.tokens())
        .extracting(view -> view.token().sequence() + " " + view.expectedAt())
        .containsExactly("2 " + Clinic.time("09:45"), "1 " + Clinic.time("10:15"));
    var back = (Outcome.SlotDelayed) changes.delay(clinic.request(), reference(slot), 0).outcome();
    assertThat(back.slot().status()).isEqualTo(SlotStatus.SCHEDULED);
    assertThat(back.slot().delayMinutes()).isZero();
    assertThat(clinic.facts(slot).subList(0, 2))
        .containsExactly(
            "{\"minutes\":0,\"minutesBefore\":45}", "{\"minutes\":45,\"minutesBefore\":0}");
  }

  @Test
  void aCancelledSlotOwesItsActivePatientsAPlace() throws SQLException {
    Slot slot = clinic.aSlot(3);
    clinic.cancel(clinic.aToken(slot, PAID));
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    var done =
        (Outcome.SlotDone)
            clinic.desk().slotChanges().cancel(clinic.request(), reference(slot), "ill").outcome();

    assertThat(done.slot().status()).isEqualTo(SlotStatus.CANCELLED);
    assertThat(done.tokens()).extracting(view -> view.token().sequence()).containsExactly(3, 2);
    assertThat(clinic.tokens(slot)).isEqualTo("1P CANCELLED, 2F DISPLACED, 3E DISPLACED");
    assertThat(clinic.log(slot))
        .endsWith("SLOT_CANCELLED", "TOKEN_DISPLACED 4", "TOKEN_DISPLACED 4");
    assertThat(clinic.facts(slot).get(2)).isEqualTo("{\"reason\":\"ill\",\"tokens\":[3,2]}");
  }

  @Test
  void aCompletedSlotCompletesItsActiveTokensOnly() throws SQLException {
    Slot slot = clinic.aSlot(2);
    clinic.aDisplacedToken(slot, FOLLOW_UP);
    String before = clinic.tokens(slot);
    clinic.desk().slotChanges().complete(clinic.request(), reference(slot));

    assertThat(clinic.tokens(slot)).isEqualTo(before.replace("ACTIVE", "COMPLETED"));
    assertThat(before).contains("DISPLACED", "ACTIVE");
    assertThat(clinic.log(slot)).endsWith("SLOT_COMPLETED", "TOKEN_COMPLETED");
  }

  @Test
  void aClosedSlotIsFinal() throws SQLException {
    Slot slot = clinic.aSlot(1);
    var changes = clinic.desk().slotChanges();
    changes.complete(clinic.request(), reference(slot));

    for (Outcome.SlotChange outcome :
        List.of(
            changes.delay(clinic.request(), reference(slot), 5).outcome(),
            changes.cancel(clinic.request(), reference(slot), "ill").outcome(),
            changes.complete(clinic.request(), reference(slot)).outcome())) {
      Outcome.SlotRejected rejected = (Outcome.SlotRejected) outcome;
      assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_CLOSED);
      assertThat(rejected.slot().status()).isEqualTo(SlotStatus.COMPLETED);
    }
    assertThat(clinic.log(slot)).endsWith("CHANGE_REJECTED", "CHANGE_REJECTED", "CHANGE_REJECTED");
  }
}
