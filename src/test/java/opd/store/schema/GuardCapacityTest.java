package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Rules 1 and 5 against plain SQL: places and numbers.
final class GuardCapacityTest {
  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void aFullSlotTakesNoMore() throws SQLException {
    long slot = facility.aFullSlot(3);
    String insert = GuardedFacility.insertToken(slot, facility.aPatient(), "EMERGENCY");

    assertThat(facility.desk.refusal(insert)).isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(facility.superuser.refusal(insert)).isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(activeTokens(slot)).isEqualTo(3);
  }

  @Test
  void oneStatementForManyPatientsCannotPassTheCapacityEither() throws SQLException {
    long slot = facility.aSlot(2);
    long first = facility.aPatient();
    facility.aPatient();
    facility.aPatient();

    assertThat(
            facility.desk.refusal(
                "insert into token (slot_id, patient_id, priority, source)"
                    + " select %d, id, 'PAID', 'APP' from patient where id >= %d"
                        .formatted(slot, first)))
        .isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(activeTokens(slot)).isZero();
  }

  @Test
  void aDisplacedTokenIsNotReinstatedInAFullSlot() throws SQLException {
    long slot = facility.aSlot(1);
    long displaced = facility.aDisplacedToken(slot);
    facility.aToken(slot, "EMERGENCY");
    String reinstate = GuardedFacility.setStatus(displaced, "ACTIVE");

    assertThat(facility.desk.refusal(reinstate)).isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(facility.superuser.refusal(reinstate)).isEqualTo("slot_capacity_is_never_exceeded");
  }

  @Test
  void theCapacityOfAnOpenSlotChangesOnlyWithItsEntry() throws SQLException {
    String raise = "update slot set capacity = 500 where id = " + facility.aFullSlot(1);

    assertThat(facility.desk.refusalAtCommit(raise)).isEqualTo("slot_change_has_its_audit_entry");
    assertThat(facility.superuser.refusalAtCommit(raise))
        .isEqualTo("slot_change_has_its_audit_entry");
    assertThat(facility.superuser.refusal("update slot_count set capacity = 500"))
        .isEqualTo("slot_is_fixed_once_open");
  }

  @Test
  void theCountersAreNotTheDesksToWrite() throws SQLException {
    long slot = facility.aFullSlot(1);
    for (String counter : new String[] {"active", "displaced", "last_sequence"}) {
      assertThat(
              facility.desk.refusal(
                  "update slot_count set %s = 0 where slot_id = %d".formatted(counter, slot)))
          .isEqualTo("42501");
      assertThat(
              facility.superuser.refusal(
                  "update slot_count set %s = %s + 1 where slot_id = %d"
                      .formatted(counter, counter, slot)))
          .isIn("slot_counts_every_token_once", "slot_capacity_is_never_exceeded");
    }
  }

  @Test
  void theFirstNumberIsOneAndNobodyChoosesAnother() throws SQLException {
    long slot = facility.aSlot(3);
    long patient = facility.aPatient();
    String choose =
        ("insert into token (slot_id, patient_id, priority, source, sequence_number)"
                + " values (%d, %d, 'PAID', 'APP', 7)")
            .formatted(slot, patient);

    assertThat(facility.desk.refusal(choose)).isEqualTo("42501");
    String request = facility.newRequest();
    facility.superuser.run(
        choose, GuardedFacility.outcome(request), GuardedFacility.entryOfNewest(slot, request));
    assertThat(facility.desk.column("select sequence_number from token where slot_id = " + slot))
        .containsExactly("1");
  }

  @Test
  void aNumberNeverChanges() throws SQLException {
    String renumber =
        "update token set sequence_number = 9 where id = "
            + facility.aToken(facility.aSlot(2), "PAID");

    assertThat(facility.desk.refusal(renumber)).isEqualTo("42501");
    assertThat(facility.superuser.refusal(renumber)).isEqualTo("token_is_only_reclassified");
  }

  @Test
  void aRolledBackTokenLeavesNoGap() throws SQLException {
    long slot = facility.aSlot(3);
    facility.aToken(slot, "PAID");
    facility.desk.begin(GuardedFacility.insertToken(slot, facility.aPatient(), "PAID"));
    facility.desk.rollback();
    facility.aToken(slot, "PAID");

    assertThat(numbers(slot)).isEqualTo("1 2");
  }

