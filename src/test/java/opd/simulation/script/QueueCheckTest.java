package opd.simulation.script;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import opd.decision.Response.People;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import opd.simulation.day.Check;
import opd.simulation.day.Findings;
import org.junit.jupiter.api.Test;

/// What no tampering with the tables can bring about, as it is worked out when a queue is shown.
final class QueueCheckTest {
  private static final String ORDER =
      "every queue stands by priority, and within a priority by arrival";
  private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");
  private static final SlotLabel RAO = SlotLabel.of(new DoctorCode("RAO"), NINE, ZoneOffset.UTC);

  @Test
  void anEmergencyBehindAPaidPatientIsSeen() {
    assertThat(failed(token(1, PAID, 1), token(2, EMERGENCY, 2))).containsExactly(ORDER);
    assertThat(failed(token(1, PAID, 2), token(2, EMERGENCY, 1))).isEmpty();
  }

  @Test
  void aPaidPatientBehindAFollowUpIsSeen() {
    assertThat(failed(token(1, FOLLOW_UP, 1), token(2, PAID, 2))).containsExactly(ORDER);
  }

  @Test
  void aLaterArrivalBeforeAnEarlierOneIsSeen() {
    assertThat(failed(token(1, PAID, 2), token(2, PAID, 1))).containsExactly(ORDER);
    assertThat(failed(token(1, PAID, 1), token(2, PAID, 2))).isEmpty();
  }

  @Test
  void aPlaceThatIsMissingFromTheQueueIsSeen() {
    assertThat(failed(token(1, PAID, 1), token(2, PAID, null))).containsExactly(ORDER);
  }

  private static List<String> failed(TokenView... tokens) {
    Findings findings = new Findings(RAO.day());
    StatusCounts counts = new StatusCounts(tokens.length, 0, 0, 0, 0);
    Slot slot =
        new Slot(1, RAO, NINE, NINE.plus(Duration.ofHours(1)), 2, SlotStatus.SCHEDULED, 0, counts);
    new QueueCheck().at(List.of(new SlotQueue(slot, List.of(tokens), People.NONE)), findings);
    return findings.checks().stream().filter(check -> !check.ok()).map(Check::name).toList();
  }

  private static TokenView token(int sequence, TokenPriority priority, Integer position) {
    Token token =
        new Token(
            sequence,
            new TokenLabel(RAO, sequence),
            sequence,
            priority,
            TokenSource.WALK_IN,
            TokenStatus.ACTIVE,
            null,
            NINE);
    return new TokenView(token, position, NINE);
  }
}
