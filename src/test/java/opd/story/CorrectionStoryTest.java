package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import opd.decision.AuditEvent;
import opd.decision.ChangeFacts;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// What is told of mistakes that were mended.
final class CorrectionStoryTest {
  private static final AuditEvent ADMITTED = LogBook.admitted(TokenPriority.FOLLOW_UP, 2, 0);

  @Test
  void aNoShowThatWasTakenBack() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, ADMITTED)
                .token(1, new AuditEvent.TokenNoShow())
                .token(1, refused(Refusal.SLOT_FULL))
                .token(1, refused(Refusal.SLOT_CLOSED))
                .token(1, refused(Refusal.DUPLICATE_TOKEN))
                .token(
                    1,
                    new AuditEvent.ChangeUndone(
                        3, TokenStatus.NO_SHOW, TokenStatus.ACTIVE, "stood there"))
                .token(1, refused(Refusal.NOTHING_TO_UNDO))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk noted that the patient did not come.
            At 08:04:00 UTC, desk asked to take the last change back, which was refused: no place was free any more, and a slot cannot exceed its capacity (rule 1).
            At 08:05:00 UTC, desk asked to take the last change back, which was refused: the slot is SCHEDULED.
            At 08:06:00 UTC, desk asked to take the last change back, which was refused: the patient held RAO-20300107-0900-04 by then.
            At 08:07:00 UTC, desk took back that it was NO_SHOW: stood there. It is ACTIVE again, with its number 1.
            At 08:08:00 UTC, desk asked to take the last change back, which was refused: there was nothing that could be taken back.
            It holds its place.
            """);
  }

  private static AuditEvent refused(Refusal refusal) {
    return new AuditEvent.ChangeRejected(
        "UNDO",
        refusal,
        TokenStatus.NO_SHOW,
        SlotStatus.SCHEDULED,
        new ChangeFacts(LogBook.token(4), 2, 2, false, "stood there", null));
  }

  @Test
  void aTokenThatWasGivenUpForAnotherSlot() {
    TokenLabel other = new TokenLabel(LogBook.TEN, 3);
    assertThat(
            LogBook.ofSlot(2)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.FOLLOW_UP, 2, 0, ""),
                        Rule.CAPACITY,
                        null,
                        null,
                        other))
                .token(1, new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, false, other))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for this place in exchange for RAO-20300107-1000-03.
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk gave it up for a place in another slot: RAO-20300107-1000-03 stands for it from then on.
            It is CANCELLED, which is final.
            """);
  }

  @Test
  void aPlaceThatWasLostAsTheSlotHasFewerAndThenMore() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, ADMITTED)
                .slot(terms(2, 2, "11:00", "10:00"))
                .slot(terms(1, 2, "11:00", "11:00", 1))
                .token(LogBook.token(1), "of the slot", new AuditEvent.TokenDisplaced(null))
                .slot(terms(3, 1, "11:00", "11:00"))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk let the slot end on 11:00 UTC instead of 10:00 UTC.
            At 08:04:00 UTC, desk gave the slot 1 place instead of 2.
            The places left went to higher priorities and to who had come before, so this token lost its own. It is kept as DISPLACED with its number (rule 4) and is owed a place.
            At 08:06:00 UTC, desk gave the slot 3 places instead of 1.
            So a place became free. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  private static AuditEvent terms(
      int capacity, int before, String end, String endBefore, Integer... lost) {
    return new AuditEvent.SlotChanged(
        capacity, before, LogBook.time(end), LogBook.time(endBefore), List.of(lost));
  }

  @Test
  void aSlotThatWasClosedByMistake() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, ADMITTED)
                .slot(new AuditEvent.SlotCompleted(List.of(1)))
                .token(1, new AuditEvent.TokenCompleted(true))
                .slot(
                    new AuditEvent.SlotReopened(
                        "wrong slot",
                        SlotStatus.COMPLETED,
                        SlotStatus.SCHEDULED,
                        List.of(1),
                        List.of()))
                .token(
                    1,
                    new AuditEvent.ChangeUndone(4, TokenStatus.COMPLETED, TokenStatus.ACTIVE, null))
                .story(4))
        .isEqualTo(
            """
            At 08:04:00 UTC, desk completed the whole slot, and this token with it.
            At 08:05:00 UTC, desk opened the slot again, which had been COMPLETED: wrong slot.
            It was COMPLETED by the closing alone, and has its place again with its number 1.
            It holds its place.
            """);
  }
}