  @Test
  void aCancelledTokensNumberIsNotUsedAgain() throws SQLException {
    long slot = facility.aSlot(1);
    facility.desk.run(facility.changing(facility.aToken(slot, "PAID"), "CANCELLED"));
    facility.aToken(slot, "PAID");

    assertThat(numbers(slot)).isEqualTo("1 2");
  }

  /// The counting trigger runs before a conflict is noticed, and DO NOTHING does not undo it.
  @Test
  void aConflictThatDoesNothingTakesNoPlaceAndNoNumber() throws SQLException {
    long slot = facility.aSlot(3);
    long patient = facility.aPatient();
    facility.aToken(slot, patient, "PAID");

    assertThat(
            facility.desk.refusal(
                GuardedFacility.insertToken(slot, patient, "PAID") + " on conflict do nothing"))
        .isEqualTo("token_patient_is_active_once_in_a_slot");
    facility.aToken(slot, "PAID");
    assertThat(numbers(slot)).isEqualTo("1 2");
    assertThat(activeTokens(slot)).isEqualTo(2);
  }

  @Test
  void aClosedSlotTakesNoToken() throws SQLException {
    for (String status : new String[] {"CANCELLED", "COMPLETED"}) {
      long slot = facility.aSlot(3);
      facility.desk.run(facility.changingSlot(slot, status, 0));
      String insert = GuardedFacility.insertToken(slot, facility.aPatient(), "EMERGENCY");

      assertThat(facility.desk.refusal(insert)).isEqualTo("token_slot_is_open");
      assertThat(facility.superuser.refusal(insert)).isEqualTo("token_slot_is_open");
    }
  }

  @Test
  void aClosedSlotReinstatesNobody() throws SQLException {
    long slot = facility.aSlot(3);
    long displaced = facility.aDisplacedToken(slot);
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 0));

    assertThat(facility.desk.refusal(GuardedFacility.setStatus(displaced, "ACTIVE")))
        .isEqualTo("token_slot_is_open");
  }

  @Test
  void aSlotWithActiveTokensIsNotClosed() throws SQLException {
    String cancel = "update slot set status = 'CANCELLED' where id = " + facility.aFullSlot(1);

    assertThat(facility.desk.refusal(cancel)).isEqualTo("slot_closed_has_no_active_token");
    assertThat(facility.superuser.refusal(cancel)).isEqualTo("slot_closed_has_no_active_token");
  }

  @Test
  void ofTwoClaimsToTheLastPlaceTheSecondWaitsAndIsRefused() throws Exception {
    long slot = facility.aSlot(1);
    String second = GuardedFacility.insertToken(slot, facility.aPatient(), "PAID");
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(facility.taking(slot, facility.aPatient(), "PAID"));

      String refusal =
          facility.meanwhile(() -> other.refusal(second), other, facility.desk::commit);

      assertThat(refusal).isEqualTo("slot_capacity_is_never_exceeded");
      assertThat(activeTokens(slot)).isEqualTo(1);
    }
  }

  @Test
  void whenTheFirstGivesUpTheSecondGetsThePlaceAndItsNumber() throws Exception {
    long slot = facility.aSlot(1);
    String[] second = facility.taking(slot, facility.aPatient(), "PAID");
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(facility.taking(slot, facility.aPatient(), "PAID"));

      facility.meanwhile(
          () -> {
            other.run(second);
            return "";
          },
          other,
          facility.desk::rollback);

      assertThat(numbers(slot)).isEqualTo("1");
    }
  }

  private static long activeTokens(long slot) throws SQLException {
    String count = "select count(*) from token where status = 'ACTIVE' and slot_id = " + slot;
    long active = facility.desk.number(count);
    assertThat(facility.desk.number("select active from slot_count where slot_id = " + slot))
        .isEqualTo(active);
    return active;
  }

  private static String numbers(long slot) throws SQLException {
    return String.join(
        " ",
        facility.desk.column(
            "select sequence_number from token where slot_id = %d order by id".formatted(slot)));
  }
}
