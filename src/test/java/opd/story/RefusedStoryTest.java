package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import opd.decision.AuditEvent;
import opd.decision.SlotFacts;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import org.junit.jupiter.api.Test;

/// Who asked for a place and was refused, in sentences.
final class RefusedStoryTest {
  @Test
  void aRefusalInTheFullSlotBefore() {
    assertThat(
            LogBook.ofSlot(1)
                .refused(
                    LogBook.NINE,
                    1L,
                    "earlier",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_FULL,
                        Rule.CAPACITY,
                        SlotStatus.SCHEDULED,
                        null,
                        new SlotFacts(
                            LogBook.TEN,
                            LogBook.time("10:00"),
                            LogBook.time("11:00"),
                            3,
                            SlotStatus.SCHEDULED,
                            0,
                            new StatusCounts(1, 0, 0, 0, 0)),
                        null))
                .token(1, LogBook.admitted(TokenPriority.PAID, 1, 0))
                .story(1))
        .isEqualTo(
            """
            At 08:01:00 UTC, desk opened RAO-20300107-0900, from 09:00 UTC to 10:00 UTC, with 1 place.
            At 08:02:00 UTC, desk asked for a place in RAO-20300107-0900 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (paid).
            It was refused: none of them ranks below paid, and a slot cannot exceed its capacity (rule 1).
            RAO-20300107-1000 was recommended instead, with 2 of 3 places free.
            At 08:03:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void aRefusalWithTheSameRequestElsewhere() {
    assertThat(
            LogBook.ofSlot(1)
                .refused(
                    LogBook.TEN,
                    1L,
                    "request of 1",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_CLOSED,
                        null,
                        SlotStatus.CANCELLED,
                        null,
                        null,
                        null))
                .token(1, LogBook.admitted(TokenPriority.PAID, 1, 0))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place in RAO-20300107-1000 as paid.
            It was refused: the slot is CANCELLED.
            At 08:03:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void aRefusalToGiveItAPlaceElsewhere() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .refused(
                    LogBook.TEN,
                    1L,
                    "later",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_FULL,
                        Rule.CAPACITY,
                        SlotStatus.SCHEDULED,
                        null,
                        new SlotFacts(
                            LogBook.TEN,
                            LogBook.time("10:00"),
                            LogBook.time("11:00"),
                            1,
                            SlotStatus.SCHEDULED,
                            0,
                            new StatusCounts(0, 0, 0, 0, 0)),
                        LogBook.token(1)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place in RAO-20300107-1000 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (paid).
            It was refused: none of them ranks below paid, and a slot cannot exceed its capacity (rule 1).
            RAO-20300107-1000 was recommended instead, with 1 of 1 place free.
            It holds its place.
            """);
  }

  @Test
  void aSecondPlaceThatWasRefused() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .refused(
                    LogBook.NINE,
                    1L,
                    "later",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.DUPLICATE_TOKEN,
                        null,
                        SlotStatus.SCHEDULED,
                        LogBook.token(1),
                        null,
                        null))
                .refused(
                    LogBook.NINE,
                    1L,
                    "later",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.DUPLICATE_TOKEN,
                        null,
                        SlotStatus.SCHEDULED,
                        null,
                        null,
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place in RAO-20300107-0900 as paid.
            It was refused: the patient held RAO-20300107-0900-01 already.
            At 08:04:00 UTC, desk asked for a place in RAO-20300107-0900 as paid.
            It was refused: the patient held another token already.
            It holds its place.
            """);
  }

  @Test
  void aRefusalForAnotherReason() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .refused(
                    LogBook.NINE,
                    1L,
                    "later",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.NO_FREE_PLACE,
                        null,
                        SlotStatus.SCHEDULED,
                        null,
                        null,
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place in RAO-20300107-0900 as paid.
            It was refused: NO_FREE_PLACE.
            It holds its place.
            """);
  }

  @Test
  void noRefusalOfAnotherPatientOrAnotherMatter() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .refused(
                    LogBook.NINE,
                    2L,
                    "other",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_FULL,
                        Rule.CAPACITY,
                        SlotStatus.SCHEDULED,
                        null,
                        null,
                        null))
                .refused(
                    LogBook.TEN,
                    1L,
                    "other",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_FULL,
                        Rule.CAPACITY,
                        SlotStatus.SCHEDULED,
                        null,
                        null,
                        null))
                .refused(
                    LogBook.NINE,
                    null,
                    "other",
                    new AuditEvent.AllocationRejected(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                        Refusal.SLOT_FULL,
                        Rule.CAPACITY,
                        SlotStatus.SCHEDULED,
                        null,
                        null,
                        null))
                .token(new TokenLabel(LogBook.TEN, 1), "other", LogBook.cancelled())
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }
}
