package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import opd.decision.AuditEvent;
import opd.domain.Rule;
import opd.domain.TokenPriority;
import org.junit.jupiter.api.Test;

/// Who lost a place to whom, and who got one back, in sentences.
final class LostStoryTest {
  @Test
  void theLossOfAPlaceToAHigherPriority() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate RAO-20300107-0900-01' looks for a place in a later slot of the day.
            """);
  }

  @Test
  void theLossOfAPlaceToAnEmergency() {
    assertThat(
            LogBook.ofSlot(2)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 2, 0))
                .token(
                    2,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 2, 2, "1F 3P"),
                        Rule.EMERGENCY,
                        LogBook.token(1),
                        null))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as emergency.
            Places taken: 2 of 2; the first to lose one: number 1 (follow-up), then number 3 (paid).
            An emergency always gets a place (rule 3). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and a place is free: 'opd reallocate RAO-20300107-0900-01' gives it back.
            """);
  }

  @Test
  void theLossOfAPlaceToAReinstatedToken() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(
                    2,
                    new AuditEvent.TokenReinstated(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "1F"), LogBook.token(1)))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate RAO-20300107-0900-01' looks for a place in a later slot of the day.
            """);
  }

  @Test
  void theLossOfAPlaceThatWasAskedForAsPaid() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.PAID, 1, 0))
                .token(
                    2,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 1, 1, "1P"),
                        Rule.EMERGENCY,
                        LogBook.token(1),
                        null))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as emergency.
            Places taken: 1 of 1; the first to lose one: number 1 (paid).
            An emergency always gets a place (rule 3). Of the lowest priority there, paid, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate RAO-20300107-0900-01' looks for a place in a later slot of the day.
            """);
  }

  @Test
  void whoWasCalledInLosesThePlaceAfterAllOthers() {
    var story =
        LogBook.ofSlot(2)
            .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 2, 0))
            .token(3, LogBook.displacing(1, LogBook.claim(TokenPriority.EMERGENCY, 2, 2, "1F 2F!")))
            .token(1, new AuditEvent.TokenDisplaced(LogBook.token(3)))
            .story(2);
    assertThat(story)
        .contains(
            "number 1 (follow-up), then number 2 (follow-up, called in).",
            "Of the lowest priority of those not called in yet, follow-up, this token had come last");
    var all =
        LogBook.ofSlot(1)
            .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
            .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.EMERGENCY, 1, 1, "1F!")))
            .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
            .story(2);
    assertThat(all).contains("All were called in already. Of the lowest priority there, follow-up");
  }

  @Test
  void aReinstatementWithoutAFreePlace() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(
                    1,
                    new AuditEvent.TokenReinstated(
                        LogBook.claim(TokenPriority.PAID, 1, 1, "2F"), LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC, desk asked to give it its place back.
            Places taken: 1 of 1; the first to lose one: number 2 (follow-up).
            It was reinstated with its old number, 1 (rule 5): a paid claim ranks above follow-up, so RAO-20300107-0900-02 lost its place.
            It holds its place.
            """);
  }

  @Test
  void aReinstatementOfAnEmergency() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(2, LogBook.displacing(1, LogBook.claim(TokenPriority.PAID, 1, 1, "1F")))
                .token(1, new AuditEvent.TokenDisplaced(LogBook.token(2)))
                .token(
                    1,
                    new AuditEvent.TokenReinstated(
                        LogBook.claim(TokenPriority.EMERGENCY, 1, 1, "2F"), LogBook.token(2)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            At 08:03:00 UTC, desk asked for a place for RAO-20300107-0900-02 as paid.
            Places taken: 1 of 1; the first to lose one: number 1 (follow-up).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            At 08:05:00 UTC, desk asked to give it its place back.
            Places taken: 1 of 1; the first to lose one: number 2 (follow-up).
            It was reinstated with its old number, 1 (rule 5): an emergency always gets a place, so RAO-20300107-0900-02 lost its place.
            It holds its place.
            """);
  }
}
