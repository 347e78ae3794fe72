package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Rule 4 and the life of a token against plain SQL.
final class GuardTokenTest {
  private static final List<String> STATUSES =
      List.of("ACTIVE", "DISPLACED", "CANCELLED", "NO_SHOW", "COMPLETED");
  private static final Map<String, Set<String>> LEGAL =
      Map.of(
          "ACTIVE", Set.of("DISPLACED", "CANCELLED", "NO_SHOW", "COMPLETED"),
          "DISPLACED", Set.of("ACTIVE", "CANCELLED"));

  /// Legal by an undo: see [GuardCorrectionTest].
  private static final Set<String> UNDONE = Set.of("CANCELLED", "NO_SHOW", "COMPLETED");

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @TestFactory
  Stream<DynamicTest> everyTransitionIsLegalOrRefused() {
    return STATUSES.stream()
        .flatMap(from ->
            STATUSES.stream()
                .map(to -> {
                  boolean isLegal = LEGAL.getOrDefault(from, Set.of()).contains(to);
                  return DynamicTest.dynamicTest(
                      "%s to %s is %s".formatted(from, to, isLegal ? "legal" : "refused"),
                      () -> checkTransition(from, to, isLegal));
                }));
  }

  private static void checkTransition(String from, String to, boolean isLegal) throws SQLException {
    long token = aTokenThatIs(from);
    String change = GuardedFacility.setStatus(token, to);
    if (UNDONE.contains(from) && to.equals("ACTIVE")) {
      assertThat(facility.desk.refusal(facility.changing(token, to)))
          .isEqualTo("audit_entry_is_true");
      assertThat(facility.superuser.refusalAtCommit(change))
          .isEqualTo("token_change_has_its_audit_entry");
      assertThat(statusOf(token)).isEqualTo(from);
    } else if (isLegal) {
      facility.desk.run(facility.changing(token, to));
      assertThat(statusOf(token)).isEqualTo(to);
    } else {
      assertThat(facility.desk.refusal(change)).isEqualTo("token_transition_is_legal");
      assertThat(facility.superuser.refusal(change)).isEqualTo("token_transition_is_legal");
      assertThat(statusOf(token)).isEqualTo(from);
    }
  }

  @Test
  void anUnknownStatusIsRefused() throws SQLException {
    assertThat(facility.desk.refusal(GuardedFacility.setStatus(aTokenThatIs("ACTIVE"), "LOST")))
        .isIn("token_transition_is_legal", "token_status_is_known");
  }

  @Test
  void aTokenBeginsAsActive() throws SQLException {
    String insert =
        ("insert into token (slot_id, patient_id, priority, source, status)"
                + " values (%d, %d, 'PAID', 'APP', 'DISPLACED')")
            .formatted(facility.aSlot(1), facility.aPatient());

    assertThat(facility.desk.refusal(insert)).isEqualTo("42501");
    assertThat(facility.superuser.refusal(insert)).isEqualTo("token_transition_is_legal");
  }

  @Test
  void nothingButTheStatusChanges() throws SQLException {
    long token = aTokenThatIs("ACTIVE");
    long slot = facility.aSlot(1);
    long patient = facility.aPatient();
    for (String change :
        new String[] {
          "slot_id = " + slot,
          "patient_id = " + patient,
          "priority = 'EMERGENCY'",
          "source = 'STAFF'",
          "created_at = now() - interval '1 day'",
          "version = version + 1",
          "reallocated_from = id"
        }) {
      String update = "update token set %s where id = %d".formatted(change, token);
      assertThat(facility.desk.refusal(update)).as(change).isEqualTo("42501");
      assertThat(facility.superuser.refusal(update))
          .as(change)
          .isEqualTo("token_is_only_reclassified");
    }
  }

  @Test
  void aTokenIsNeverDeleted() throws SQLException {
    String delete = "delete from token where id = " + aTokenThatIs("DISPLACED");

    assertThat(facility.desk.refusal(delete)).isEqualTo("42501");
    assertThat(facility.superuser.refusal(delete)).isEqualTo("token_is_kept");
    assertThat(facility.desk.refusal("truncate token cascade")).isEqualTo("42501");
    assertThat(facility.superuser.refusal("truncate token cascade")).isEqualTo("token_is_kept");
  }

  @Test
  void aPatientHoldsOneActiveTokenInASlot() throws SQLException {
    long slot = facility.aSlot(3);
    long patient = facility.aPatient();
    facility.aToken(slot, patient, "FOLLOW_UP");
    String again = GuardedFacility.insertToken(slot, patient, "EMERGENCY");

    assertThat(facility.desk.refusal(again)).isEqualTo("token_patient_is_active_once_in_a_slot");
    assertThat(facility.superuser.refusal(again))
        .isEqualTo("token_patient_is_active_once_in_a_slot");
  }

  @Test
  void aDisplacedPatientWhoCameAgainIsNotReinstatedBesideTheNewToken() throws SQLException {
    long slot = facility.aSlot(3);
    long patient = facility.aPatient();
    long displaced = facility.aToken(slot, patient, "FOLLOW_UP");
    facility.desk.run(facility.changing(displaced, "DISPLACED"));
    facility.aToken(slot, patient, "PAID");

    assertThat(facility.desk.refusal(GuardedFacility.setStatus(displaced, "ACTIVE")))
        .isEqualTo("token_patient_is_active_once_in_a_slot");
  }

