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
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Mistakes of a desk that are mended. At the end the log of all of them is whole.
final class CorrectionTest {
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
  void aWrongNoShowIsTakenBackUnderItsNumber() throws SQLException {
    Slot slot = clinic.aSlot(2);
    Token token = clinic.aToken(slot, PAID);
    clinic.aToken(slot, FOLLOW_UP);
    noShow(token);

    var done = (Outcome.TokenDone) undo(token);
    assertThat(done.token().position()).isEqualTo(1);
    assertThat(clinic.queue(slot)).isEqualTo("1P 2F");
    assertThat(clinic.log(slot)).endsWith("TOKEN_NO_SHOW", "CHANGE_UNDONE");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"undoes\":4,\"before\":\"NO_SHOW\",\"status\":\"ACTIVE\",\"reason\":\"stood here\"}");
  }

  @Test
  void anUndoneCompletionCountsNoMore() {
    Slot slot = clinic.aSlot(4);
    Token first = clinic.aToken(slot, PAID);
    clinic.desk().tokens().complete(clinic.request(), reference(first));
    assertThat(undo(first)).isInstanceOf(Outcome.TokenDone.class);
    assertThat(clinic.now(slot).counts().completed()).isZero();
    assertThat(clinic.now(slot).counts().active()).isEqualTo(1);
  }

  @Test
  void nothingIsUndoneTwice() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token token = clinic.aToken(slot, PAID);
    assertThat(refusal(undo(token))).isEqualTo(Refusal.NOTHING_TO_UNDO);
    noShow(token);
    undo(token);
    assertThat(refusal(undo(token))).isEqualTo(Refusal.NOTHING_TO_UNDO);
    assertThat(clinic.log(slot)).endsWith("CHANGE_UNDONE", "CHANGE_REJECTED");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"code\":\"NOTHING_TO_UNDO\",\"wish\":\"UNDO\",\"tokenStatus\":\"ACTIVE\","
                + "\"slotStatus\":\"SCHEDULED\",\"reason\":\"stood here\"}");
  }

  @Test
  void aPlaceThatWasGivenMustBeFreeAgainFirst() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token token = clinic.aToken(slot, FOLLOW_UP);
    noShow(token);
    Token other = clinic.aToken(slot, FOLLOW_UP);
    assertThat(refusal(undo(token))).isEqualTo(Refusal.SLOT_FULL);
    assertThat(clinic.log(slot)).endsWith("CHANGE_REJECTED 1");
    clinic.cancel(other);
    assertThat(undo(token)).isInstanceOf(Outcome.TokenDone.class);
    assertThat(refusal(undo(other))).isEqualTo(Refusal.SLOT_FULL);
    assertThat(clinic.tokens(slot)).isEqualTo("1F ACTIVE, 2F CANCELLED");
  }

  @Test
  void whoCameAgainKeepsTheNewToken() {
    Slot slot = clinic.aSlot(2);
    int patient = clinic.aPatient();
    Token token = clinic.admit(wish(slot, patient, PAID)).token().token();
    clinic.cancel(token);
    Token again = clinic.admit(wish(slot, patient, PAID)).token().token();
    var rejected = (Outcome.ChangeRejected) undo(token);
    assertThat(rejected.refusal()).isEqualTo(Refusal.DUPLICATE_TOKEN);
    assertThat(rejected.existing().token()).isEqualTo(again);
  }

  @Test
  void whoGaveUpWaitingWaitsAgainThoughTheSlotIsClosed() {
    Slot slot = clinic.aSlot(1);
    Token active = clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    clinic.cancel(active);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(slot), "ill");
    assertThat(((Outcome.TokenDone) undo(active)).token().token().status().name())
        .isEqualTo("DISPLACED");
    Token closed = clinic.aToken(clinic.aSlot(1), PAID);
    noShow(closed);
    clinic
        .desk()
        .slotChanges()
        .complete(clinic.request(), new opd.domain.SlotReference.ByLabel(closed.label().slot()));
    assertThat(refusal(undo(closed))).isEqualTo(Refusal.SLOT_CLOSED);
  }

  @Test
  void whatWasAPartOfAnotherChangeIsNotUndoneAlone() {
    Slot slot = clinic.aSlot(2);
    int patient = clinic.aPatient();
    Token replaced = clinic.admit(wish(slot, patient, FOLLOW_UP)).token().token();
    clinic.allocate(Clinic.replacing(wish(slot, patient, EMERGENCY)));
    Token moved = clinic.aToken(slot, PAID);
    move(moved, clinic.aSlot(1));
    Token seen = clinic.aToken(slot, PAID);
    clinic.desk().slotChanges().complete(clinic.request(), reference(slot));
    for (Token token : List.of(replaced, moved, seen)) {
      assertThat(refusal(undo(token))).isEqualTo(Refusal.NOTHING_TO_UNDO);
    }
  }

  @Test
  void aSlotThatWasOpenedTooSmallGrowsAndNamesWhoWaits() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Token displaced = clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    var changed = (Outcome.SlotChanged) change(slot, 20, Duration.ofHours(2), false);
    assertThat(changed.slot().capacity()).isEqualTo(20);
    assertThat(changed.slot().end()).isEqualTo(Clinic.time("11:00"));
    assertThat(changed.capacityBefore()).isEqualTo(1);
    assertThat(labels(changed.waiting())).containsExactly(displaced.label().toString());
    assertThat(clinic.log(slot)).endsWith("SLOT_CHANGED 1");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"capacity\":20,\"capacityBefore\":1,\"end\":\"2030-01-07T11:00:00Z\","
                + "\"endBefore\":\"2030-01-07T10:00:00Z\",\"tokens\":[]}");
    clinic.aToken(slot, PAID);
  }

  @Test
  void fewerPlacesThanAreTakenCostTheLastOfTheLowestTheirsOnlyIfThatIsMeant() throws SQLException {
    Slot slot = clinic.aSlot(4);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);
    assertThat(((Outcome.SlotRejected) change(slot, 1, null, false)).refusal())
        .isEqualTo(Refusal.CAPACITY_TAKEN);
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"code\":\"CAPACITY_TAKEN\",\"wish\":\"slot change\",\"slotStatus\":\"SCHEDULED\","
                + "\"capacity\":1,\"active\":4}");
    var changed = (Outcome.SlotChanged) change(slot, 1, null, true);
    assertThat(changed.tokens())
        .extracting(view -> view.token().sequence())
        .containsExactly(4, 1, 3);
    assertThat(clinic.queue(slot)).isEqualTo("2E");
    assertThat(clinic.log(slot))
        .endsWith("SLOT_CHANGED 1", "TOKEN_DISPLACED 4", "TOKEN_DISPLACED 4", "TOKEN_DISPLACED 4");
  }

  @Test
  void aSlotIsNotChangedIntoAnotherNorIntoNone() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    Slot nine = clinic.aSlot(doctor, "09:00", 1);
    clinic.aSlot(doctor, "10:00", 1);
    var before = clinic.everything();
    assertThat(error(() -> change(nine, null, Duration.ofMinutes(61), false)))
        .isEqualTo(ErrorCode.SLOT_OVERLAPS);
    for (Duration length : List.of(Duration.ZERO, Duration.ofMinutes(-5), Duration.ofHours(25))) {
      assertThat(error(() -> change(nine, null, length, false))).isEqualTo(ErrorCode.INVALID_INPUT);
    }
    assertThat(error(() -> change(nine, 501, null, false))).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(clinic.everything()).isEqualTo(before);
    assertThat(change(nine, null, Duration.ofHours(1), false))
        .isInstanceOf(Outcome.SlotChanged.class);
    assertThat(clinic.log(nine)).endsWith("SLOT_CHANGED 1");
  }

  @Test
  void aReopeningGivesBackWhatTheClosingTookAndNoMore() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    Slot nine = clinic.aSlot(doctor, "09:00", 6);
    Token early = clinic.aToken(nine, FOLLOW_UP);
    Token gone = clinic.aToken(nine, FOLLOW_UP);
    Token last = clinic.aToken(nine, PAID);
    Token missed = clinic.aToken(nine, PAID);
    Token first = clinic.aToken(nine, EMERGENCY);
    noShow(missed);
    clinic.aSlot(doctor, "11:00", 2);
    clinic.desk().slotChanges().delay(clinic.request(), reference(nine), 15);
    // The emergency and the paid patient are reallocated at once.
    clinic.desk().slotChanges().cancelAndMove(clinic.request(), reference(nine), "ill");
    clinic.cancel(gone);

    var reopened = (Outcome.SlotReopened) reopen(nine);
    assertThat(reopened.slot().status()).isEqualTo(SlotStatus.DELAYED);
    assertThat(reopened.before()).isEqualTo(SlotStatus.CANCELLED);
    assertThat(labels(reopened.tokens())).containsExactly(early.label().toString());
    assertThat(clinic.tokens(nine))
        .isEqualTo("1F ACTIVE, 2F CANCELLED, 3P DISPLACED, 4P NO_SHOW, 5E DISPLACED");
    assertThat(clinic.log(nine)).endsWith("TOKEN_CANCELLED", "SLOT_REOPENED", "CHANGE_UNDONE");
    assertThat(clinic.facts(nine).get(1))
        .isEqualTo(
            "{\"reason\":\"came\",\"before\":\"CANCELLED\",\"status\":\"DELAYED\",\"tokens\":[1]}");
    assertThat(List.of(first, last)).extracting(Token::sequence).containsExactly(5, 3);
    assertThat(((Outcome.SlotRejected) reopen(nine)).refusal()).isEqualTo(Refusal.NOTHING_TO_UNDO);
    assertThat(undo(missed)).isInstanceOf(Outcome.TokenDone.class);
  }

  @Test
  void aCompletedSlotIsReopenedInTheOrderOfItsQueue() {
    Slot slot = clinic.aSlot(3);
    Token seen = clinic.aToken(slot, EMERGENCY);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, PAID);
    clinic.desk().tokens().complete(clinic.request(), reference(seen));
    clinic.desk().slotChanges().complete(clinic.request(), reference(slot));
    var reopened = (Outcome.SlotReopened) reopen(slot);
    assertThat(reopened.tokens())
        .extracting(view -> view.token().sequence() + " at " + view.position())
        .containsExactly("3 at 1", "2 at 2");
    assertThat(clinic.tokens(slot)).isEqualTo("1E COMPLETED, 2F ACTIVE, 3P ACTIVE");
    // The second closing is the one that counts.
    clinic.desk().slotChanges().cancel(clinic.request(), reference(slot), "ill");
    assertThat(((Outcome.SlotReopened) reopen(slot)).tokens()).hasSize(2);
  }

  @Test
  void aReopeningThatWouldOverlapIsRefused() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    Slot nine = clinic.aSlot(doctor, "09:00", 1);
    clinic.aToken(nine, PAID);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(nine), "ill");
    clinic.aSlot(doctor, "09:30", 1);
    var before = clinic.everything();
    assertThat(error(() -> reopen(nine))).isEqualTo(ErrorCode.SLOT_OVERLAPS);
    assertThat(clinic.everything()).isEqualTo(before);
  }

  @Test
  void aMoveGivesTheOldPlaceUpAndNamesWhoWaitsForIt() throws SQLException {
    Slot from = clinic.aSlot(1);
    Token displaced = clinic.aToken(from, FOLLOW_UP);
    Token token = clinic.aToken(from, PAID);
    Slot to = clinic.aFullSlot(1);

    var admitted = (Outcome.Admitted) move(token, to);
    assertThat(admitted.token().token().label().toString()).isEqualTo(to.label() + "-02");
    assertThat(admitted.token().token().reallocatedFrom()).isNull();
    assertThat(admitted.displaced().token().sequence()).isEqualTo(1);
    assertThat(admitted.from().token().status().name()).isEqualTo("CANCELLED");
    assertThat(labels(admitted.waiting())).containsExactly(displaced.label().toString());
    assertThat(clinic.log(from)).endsWith("TOKEN_CANCELLED");
    assertThat(clinic.facts(from).getFirst())
        .isEqualTo("{\"before\":\"ACTIVE\",\"movedTo\":\"" + to.label() + "-02\"}");
    assertThat(clinic.log(to)).endsWith("TOKEN_ALLOCATED 2", "TOKEN_DISPLACED 4");
    assertThat(clinic.facts(to).get(1)).contains("\"movedFrom\":\"" + token.label() + "\"");
  }

  @Test
  void aMoveThatIsRefusedChangesNothing() {
    Slot from = clinic.aSlot(3);
    Token token = clinic.aToken(from, FOLLOW_UP);
    Slot full = clinic.aFullSlot(1);
    var rejected = (Outcome.Rejected) move(token, full);
    assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_FULL);
    assertThat(rejected.from().position()).isEqualTo(1);
    var own = (Outcome.Rejected) move(token, from);
    assertThat(own.refusal()).isEqualTo(Refusal.DUPLICATE_TOKEN);
    assertThat(clinic.tokens(from)).isEqualTo("1F ACTIVE");
    assertThat(clinic.tokens(full)).isEqualTo("1F ACTIVE");
    noShow(token);
    assertThat(((Outcome.Rejected) move(token, clinic.aSlot(1))).refusal())
        .isEqualTo(Refusal.TOKEN_NOT_ACTIVE);
    Token waiting = clinic.aDisplacedToken(clinic.aSlot(1), PAID);
    assertThat(((Outcome.Rejected) move(waiting, clinic.aSlot(1))).refusal())
        .isEqualTo(Refusal.TOKEN_NOT_ACTIVE);
  }

  @Test
  void dryRunsChangeNothing() throws SQLException {
    Slot slot = clinic.aFullSlot(2);
    Token token = clinic.aToken(slot, EMERGENCY);
    Slot closed = clinic.aFullSlot(1);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(closed), "ill");
    Slot other = clinic.aSlot(1);
    clinic.desk().tokens().complete(clinic.request(), reference(token));
    Token held = clinic.aToken(other, PAID);
    var desk = clinic.desk();
    var before = clinic.everything();
    var terms = terms(1, null, true);
    for (var answer :
        List.of(
            desk.tokens().dryRunUndo(clinic.request(), reference(token), "wrong"),
            desk.slotCorrections().dryRunChange(clinic.request(), reference(slot), terms),
            desk.slotCorrections().dryRunReopen(clinic.request(), reference(closed), "came"),
            desk.moves().dryRun(clinic.request(), reference(held), reference(slot)))) {
      assertThat(answer.isDryRun()).isTrue();
      assertThat(answer.outcome().isRefused()).isFalse();
    }
    assertThat(clinic.everything()).isEqualTo(before);
  }

  private static void noShow(Token token) {
    clinic.desk().tokens().noShow(clinic.request(), reference(token));
  }

  private static Outcome.Change undo(Token token) {
    return clinic.desk().tokens().undo(clinic.request(), reference(token), "stood here").outcome();
  }

  private static Refusal refusal(Outcome.Change outcome) {
    return ((Outcome.ChangeRejected) outcome).refusal();
  }

  private static Outcome.SlotChange change(
      Slot slot, Integer capacity, Duration length, boolean displaces) {
    return clinic
        .desk()
        .slotCorrections()
        .change(clinic.request(), reference(slot), terms(capacity, length, displaces))
        .outcome();
  }

  private static SlotCorrectionService.Terms terms(
      Integer capacity, Duration length, boolean displaces) {
    return new SlotCorrectionService.Terms(
        Optional.ofNullable(capacity), Optional.empty(), Optional.ofNullable(length), displaces);
  }

  private static Outcome.SlotChange reopen(Slot slot) {
    return clinic
        .desk()
        .slotCorrections()
        .reopen(clinic.request(), reference(slot), "came")
        .outcome();
  }

  private static Outcome.Allocation move(Token token, Slot to) {
    return clinic.desk().moves().move(clinic.request(), reference(token), reference(to)).outcome();
  }

  private static ErrorCode error(Runnable work) {
    var thrown = assertThatExceptionOfType(OpdException.class).isThrownBy(work::run).actual();
    return thrown.code();
  }

  private static List<String> labels(List<TokenView> views) {
    return views.stream().map(view -> view.token().label().toString()).toList();
  }
}
