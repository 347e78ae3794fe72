package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import opd.decision.AuditEvent;
import opd.domain.Rule;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import org.junit.jupiter.api.Test;

/// Who asked for a place and got it, in sentences.
final class GrantedStoryTest {
  @Test
  void aPlaceThatWasFree() {
    assertThat(LogBook.ofSlot(3).token(1, LogBook.admitted(TokenPriority.FOLLOW_UP, 3, 0)).story(1))
        .isEqualTo(
            """
            At 08:01:00 UTC, desk opened RAO-20300107-0900, from 09:00 UTC to 10:00 UTC, with 3 places.
            At 08:02:00 UTC, desk asked for a place as follow-up (walk-in).
            Places taken: 0 of 3.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void aPlaceTakenFromALowerPriority() {
    assertThat(
            LogBook.ofSlot(1)
                .token(2, LogBook.admitted(TokenPriority.FOLLOW_UP, 1, 0))
                .token(1, LogBook.displacing(2, LogBook.claim(TokenPriority.PAID, 1, 1, "2F")))
                .story(2))
        .isEqualTo(
            """
            At 08:03:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 1 of 1; the first to lose one: number 2 (follow-up).
            A paid claim ranks above follow-up (rule 2), so RAO-20300107-0900-02 lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void aPlaceTakenByAnEmergencyAmongMany() {
    assertThat(
            LogBook.ofSlot(7)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 7, 7, "8F 7F 6P 5P 4P 3E 2E"),
                        Rule.EMERGENCY,
                        LogBook.token(8),
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as emergency (walk-in).
            Places taken: 7 of 7; the first to lose one: number 8 (follow-up), then number 7 (follow-up), then number 6 (paid), then number 5 (paid), then number 4 (paid) and 2 more.
            An emergency always gets a place (rule 3), so RAO-20300107-0900-08 lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void aPlaceTakenByAnEmergencyAmongFive() {
    assertThat(
            LogBook.ofSlot(5)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 5, 5, "6F 5P 4P 3E 2E"),
                        Rule.EMERGENCY,
                        LogBook.token(6),
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as emergency (walk-in).
            Places taken: 5 of 5; the first to lose one: number 6 (follow-up), then number 5 (paid), then number 4 (paid), then number 3 (emergency), then number 2 (emergency).
            An emergency always gets a place (rule 3), so RAO-20300107-0900-06 lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void anEmergencyAmongEmergenciesWhoseVictimIsNotNamed() {
    assertThat(
            LogBook.ofSlot(1)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 1, 1, "2E"),
                        Rule.EMERGENCY,
                        null,
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as emergency (walk-in).
            Places taken: 1 of 1; the first to lose one: number 2 (emergency).
            An emergency always gets a place, even where all others are emergencies too (rule 3), so another token lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void aDisplacementWithoutCandidates() {
    assertThat(
            LogBook.ofSlot(1)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.EMERGENCY, 1, 1, ""),
                        Rule.EMERGENCY,
                        LogBook.token(2),
                        null))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as emergency (walk-in).
            Places taken: 1 of 1.
            An emergency always gets a place (rule 3), so RAO-20300107-0900-02 lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void aHigherClaimWithoutCandidates() {
    assertThat(
            LogBook.ofSlot(1)
                .token(1, LogBook.displacing(2, LogBook.claim(TokenPriority.PAID, 1, 1, "")))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place as paid (walk-in).
            Places taken: 1 of 1.
            A paid claim ranks above the lowest one (rule 2), so RAO-20300107-0900-02 lost its place to this one, token number 1.
            It holds its place.
            """);
  }

  @Test
  void aPlaceThatMakesAnotherGood() {
    assertThat(
            LogBook.ofSlot(1)
                .token(
                    1,
                    new AuditEvent.TokenAllocated(
                        LogBook.claim(TokenPriority.PAID, 1, 0, ""),
                        Rule.CAPACITY,
                        null,
                        new TokenLabel(LogBook.TEN, 4)))
                .story(2))
        .isEqualTo(
            """
            At 08:02:00 UTC, desk asked for a place for RAO-20300107-1000-04, which had lost its own.
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }
}
