package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import opd.decision.AuditEvent;
import opd.domain.Refusal;
import opd.domain.SlotStatus;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// What becomes of a token, in sentences: of the log alone, each case written by hand.
final class TokenStoryTest {
  @Test
  void aPatientWhoDidNotCome() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.TokenNoShow())
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk noted that the patient did not come.
            It is NO_SHOW. If that was a mistake: 'opd undo RAO-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void aPatientWhoWasSeen() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.TokenCompleted(false))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk noted that the patient was seen.
            It is COMPLETED. If that was a mistake: 'opd undo RAO-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void aSlotThatWasCompletedAsAWhole() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .slot(new AuditEvent.SlotCompleted(List.of(1)))
                .token(1, new AuditEvent.TokenCompleted(true))
                .story(3))
        .isEqualTo(
            """
            At 08:04:00 UTC, desk completed the whole slot, and this token with it.
            It is COMPLETED. If that was a mistake: 'opd slot reopen RAO-20300107-0900 --reason …'.
            """);
  }

  @Test
  void aCancellationWithItsReason() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(
                    1, new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, "called by phone", false))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk cancelled it: called by phone.
            It is CANCELLED. If that was a mistake: 'opd undo RAO-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void aCancellationWithoutAReason() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, LogBook.cancelled())
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk cancelled it.
            It is CANCELLED. If that was a mistake: 'opd undo RAO-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void aTokenGivenUpForAnother() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, true))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk gave it up for a token of another priority.
            It is CANCELLED, which is final.
            """);
  }

  @Test
  void delaysWhileTheTokenIsInTheQueue() {
    assertThat(
            LogBook.ofSlot(2)
                .slot(new AuditEvent.SlotDelayed(5, 0))
                .token(1, LogBook.admitted(TokenPriority.PAID, 2, 0))
                .slot(new AuditEvent.SlotDelayed(20, 5))
                .slot(new AuditEvent.SlotDelayed(0, 20))
                .token(1, LogBook.cancelled())
                .slot(new AuditEvent.SlotDelayed(30, 0))
                .story(1))
        .isEqualTo(
            """
            At 08:01:00 UTC, desk opened RAO-20300107-0900, from 09:00 UTC to 10:00 UTC, with 2 places.
            At 08:03:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:04:00 UTC, desk delayed the slot by 20 minutes; the order of the queue stayed.
            At 08:05:00 UTC, desk put the slot back on schedule.
            At 08:06:00 UTC, desk cancelled it.
            It is CANCELLED. If that was a mistake: 'opd undo RAO-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void aSlotThatWasCancelled() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .slot(new AuditEvent.SlotCancelled("the doctor is ill", List.of(1), false))
                .token(1, new AuditEvent.TokenDisplaced(null))
                .story(3))
        .isEqualTo(
            """
            At 08:04:00 UTC, desk cancelled the whole slot: the doctor is ill.
            The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4) and is owed a place elsewhere.
            It waits for a place: 'opd reallocate RAO-20300107-0900-01' looks for one in a later slot of the day.
            """);
  }

  @Test
  void aDisplacementWhoseSlotEntryIsMissing() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.TokenDisplaced(null))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk cancelled the whole slot.
            The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4) and is owed a place elsewhere.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void aDisplacementWhoseCauseIsMissing() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk cancelled the whole slot.
            The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4) and is owed a place elsewhere.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void wishesThatWereRefused() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(
                    1,
                    new AuditEvent.ChangeRejected(
                        "NO_SHOW",
                        Refusal.TOKEN_NOT_ACTIVE,
                        TokenStatus.CANCELLED,
                        SlotStatus.SCHEDULED))
                .token(
                    1,
                    new AuditEvent.ChangeRejected(
                        "REALLOCATE",
                        Refusal.TOKEN_NOT_DISPLACED,
                        TokenStatus.ACTIVE,
                        SlotStatus.SCHEDULED))
                .token(
                    1,
                    new AuditEvent.ChangeRejected(
                        "CANCEL",
                        Refusal.ALREADY_REALLOCATED,
                        TokenStatus.ACTIVE,
                        SlotStatus.SCHEDULED))
                .token(
                    1,
                    new AuditEvent.ChangeRejected(
                        "REALLOCATE",
                        Refusal.NO_FREE_PLACE,
                        TokenStatus.ACTIVE,
                        SlotStatus.SCHEDULED))
                .token(
                    1,
                    new AuditEvent.ChangeRejected(
                        "COMPLETE", Refusal.SLOT_CLOSED, TokenStatus.ACTIVE, SlotStatus.SCHEDULED))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked to mark it as no-show, which was refused: it is CANCELLED and no longer ACTIVE.
            At 08:04:00 UTC, desk asked to reallocate it, which was refused: it is ACTIVE, and only a DISPLACED token is reallocated.
            At 08:05:00 UTC, desk asked to cancel it, which was refused: it was made good already by a token in another slot.
            At 08:06:00 UTC, desk asked to reallocate it, which was refused: no later slot of the doctor on that day had a free place.
            At 08:07:00 UTC, desk asked to complete it, which was refused: the slot is SCHEDULED.
            It holds its place.
            """);
  }

  @Test
  void anEntryThatCannotBeRead() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .spoilt(LogBook.cancelled())
                .story(3))
        .isEqualTo(
            """
            Entry 3 cannot be read: see 'opd audit verify'.
            It holds its place.
            """);
  }

  @Test
  void anEntryOfTheSlotThatNamesTheToken() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, new AuditEvent.SlotDelayed(20, 0))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk delayed the slot by 20 minutes; the order of the queue stayed.
            It holds its place.
            """);
  }

  @Test
  void aLogThatDoesNotKnowTheToken() {
    assertThat(LogBook.ofSlot(1).story(1))
        .isEqualTo(
            """
            At 08:01:00 UTC, desk opened RAO-20300107-0900, from 09:00 UTC to 10:00 UTC, with 1 place.
            The log does not tell of this token: see 'opd audit verify'.
            """);
  }
}