  @Test
  void aReallocatedTokenIsFinal() throws SQLException {
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    facility.desk.run(facility.makingGood(displaced, facility.aSlot(2)));

    for (String status : STATUSES) {
      String change = GuardedFacility.setStatus(displaced, status);
      assertThat(facility.desk.refusal(change)).isEqualTo("token_transition_is_legal");
      assertThat(facility.superuser.refusal(change)).isEqualTo("token_transition_is_legal");
    }
  }

  @Test
  void aTokenIsReallocatedOnlyOnce() throws SQLException {
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    facility.desk.run(facility.makingGood(displaced, facility.aSlot(2)));
    long third = facility.aSlot(2);
    String again = facility.makingGood(displaced, third)[0];

    assertThat(facility.desk.refusal(again)).isEqualTo("token_is_reallocated_once");
    assertThat(facility.desk.refusal(again + " on conflict do nothing"))
        .isEqualTo("token_is_reallocated_once");
  }

  @Test
  void onlyADisplacedTokenIsMadeGood() throws SQLException {
    for (String status : List.of("ACTIVE", "CANCELLED", "NO_SHOW", "COMPLETED")) {
      String insert = facility.makingGood(aTokenThatIs(status), facility.aSlot(2))[0];
      assertThat(facility.desk.refusal(insert))
          .as(status)
          .isEqualTo("token_makes_good_a_displaced_one");
    }
  }

  @Test
  void aTokenMakesGoodOnlyTheSamePatientPriorityAndSource() throws SQLException {
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    long slot = facility.aSlot(2);
    String template =
        "insert into token (slot_id, patient_id, priority, source, reallocated_from)"
            + " select %d, %s, %s, %s, id from token where id = %d";
    for (String[] lie :
        new String[][] {
          {Long.toString(facility.aPatient()), "priority", "source"},
          {"patient_id", "'EMERGENCY'", "source"},
          {"patient_id", "priority", "'STAFF'"}
        }) {
      String insert = template.formatted(slot, lie[0], lie[1], lie[2], displaced);
      assertThat(facility.desk.refusal(insert)).isEqualTo("token_makes_good_a_displaced_one");
      assertThat(facility.superuser.refusal(insert)).isEqualTo("token_makes_good_a_displaced_one");
    }
  }

  @Test
  void aTokenIsNotMadeGoodInItsOwnSlot() throws SQLException {
    long slot = facility.aSlot(2);
    long displaced = facility.aDisplacedToken(slot);

    assertThat(facility.desk.refusal(facility.makingGood(displaced, slot)[0]))
        .isEqualTo("token_makes_good_a_displaced_one");
  }

  @Test
  void anOldSnapshotDoesNotReinstateWhatWasReallocatedMeanwhile() throws SQLException {
    for (String level : List.of("repeatable read", "serializable")) {
      long displaced = facility.aDisplacedToken(facility.aSlot(2));
      try (Prompt old = Prompt.asDesk(facility.facility)) {
        old.begin("set transaction isolation level " + level, "select from token");
        facility.desk.run(facility.makingGood(displaced, facility.aSlot(1)));

        assertThat(old.refusal(GuardedFacility.setStatus(displaced, "ACTIVE")))
            .isEqualTo("token_is_decided_on_the_latest_state");
      }
    }
  }

  @Test
  void anOldSnapshotGivesNoPlace() throws SQLException {
    String insert = GuardedFacility.insertToken(facility.aSlot(1), facility.aPatient(), "PAID");

    for (Prompt prompt : List.of(facility.desk, facility.superuser)) {
      assertThat(prompt.refusal("set transaction isolation level repeatable read", insert))
          .isEqualTo("token_is_decided_on_the_latest_state");
    }
  }

  @Test
  void aTokenThatIsBeingReallocatedIsNotReinstatedAtTheSameMoment() throws Exception {
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    String[] elsewhere = facility.makingGood(displaced, facility.aSlot(1));
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(elsewhere);

      assertThat(
              facility.meanwhile(
                  () -> other.refusal(GuardedFacility.setStatus(displaced, "ACTIVE")),
                  other,
                  facility.desk::commit))
          .isEqualTo("token_transition_is_legal");
    }
  }

  @Test
  void aTokenThatIsBeingReinstatedIsNotReallocatedAtTheSameMoment() throws Exception {
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    String elsewhere = facility.makingGood(displaced, facility.aSlot(1))[0];
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(facility.changing(displaced, "ACTIVE"));

      assertThat(facility.meanwhile(() -> other.refusal(elsewhere), other, facility.desk::commit))
          .isEqualTo("token_makes_good_a_displaced_one");
    }
  }

  private static long aTokenThatIs(String status) throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    if (!status.equals("ACTIVE")) {
      facility.desk.run(facility.changing(token, status));
    }
    return token;
  }

  private static String statusOf(long token) throws SQLException {
    return facility.desk.text("select status from token where id = " + token);
  }
}
