package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.FacilityRole;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A consulting room at an SQL prompt: what its role may do, and what stops it from the rest.
final class GuardRoomTest {
  private static final String NO_RIGHT = "42501";
  private static final String PASSWORD = "of the room";

  private static GuardedFacility facility;
  private static Prompt room;

  @BeforeAll
  static void open() throws SQLException {
    facility = new GuardedFacility();
    new Roles(facility.facility.administrator()).setUp(Map.of(FacilityRole.ROOM, PASSWORD), false);
    room =
        new Prompt(
            DriverManager.getConnection(
                facility.facility.administrator().url(),
                facility.facility.name().role(FacilityRole.ROOM),
                PASSWORD));
    room.run("set search_path = %s, public".formatted(facility.facility.name().schema()));
  }

  @AfterAll
  static void close() throws SQLException {
    room.close();
    facility.close();
  }

  /// The statements of the desk's own work, with an outcome that a room may store.
  private static String[] ofARoom(String... statements) {
    return Stream.of(statements)
        .map(each -> each.replace("'ADMITTED'", "'TOKEN_SERVED'"))
        .toArray(String[]::new);
  }

  private static String[] telling(String kind, long token) {
    String request = facility.newRequest();
    return ofARoom(GuardedFacility.outcome(request), GuardedFacility.entry(kind, token, request));
  }

  @Test
  void callsParksAndEndsTurns() throws SQLException {
    for (String last : List.of("COMPLETED", "NO_SHOW")) {
      long token = facility.aToken(facility.aSlot(2), "PAID");
      room.run(
          "select id from slot for no key update", "select code from doctor for no key update");
      for (String kind : List.of("TOKEN_CALLED", "TOKEN_PARKED", "TOKEN_RETURNED")) {
        room.run(telling(kind, token));
      }
      room.run(ofARoom(facility.changing(token, last)));
      assertThat(room.text("select status from token where id = " + token)).isEqualTo(last);
    }
  }

  @Test
  void givesNoTokenAnyOtherStatus() throws SQLException {
    long active = facility.aToken(facility.aSlot(2), "PAID");
    long displaced = facility.aDisplacedToken(facility.aSlot(2));
    for (String status : List.of("ACTIVE", "DISPLACED", "CANCELLED")) {
      for (long token : List.of(active, displaced)) {
        assertThat(room.refusal(GuardedFacility.setStatus(token, status)))
            .as(status)
            // The latter of what nobody could set.
            .isIn("token_is_within_ones_work", "token_transition_is_legal");
      }
    }
    // Nobody's turn is ended who has no place.
    for (String status : List.of("COMPLETED", "NO_SHOW")) {
      assertThat(room.refusal(GuardedFacility.setStatus(displaced, status)))
          .isEqualTo("token_transition_is_legal");
    }
  }

  @Test
  void takesNoCompletionBack() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    room.run(ofARoom(facility.changing(token, "COMPLETED")));
    String request = facility.newRequest();

