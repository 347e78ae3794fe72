package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What an undo, a change of a slot and a reopening may do, against plain SQL: each only with the
/// entry that tells of it. A slot's chain begins with its opening, 1, and its first token, 2.
final class GuardCorrectionTest {
  private static final String NOT_TRUE = "audit_entry_is_true";
  private static final String NOT_TOLD = "token_change_has_its_audit_entry";
  private static final String NOT_LEGAL = "token_transition_is_legal";
  private static final String SLOT_NOT_TOLD = "slot_change_has_its_audit_entry";

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void aFinalTokenIsWhatItWasAgainOnlyWithTheEntryOfAnUndo() throws SQLException {
    for (String status : List.of("CANCELLED", "NO_SHOW", "COMPLETED")) {
      long token = facility.aToken(facility.aSlot(2), "PAID");
      facility.desk.run(facility.changing(token, status));

      for (Prompt prompt : List.of(facility.desk, facility.superuser)) {
        assertThat(prompt.refusalAtCommit(GuardedFacility.setStatus(token, "ACTIVE")))
            .isEqualTo(NOT_TOLD);
        assertThat(prompt.refusal(facility.changing(token, "ACTIVE"))).isEqualTo(NOT_TRUE);
        assertThat(prompt.refusal(facility.undoing(token, "ACTIVE", 2))).isEqualTo(NOT_TRUE);
        assertThat(prompt.refusal(facility.undoing(token, "DISPLACED", 3))).isEqualTo(NOT_LEGAL);
      }
      facility.desk.run(facility.undoing(token, "ACTIVE", 3));
      assertThat(counts(token)).isEqualTo("1 0 0 0 0");
      assertThat(previous(token)).isEqualTo("ACTIVE after " + status);
    }
  }

  @Test
  void whoWaitedBeforeTheCancellationWaitsAgain() throws SQLException {
    long token = facility.aDisplacedToken(facility.aSlot(2));
    facility.desk.run(facility.changing(token, "CANCELLED"));

    assertThat(facility.desk.refusal(facility.undoing(token, "ACTIVE", 4))).isEqualTo(NOT_LEGAL);
    facility.desk.run(facility.undoing(token, "DISPLACED", 4));
    assertThat(counts(token)).isEqualTo("0 1 0 0 0");
  }

