package opd.store.schema;

import static opd.store.schema.GuardedFacility.insertSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import opd.testing.Prompt;
import opd.testing.TextTable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Slots, doctors, patients and the facility against plain SQL.
final class GuardSlotTest {
  private static final String TRANSITIONS =
      """
      from      | to        | minutes | answer
      SCHEDULED | SCHEDULED | 0       | legal
      SCHEDULED | DELAYED   | 20      | legal
      SCHEDULED | CANCELLED | 0       | legal
      SCHEDULED | COMPLETED | 0       | legal
      DELAYED   | SCHEDULED | 0       | legal
      DELAYED   | DELAYED   | 40      | legal
      DELAYED   | CANCELLED | 20      | legal
      DELAYED   | COMPLETED | 20      | legal
      CANCELLED | SCHEDULED | 0       | reopened
      CANCELLED | DELAYED   | 20      | slot_transition_is_legal
      CANCELLED | COMPLETED | 0       | slot_transition_is_legal
      CANCELLED | CANCELLED | 20      | slot_transition_is_legal
      COMPLETED | SCHEDULED | 0       | reopened
      COMPLETED | DELAYED   | 20      | slot_transition_is_legal
      COMPLETED | CANCELLED | 0       | slot_transition_is_legal
      COMPLETED | COMPLETED | 20      | slot_transition_is_legal
      SCHEDULED | DELAYED   | 0       | slot_delay_matches_status
      SCHEDULED | SCHEDULED | 20      | slot_delay_matches_status
      SCHEDULED | DELAYED   | 1441    | slot_delay_is_within_a_day
      SCHEDULED | DELAYED   | -1      | slot_delay_is_within_a_day
      SCHEDULED | LOST      | 0       | slot_status_is_known
      """;

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @TestFactory
  Stream<DynamicTest> everyTransitionOfASlotIsLegalOrRefused() {
    return TextTable.rows(TRANSITIONS).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row),
                () -> {
                  long slot = facility.aSlot(1);
                  int minutes = row.get(0).equals("DELAYED") ? 20 : 0;
                  facility.desk.run(facility.changingSlot(slot, row.get(0), minutes));
                  String change = GuardedFacility.setSlot(slot, row.get(1), row.get(2));
                  if (row.get(3).equals("reopened")) {
                    checkReopening(slot);
                  } else if (row.get(3).equals("legal")) {
                    facility.desk.run(
                        facility.changingSlot(slot, row.get(1), Integer.parseInt(row.get(2))));
                    assertThat(facility.desk.text("select status from slot where id = " + slot))
                        .isEqualTo(row.get(1));
                  } else {
                    assertThat(oneOfTwo(facility.desk.refusal(change), row)).isEqualTo(row.get(3));
                    assertThat(oneOfTwo(facility.superuser.refusal(change), row))
                        .isEqualTo(row.get(3));
                  }
                }));
  }

  /// Only the entry of a reopening tells of one.
  private static void checkReopening(long slot) throws SQLException {
    String columns = "status = 'SCHEDULED'";
    for (Prompt prompt : new Prompt[] {facility.desk, facility.superuser}) {
      for (String kind : new String[] {"SLOT_DELAYED", "SLOT_CHANGED"}) {
        assertThat(prompt.refusalAtCommit(facility.changingSlot(slot, columns, kind)))
            .isEqualTo("slot_change_has_its_audit_entry");
      }
      assertThat(
              prompt.refusalAtCommit("update slot set %s where id = %d".formatted(columns, slot)))
          .isEqualTo("slot_change_has_its_audit_entry");
    }
    facility.desk.run(facility.changingSlot(slot, columns, "SLOT_REOPENED"));
    assertThat(facility.desk.text("select is_open from slot_count where slot_id = " + slot))
        .isEqualTo("t");
  }

  /// A negative delay breaks two constraints, and which is named first is the server's choice.
  private static String oneOfTwo(String refusal, List<String> row) {
    return row.get(2).equals("-1") && refusal.equals("slot_delay_matches_status")
        ? row.get(3)
        : refusal;
  }

  @Test
  void slotsOfOneDoctorDoNotOverlap() throws SQLException {
    String doctor = facility.aDoctor();
    facility.aSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);
    for (String[] times :
        new String[][] {
          {"2030-01-07T09:59Z", "2030-01-07T10:59Z"},
          {"2030-01-07T08:01Z", "2030-01-07T09:01Z"},
          {"2030-01-07T09:10Z", "2030-01-07T09:20Z"},
          {"2030-01-07T08:00Z", "2030-01-07T11:00Z"}
        }) {
      String overlapping = insertSlot(doctor, times[0], times[1], 3);
      assertThat(facility.desk.refusal(overlapping))
          .isEqualTo("slot_does_not_overlap_another_of_its_doctor");
      assertThat(facility.superuser.refusal(overlapping))
          .isEqualTo("slot_does_not_overlap_another_of_its_doctor");
    }
  }

  @Test
  void slotsThatTouchAndSlotsOfOthersAreFine() throws SQLException {
    String doctor = facility.aDoctor();
    facility.aSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);
    String other = facility.aDoctor();

    assertThatCode(
            () -> {
              facility.aSlot(doctor, "2030-01-07T10:00Z", "2030-01-07T11:00Z", 3);
              facility.aSlot(doctor, "2030-01-07T08:00Z", "2030-01-07T09:00Z", 3);
              facility.aSlot(other, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aCancelledSlotMakesRoomButKeepsItsLabel() throws SQLException {
    String doctor = facility.aDoctor();
    long slot = facility.aSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 0));
    String sameStart = insertSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3);

    assertThat(facility.desk.refusal(sameStart)).isEqualTo("slot_label_is_unique");
    assertThat(facility.superuser.refusal(sameStart)).isEqualTo("slot_label_is_unique");
    facility.aSlot(doctor, "2030-01-07T09:01Z", "2030-01-07T10:01Z", 3);
    assertThat(
            facility.desk.column(
                "select label from slot where doctor_code = '%s' order by id".formatted(doctor)))
        .containsExactly(doctor + "-20300107-0900", doctor + "-20300107-0901");
  }

  @Test
  void aSlotWithImpossibleTimesOrPlacesIsRefused() throws SQLException {
    String doctor = facility.aDoctor();
    String table =
        """
        start                | end                  | capacity | constraint
        2030-01-07T09:00Z    | 2030-01-07T10:00Z    | 0        | slot_capacity_is_sane
        2030-01-07T09:00Z    | 2030-01-07T10:00Z    | 501      | slot_capacity_is_sane
        2030-01-07T09:00Z    | 2030-01-07T09:00Z    | 3        | slot_ends_after_its_start_within_a_day
        2030-01-07T09:00Z    | 2030-01-08T09:01Z    | 3        | slot_ends_after_its_start_within_a_day
        2030-01-07T09:00:01Z | 2030-01-07T10:00Z    | 3        | slot_starts_and_ends_on_whole_minutes
        2030-01-07T09:00Z    | 2030-01-07T10:00:30Z | 3        | slot_starts_and_ends_on_whole_minutes
        1999-12-31T23:59Z    | 2000-01-01T00:30Z    | 3        | slot_year_is_sane
        """;
    for (var row : TextTable.rows(table)) {
      String insert = insertSlot(doctor, row.get(0), row.get(1), Integer.parseInt(row.get(2)));
      assertThat(facility.desk.refusal(insert)).isEqualTo(row.get(3));
      assertThat(facility.superuser.refusal(insert)).isEqualTo(row.get(3));
    }
    assertThat(
            facility.desk.refusal(
                insertSlot("NOBODY", "2030-01-07T09:00Z", "2030-01-07T10:00Z", 3)))
        .isEqualTo("slot_doctor_exists");
  }

  @Test
  void nothingIsEverDeleted() throws SQLException {
    facility.aToken(facility.aSlot(1), "PAID");
    for (String table : new String[] {"slot", "doctor", "patient"}) {
      String guard = table + "_is_kept";
      assertThat(facility.desk.refusal("delete from " + table)).isEqualTo("42501");
      assertThat(facility.superuser.refusal("delete from " + table)).isEqualTo(guard);
      assertThat(facility.desk.refusal("truncate " + table + " cascade")).isEqualTo("42501");
      assertThat(facility.superuser.refusal("truncate " + table + " cascade")).endsWith("_is_kept");
    }
  }

  @Test
  void twoPatientsOfOnePhoneNeedDifferentMembers() throws SQLException {
    String phone = "select phone from patient where id = " + facility.aPatient();
    String insert =
        "insert into patient (phone, member, name, salt)"
            + " values ((%s), %d, 'A patient', decode(repeat('00', 16), 'hex'))";

    for (Prompt prompt : new Prompt[] {facility.desk, facility.superuser}) {
      assertThat(prompt.refusal(insert.formatted(phone, 1)))
          .isEqualTo("patient_phone_and_member_are_unique");
      assertThat(prompt.refusal(insert.formatted(phone, 100))).isEqualTo("patient_member_is_sane");
      // Another member is another person, who lacks an entry only.
      assertThat(prompt.refusalAtCommit(insert.formatted(phone, 2)))
          .isEqualTo("patient_change_has_its_audit_entry");
    }
  }

  @Test
  void aNameThatHidesOrReordersCharactersIsRefused() throws SQLException {
    for (String escape :
        new String[] {"\\001B", "\\202E", "\\200B", "\\FEFF", "\\2028", "\\0085"}) {
      assertThat(
              facility.desk.refusal(
                  "insert into doctor (code, name) values ('EVIL', U&'Dr. %sRao')"
                      .formatted(escape)))
          .as(escape)
          .isEqualTo("doctor_name_is_plain_text");
    }
    assertThat(
            facility.desk.refusalAtCommit(
                "insert into doctor (code, name) values ('INDIC', U&'Dr. \\0915\\094D\\200D\\0937')"))
        .isEqualTo("doctor_change_has_its_audit_entry");
  }

  @Test
  void theSettingsOfTheFacilityAreFixed() throws SQLException {
    String update = "update facility set clock = 'SIMULATION'";

    assertThat(facility.desk.refusal(update)).isEqualTo("42501");
    assertThat(facility.superuser.refusal(update)).isEqualTo("facility_is_fixed");
    assertThat(facility.superuser.refusal("update facility set phone_key = sha256('mine')"))
        .isEqualTo("facility_is_fixed");
    assertThat(facility.superuser.refusal("delete from facility")).isEqualTo("facility_is_kept");
    assertThat(facility.superuser.refusal("truncate facility")).isEqualTo("facility_is_kept");
    assertThat(
            facility.superuser.refusal(
                "insert into facility (default_region, zone, clock, phone_key)"
                    + " values ('IN', 'UTC', 'DATABASE', sha256('mine'))"))
        .isEqualTo("facility_pkey");
  }
}
