package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import opd.decision.AuditEvent;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// When a token that waits could have had a place again, in sentences.
final class ChanceStoryTest {
  @Test
  void aReallocationAfterWhichNoChanceIsTold() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(1, new AuditEvent.TokenReallocated(new TokenLabel(LogBook.TEN, 4)))
                .token(2, new AuditEvent.TokenCompleted(false))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC, desk gave the patient another place: RAO-20300107-1000-04 stands for it from then on.
            What can still be done, is done with RAO-20300107-1000-04.
            """);
  }

  @Test
  void aPlaceThatBecameFreeTwiceIsToldOnce() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(3, LogBook.admitted(TokenPriority.PAID, 2, 1))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 2, 2, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(2, LogBook.cancelled())
                .token(3, new AuditEvent.TokenNoShow())
                .story(3))
        .isEqualTo(
            """
            At 08:04:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 2 of 2; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:06:00 UTC a place became free, as RAO-20300107-0900-02 was cancelled. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void aPlaceThatBecameFreeAsSomebodyDidNotCome() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(2, new AuditEvent.TokenNoShow())
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC a place became free, as RAO-20300107-0900-02 did not come. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void aPlaceThatBecameFreeAsSomebodyWasSeen() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(2, new AuditEvent.TokenCompleted(false))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC a place became free, as RAO-20300107-0900-02 was seen. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void noChanceWhereATokenWasExchanged() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(2, new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, true))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void noChanceWhereAWaitingTokenWasGivenUp() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(3, new AuditEvent.TokenCancelled(TokenStatus.DISPLACED, null, false))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void noChanceInASlotThatIsFullStill() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.admitted(TokenPriority.PAID, 1, 0))
                .token(3, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(3)))
                .token(2, LogBook.cancelled())
                .story(3))
        .isEqualTo(
            """
            At 08:04:00 UTC, desk asked for a place for RAO-20300107-0900-03 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate RAO-20300107-0900-01' looks for a place in a later slot of the day.
            """);
  }

  @Test
  void noChanceForATokenThatHoldsItsPlace() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 2, 0))
                .token(2, LogBook.admitted(TokenPriority.PAID, 2, 1))
                .token(2, new AuditEvent.TokenNoShow())
                .story(3))
        .isEqualTo(
            """
            It holds its place.
            """);
  }

  @Test
  void aSlotThatClosedWhileTheTokenWaited() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .slot(new AuditEvent.SlotCompleted(List.of(2)))
                .token(2, new AuditEvent.TokenCompleted(true))
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits for a place: 'opd reallocate RAO-20300107-0900-01' looks for one in a later slot of the day.
            """);
  }

  @Test
  void aChanceAfterASecondDisplacement() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(2, LogBook.cancelled())
                .token(
                    1,
                    new AuditEvent.TokenReinstated(
                        LogBook.claim(TokenPriority.FOLLOW_UP, 1, 0, ""), null))
                .token(3, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(3)))
                .token(3, LogBook.cancelled())
                .story(3))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC a place became free, as RAO-20300107-0900-02 was cancelled. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            At 08:06:00 UTC, desk asked to give it its place back.
            Places taken: 0 of 1.
            It was reinstated with its old number, 1 (rule 5), as a place was free.
            At 08:07:00 UTC, desk asked for a place for RAO-20300107-0900-03 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:09:00 UTC a place became free, as RAO-20300107-0900-03 was cancelled. Nobody moves up without being asked for: from then on 'opd reallocate RAO-20300107-0900-01' could have given it back.
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }
}