  @Test
  void anUndoNeedsAFreePlaceInAnOpenSlotAndAPatientWithoutAnother() throws SQLException {
    long slot = facility.aSlot(1);
    long patient = facility.aPatient();
    long token = facility.aToken(slot, patient, "PAID");
    facility.desk.run(facility.changing(token, "NO_SHOW"));
    String undone = GuardedFacility.setStatus(token, "ACTIVE");

    long other = facility.aToken(slot, "PAID");
    assertThat(facility.superuser.refusal(undone)).isEqualTo("slot_capacity_is_never_exceeded");
    facility.desk.run(facility.changing(other, "CANCELLED"));
    facility.desk.run(facility.changingSlot(slot, "capacity = 2", "SLOT_CHANGED"));
    long again = facility.aToken(slot, patient, "PAID");
    assertThat(facility.superuser.refusal(undone))
        .isEqualTo("token_patient_is_active_once_in_a_slot");
    facility.desk.run(facility.changing(again, "CANCELLED"));
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 0));
    assertThat(facility.superuser.refusal(undone)).isEqualTo("token_slot_is_open");
  }

  @Test
  void aPartOfAnotherChangeIsNotTakenBackAlone() throws SQLException {
    for (String facts : List.of("{\"replaced\":true}", "{\"movedTo\":\"RAO-20300107-1000-01\"}")) {
      long token = facility.aToken(facility.aSlot(2), "PAID");
      facility.desk.run(withFacts(facility.changing(token, "CANCELLED"), facts));
      assertThat(facility.desk.refusal(facility.undoing(token, "ACTIVE", 3))).isEqualTo(NOT_TRUE);
    }
    long slot = facility.aSlot(2);
    long token = facility.aToken(slot, "PAID");
    facility.desk.run(withFacts(facility.changing(token, "COMPLETED"), "{\"withSlot\":true}"));
    assertThat(facility.desk.refusal(facility.undoing(token, "ACTIVE", 3))).isEqualTo(NOT_TRUE);
    assertThat(facility.desk.refusal(facility.undoing(facility.aDisplacedToken(slot), "ACTIVE", 5)))
        .isEqualTo(NOT_TRUE);
  }

  @Test
  void aReopeningGivesBackWhatTheClosingTook() throws SQLException {
    long slot = facility.aSlot(1);
    long token = facility.aToken(slot, "PAID");
    facility.desk.run(closing(slot, token));

    assertThat(facility.desk.refusal(facility.undoing(token, "ACTIVE", 4)))
        .isEqualTo("token_slot_is_open");
    facility.desk.begin(facility.changingSlot(slot, "status = 'SCHEDULED'", "SLOT_REOPENED"));
    assertThat(facility.desk.refusal(facility.undoing(token, "ACTIVE", 4)))
        .as("by another request of the same transaction")
        .isEqualTo(NOT_TRUE);
    facility.desk.run(reopening(slot, token, 4));
    assertThat(counts(token)).isEqualTo("1 0 0 0 0");
  }

  @Test
  void aReopeningGivesBackNothingThatWasLostBeforeTheClosing() throws SQLException {
    long slot = facility.aSlot(2);
    long displaced = facility.aDisplacedToken(slot);
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 0));
    assertThat(facility.desk.refusal(reopening(slot, displaced, 3))).isEqualTo(NOT_TRUE);

    long again = facility.aSlot(2);
    long closed = facility.aToken(again, "PAID");
    facility.desk.run(closing(again, closed));
    facility.desk.run(facility.changingSlot(again, "status = 'SCHEDULED'", "SLOT_REOPENED"));
    facility.desk.run(facility.changingSlot(again, "CANCELLED", 0));
    assertThat(facility.desk.refusal(reopening(again, closed, 4)))
        .as("what an earlier closing took")
        .isEqualTo(NOT_TRUE);
  }

  /// The slot's cancellation, and with it that of the token.
  private static String[] closing(long slot, long token) {
    String request = facility.newRequest();
    return new String[] {
      GuardedFacility.setStatus(token, "DISPLACED"),
      GuardedFacility.setSlot(slot, "CANCELLED", "0"),
      GuardedFacility.outcome(request),
      GuardedFacility.entryAbout("slot_id", Long.toString(slot), "SLOT_CANCELLED", request),
      GuardedFacility.entry("TOKEN_DISPLACED", token, request)
    };
  }

  /// The slot's reopening, by which the token has its place again.
  ///
  /// @param undoes the number of the entry that told of its loss
  private static String[] reopening(long slot, long token, long undoes) {
    String request = facility.newRequest();
    return new String[] {
      GuardedFacility.setSlot(slot, "SCHEDULED", "0"),
      GuardedFacility.setStatus(token, "ACTIVE"),
      GuardedFacility.outcome(request),
      GuardedFacility.entryAbout("slot_id", Long.toString(slot), "SLOT_REOPENED", request),
      GuardedFacility.undone(token, "ACTIVE", undoes, request)
    };
  }

  @Test
  void capacityAndEndChangeOnlyWithTheEntryThatTellsOfIt() throws SQLException {
    long slot = facility.aSlot(1);
    for (String columns : List.of("capacity = 2", "ends_at = ends_at + interval '1 hour'")) {
      for (Prompt prompt : List.of(facility.desk, facility.superuser)) {
        String update = "update slot set %s where id = %d".formatted(columns, slot);
        assertThat(prompt.refusalAtCommit(update)).isEqualTo(SLOT_NOT_TOLD);
        assertThat(prompt.refusalAtCommit(facility.changingSlot(slot, columns, "SLOT_DELAYED")))
            .isEqualTo(SLOT_NOT_TOLD);
      }
      facility.desk.run(facility.changingSlot(slot, columns, "SLOT_CHANGED"));
    }
    assertThat(
            facility.desk.text(
                "select concat_ws(' ', s.capacity, c.capacity, s.ends_at - s.starts_at) from slot s"
                    + " join slot_count c on c.slot_id = s.id where s.id = "
                    + slot))
        .isEqualTo("2 2 02:00:00");
  }

  @Test
  void aChangeOfASlotKeepsItsPlacesItsIdentityAndItsStatus() throws SQLException {
    long slot = facility.aFullSlot(2);
    assertThat(facility.desk.refusal(update(slot, "capacity = 1")))
        .isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(facility.desk.refusal(update(slot, "capacity = 0")))
        .isIn("slot_capacity_is_sane", "slot_capacity_is_never_exceeded");
    assertThat(facility.desk.refusal(update(slot, "ends_at = starts_at")))
        .isEqualTo("slot_ends_after_its_start_within_a_day");
    for (String columns :
        List.of(
            "starts_at = starts_at - interval '1 hour'",
            "doctor_code = '%s'".formatted(facility.aDoctor()),
            "capacity = 3, status = 'CANCELLED'",
            "capacity = 3, status = 'DELAYED', delay_minutes = 5")) {
      assertThat(facility.superuser.refusal(update(slot, columns)))
          .as(columns)
          .isEqualTo("slot_is_fixed_once_open");
    }
    for (String columns : List.of("capacity = 3", "slot_id = slot_id + 1")) {
      String update = "update slot_count set %s where slot_id = %d".formatted(columns, slot);
      assertThat(facility.superuser.refusal(update)).isEqualTo("slot_is_fixed_once_open");
      assertThat(facility.desk.refusal(update)).isEqualTo("42501");
    }
  }

  @Test
  void aClosedSlotKeepsItsTermsAndIsReopenedAsItWas() throws SQLException {
    long slot = facility.aSlot(1);
    facility.desk.run(facility.changingSlot(slot, "DELAYED", 20));
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 20));
    for (String columns : List.of("capacity = 3", "capacity = 3, status = 'DELAYED'")) {
      assertThat(facility.superuser.refusal(update(slot, columns)))
          .isEqualTo("slot_is_fixed_once_open");
    }
    assertThat(facility.superuser.refusal(update(slot, "status = 'SCHEDULED', delay_minutes = 0")))
        .isEqualTo("slot_transition_is_legal");
    facility.desk.run(facility.changingSlot(slot, "status = 'DELAYED'", "SLOT_REOPENED"));
  }

  @Test
  void neitherAChangeNorAReopeningRunsIntoAnotherSlot() throws SQLException {
    String doctor = facility.aDoctor();
    long nine = facility.aSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);
    facility.aSlot(doctor, "2030-01-07T10:00Z", "2030-01-07T11:00Z", 3);
    assertThat(facility.desk.refusal(update(nine, "ends_at = ends_at + interval '1 minute'")))
        .isEqualTo("slot_does_not_overlap_another_of_its_doctor");
    facility.desk.run(facility.changingSlot(nine, "CANCELLED", 0));
    facility.aSlot(doctor, "2030-01-07T09:30Z", "2030-01-07T10:00Z", 3);
    assertThat(facility.desk.refusal(update(nine, "status = 'SCHEDULED'")))
        .isEqualTo("slot_does_not_overlap_another_of_its_doctor");
  }

  private static String update(long slot, String columns) {
    return "update slot set %s where id = %d".formatted(columns, slot);
  }

  private static String[] withFacts(String[] statements, String facts) {
    String[] changed = statements.clone();
    changed[2] = changed[2].replace("'{}'", "'" + facts + "'");
    return changed;
  }

  private static String counts(long token) throws SQLException {
    return facility.desk.text(
        "select concat_ws(' ', active, displaced, cancelled, no_show, completed) from slot_count"
            + " where slot_id = (select slot_id from token where id = %d)".formatted(token));
  }

  private static String previous(long token) throws SQLException {
    return facility.desk.text(
        "select status || ' after ' || previous_status from token where id = " + token);
  }
}
