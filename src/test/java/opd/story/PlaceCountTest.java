package opd.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import opd.decision.AuditEvent;
import opd.decision.ClaimFacts;
import opd.domain.Refusal;
import opd.domain.SlotStatus;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// Whether a slot has a free place, told from its entries alone.
final class PlaceCountTest {
  private static final AuditEvent OPENED =
      new AuditEvent.SlotOpened(LogBook.NINE, LogBook.time("09:00"), LogBook.time("10:00"), 1);
  private static final AuditEvent ADMITTED = LogBook.admitted(TokenPriority.PAID, 1, 0);

  private static boolean hasFree(AuditEvent... events) {
    return count(events).hasFree();
  }

  private static PlaceCount count(AuditEvent... events) {
    PlaceCount count = new PlaceCount();
    for (AuditEvent event : events) {
      count.count(event);
    }
    return count;
  }

  @Test
  void aPlaceIsTakenByAnAdmissionAndByAReinstatement() {
    assertThat(hasFree(OPENED)).isTrue();
    assertThat(hasFree(OPENED, ADMITTED)).isFalse();
    ClaimFacts claim = LogBook.claim(TokenPriority.PAID, 1, 0, "");
    assertThat(hasFree(OPENED, new AuditEvent.TokenReinstated(claim, null))).isFalse();
  }

  @Test
  void aPlaceIsFreedByADisplacementANoShowACompletionAndACancellation() {
    assertThat(hasFree(OPENED, ADMITTED, new AuditEvent.TokenDisplaced(null))).isTrue();
    assertThat(hasFree(OPENED, ADMITTED, new AuditEvent.TokenNoShow())).isTrue();
    assertThat(hasFree(OPENED, ADMITTED, new AuditEvent.TokenCompleted(false))).isTrue();
    assertThat(hasFree(OPENED, ADMITTED, LogBook.cancelled())).isTrue();
  }

  @Test
  void nothingElseTakesOrFreesOne() {
    for (AuditEvent other :
        List.of(
            new AuditEvent.TokenCancelled(TokenStatus.DISPLACED, null, false),
            new AuditEvent.TokenReallocated(LogBook.token(2)),
            new AuditEvent.SlotDelayed(5, 0),
            new AuditEvent.ChangeRejected(
                "CANCEL", Refusal.TOKEN_NOT_ACTIVE, TokenStatus.NO_SHOW, SlotStatus.SCHEDULED),
            new AuditEvent.AllocationRejected(
                LogBook.claim(TokenPriority.PAID, 1, 1, "1P"),
                Refusal.DUPLICATE_TOKEN,
                null,
                SlotStatus.SCHEDULED,
                null,
                null,
                null),
            new AuditEvent.DoctorAdded(""),
            new AuditEvent.DoctorChanged(true),
            new AuditEvent.PatientRegistered(""),
            new AuditEvent.PatientChanged(""))) {
      assertThat(hasFree(OPENED, other)).as(other.toString()).isTrue();
      assertThat(hasFree(OPENED, ADMITTED, other)).as(other.toString()).isFalse();
    }
  }

  @Test
  void aSlotThatIsClosedHasNoFreePlace() {
    for (AuditEvent closed :
        List.of(
            new AuditEvent.SlotCancelled("ill", List.of(), false),
            new AuditEvent.SlotCompleted(List.of()))) {
      assertThat(count(OPENED).isOpen()).isTrue();
      assertThat(count(OPENED, closed).isOpen()).isFalse();
      assertThat(hasFree(OPENED, closed)).isFalse();
    }
  }
}