    assertThat(room.refusal(GuardedFacility.setStatus(token, "ACTIVE")))
        .isEqualTo("token_is_within_ones_work");
    assertThat(
            room.refusal(
                ofARoom(
                    GuardedFacility.outcome(request),
                    GuardedFacility.undone(token, "ACTIVE", 3, request))))
        .isEqualTo("audit_entry_is_within_ones_work");
  }

  @Test
  void changesNoTokenWithoutItsEntry() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    assertThat(room.refusalAtCommit(GuardedFacility.setStatus(token, "COMPLETED")))
        .isEqualTo("token_change_has_its_audit_entry");
  }

  @TestFactory
  Stream<DynamicTest> tellsOfNothingElse() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    return Stream.of(
            "TOKEN_ARRIVED",
            "TOKEN_ALLOCATED",
            "TOKEN_DISPLACED",
            "TOKEN_CANCELLED",
            "TOKEN_REINSTATED",
            "TOKEN_REALLOCATED",
            "ALLOCATION_REJECTED",
            "CHANGE_UNDONE",
            "SLOT_OPENED",
            "SLOT_CHANGED",
            "SLOT_REOPENED",
            "SLOT_DELAYED",
            "SLOT_CANCELLED",
            "SLOT_COMPLETED",
            "DOCTOR_ADDED",
            "DOCTOR_CHANGED",
            "PATIENT_REGISTERED",
            "PATIENT_CHANGED",
            "PATIENT_ERASED",
            "FACILITY_SET")
        .map(kind ->
            DynamicTest.dynamicTest(
                kind,
                () ->
                    assertThat(room.refusal(telling(kind, token)))
                        .isEqualTo("audit_entry_is_within_ones_work")));
  }

  @Test
  void refusesNothingInAPatientsName() throws SQLException {
    String patient = Long.toString(facility.aPatient());
    String request = facility.newRequest();
    assertThat(
            room.refusal(
                ofARoom(
                    GuardedFacility.outcome(request),
                    GuardedFacility.entryAbout("patient_id", patient, "CHANGE_REJECTED", request))))
        .isEqualTo("audit_entry_is_within_ones_work");
  }

  @Test
  void storesNoOutcomeOfADesksWork() throws SQLException {
    assertThat(room.refusal(GuardedFacility.outcome(facility.newRequest())))
        .isEqualTo("request_is_within_ones_work");
  }

  /// The rights that its locks take change nothing.
  @Test
  void changesNeitherSlotsNorDoctors() throws SQLException {
    facility.aSlot(2);
    assertThat(room.refusal("update slot set id = default")).isEqualTo("slot_is_fixed_once_open");
    assertThat(room.refusal("update doctor set code = code || 'X'"))
        .isEqualTo("doctor_code_is_fixed");
    assertThat(room.refusalAtCommit("update doctor set code = code"))
        .isEqualTo("doctor_change_has_its_audit_entry");
    // Always generated.
    assertThat(room.refusal("update slot set id = id")).isEqualTo("428C9");
  }

  @TestFactory
  Stream<DynamicTest> hasNoRightTo() {
    return """
    select phone from patient
    select * from patient
    select salt from patient
    select count(phone) from patient
    select 1 from patient where phone like '+9198%'
    select id from patient order by phone
    select identity from patient_identity
    select phone_key from facility
    copy patient to stdout
    create temporary table mine as select * from patient
    insert into patient (phone, name, salt) values ('+9198765', 'Mine', '')
    update patient set name = 'Mine'
    update patient set phone = null
    delete from patient
    select id from patient for update
    select id from patient for key share
    insert into doctor (code, name) values ('MINE', 'Mine')
    update doctor set active = false
    update doctor set name = 'Mine'
    insert into slot (doctor_code, starts_at, ends_at, capacity) values ('DR1', now(), now(), 1)
    update slot set status = 'CANCELLED'
    update slot set delay_minutes = 5
    update slot set capacity = 1
    update slot set ends_at = ends_at + interval '1 hour'
    update slot set label = label
    delete from slot
    insert into token (slot_id, patient_id, priority, source) values (1, 1, 'PAID', 'APP')
    update token set priority = 'EMERGENCY'
    update token set slot_id = 1
    update token set version = version + 1
    delete from token
    truncate token
    update slot_count set active = 0
    insert into serving (token_id, slot_id) select id, slot_id from token
    update serving set room = '1'
    update request set outcome = '{}'
    delete from request
    update audit_entry set actor = 'mine'
    insert into audit_entry (at) values (now())
    delete from audit_entry
    update facility set zone = 'UTC'
    alter table token disable trigger token_is_within_ones_work
    drop trigger audit_entry_is_within_ones_work on audit_entry
    grant select on patient to public
    create function mine() returns integer language sql return 1
    create table mine (x integer)
    create role mine
    set session_replication_role = replica
    select nextval('token_id_seq')
    """
        .lines()
        .map(statement ->
            DynamicTest.dynamicTest(
                statement, () -> assertThat(room.refusal(statement)).isEqualTo(NO_RIGHT)));
  }

  /// A table of the caller's own with the guarded one's name has rights of the caller's own.
  @Test
  void aTableOfItsOwnMakesItNoDesk() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    String schema = facility.facility.name().schema();
    assertThat(
            room.refusal(
                "create temporary table token (slot_id bigint)",
                "update %s.token set status = 'CANCELLED' where id = %d".formatted(schema, token)))
        .isEqualTo("token_is_within_ones_work");
  }

  @Test
  void whoHasTheRightsOfADeskAsWellIsADesk() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    String both = facility.facility.name().schema() + "_both";
    facility.superuser.run(
        "create role %s login password '%s'".formatted(both, PASSWORD),
        "grant %s, %s to %s"
            .formatted(
                facility.facility.name().role(FacilityRole.DESK),
                facility.facility.name().role(FacilityRole.ROOM),
                both));
    try (Prompt prompt =
        new Prompt(
            DriverManager.getConnection(facility.facility.administrator().url(), both, PASSWORD))) {
      prompt.run("set search_path = %s, public".formatted(facility.facility.name().schema()));
      prompt.run(facility.changing(token, "CANCELLED"));
    } finally {
      facility.superuser.run("drop role " + both);
    }
    assertThat(room.text("select status from token where id = " + token)).isEqualTo("CANCELLED");
  }
}
