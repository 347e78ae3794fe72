package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import opd.decision.AllocationRule;
import opd.decision.Decision;
import opd.domain.AuditKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.service.VerificationService.Verified;
import opd.testing.BusyDay;
import opd.testing.Clinic;
import opd.verify.Decider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VerificationServiceTest {
  private Clinic clinic;

  @BeforeAll
  void liveThroughABusyDay() throws Exception {
    clinic = Clinic.open();
    BusyDay.liveThrough(clinic);
  }

  @AfterAll
  void close() throws Exception {
    clinic.close();
  }

  @Test
  void theLogOfABusyDayVerifies() throws Exception {
    Verified verified = verify(AllocationRule::decide);
    assertThat(verified.differences()).isEmpty();
    assertThat(verified.isWhole()).isTrue();
    assertThat(verified.counts().decisions()).isEqualTo(verified.counts().entries());
    assertThat(Long.toString(verified.counts().entries()))
        .isEqualTo(clinic.prompt().column("select count(*) from audit_entry").getFirst());
    assertThat(Long.toString(verified.counts().chains()))
        .isEqualTo(
            clinic.prompt().column("select count(distinct chain) from audit_entry").getFirst());
  }

  @Test
  void theBusyDayHasEveryKindOfEntryAndEveryRefusalButOne() throws Exception {
    assertThat(clinic.prompt().column("select distinct kind from audit_entry"))
        .containsExactlyInAnyOrderElementsOf(
            java.util.Arrays.stream(AuditKind.values()).map(Enum::name).toList());
    assertThat(
            clinic
                .prompt()
                .column(
                    "select distinct facts->>'code' from audit_entry where facts->>'code' is not null"))
        .containsAll(
            Set.of(
                Refusal.SLOT_FULL.name(),
                Refusal.SLOT_CLOSED.name(),
                Refusal.DUPLICATE_TOKEN.name(),
                Refusal.ALREADY_REALLOCATED.name(),
                Refusal.TOKEN_NOT_ACTIVE.name(),
                Refusal.TOKEN_NOT_DISPLACED.name(),
                Refusal.HOLDS_TOKEN.name()));
  }

  @Test
  void aRuleThatTakesTheEarliestInsteadOfTheLatestIsFoundOut() {
    assertFoundOut((slot, claim) ->
        switch (AllocationRule.decide(slot, claim)) {
          case Decision.Displace(var _, var rule) ->
              new Decision.Displace(slot.active().getFirst(), rule);
          case Decision.Admit admit -> admit;
          case Decision.Reject reject -> reject;
        });
  }

  @Test
  void aRuleThatTurnsEmergenciesAwayIsFoundOut() {
    assertFoundOut((slot, claim) ->
        switch (AllocationRule.decide(slot, claim)) {
          case Decision.Displace(var _, var rule) when rule == Rule.EMERGENCY ->
              new Decision.Reject(Refusal.SLOT_FULL, null);
          case Decision decision -> decision;
        });
  }

  @Test
  void aRuleThatAdmitsWhereOneWasRefusedIsFoundOut() {
    assertFoundOut((slot, claim) ->
        switch (AllocationRule.decide(slot, claim)) {
          case Decision.Reject reject when reject.refusal() == Refusal.SLOT_CLOSED ->
              new Decision.Admit();
          case Decision decision -> decision;
        });
  }

  @Test
  void oneSlotIsVerifiedByItself() {
    var slot = clinic.desk().queues().show(new opd.domain.SlotReference.ById(1), false).slot();
    Verified verified =
        clinic
            .desk()
            .verification()
            .verify(Optional.of(Clinic.reference(slot)), Optional.empty(), read -> {});
    assertThat(verified.differences()).isEmpty();
    assertThat(verified.counts().chains()).isEqualTo(1);
    assertThat(verified.seal()).isNull();
  }

  private void assertFoundOut(Decider wrongRule) {
    assertThat(verify(wrongRule).isWhole()).isFalse();
  }

  private Verified verify(Decider decider) {
    return clinic
        .desk()
        .verification(decider)
        .verify(Optional.empty(), Optional.empty(), read -> {});
  }
}
