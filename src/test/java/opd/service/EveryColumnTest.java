package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import opd.domain.TokenPriority;
import opd.testing.Clinic;
import opd.testing.TextTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each column of each table is compared by the verification of the log, or the manual says why it
/// need not be. Who tampers here is the superuser, past all triggers and foreign keys.
@Order(23)
final class EveryColumnTest {
  private static final Path MANUAL = Path.of("docs", "verification.md");

  private static final String TAMPERED =
      """
      column                     | changed by
      facility.default_region    | update facility set default_region = 'US'
      facility.zone              | update facility set zone = 'Nowhere'
      facility.clock             | update facility set clock = 'SIMULATION'
      facility.phone_key         | update facility set phone_key = sha256('x')
      facility.version           | update facility set version = 2
      doctor.code                | update doctor set code = 'DR9' where code = 'DR1'
      doctor.name                | update doctor set name = 'Dr. X'
      doctor.specialization      | update doctor set specialization = 'X'
      doctor.active              | update doctor set active = false
      doctor.version             | update doctor set version = 2
      slot.id                    | update slot set id = 99 where id = 1
      slot.doctor_code           | update slot set doctor_code = 'DR9' where id = 1
      slot.starts_at             | update slot set starts_at = starts_at + interval '1 minute' where id = 1
      slot.ends_at               | update slot set ends_at = ends_at + interval '1 minute' where id = 1
      slot.label                 | update slot set label = 'DR1-20300107-0905' where id = 1
      slot.day                   | update slot set day = '2030-01-08' where id = 1
      slot.capacity              | update slot set capacity = 9 where id = 1
      slot.status                | update slot set status = 'COMPLETED' where id = 1
      slot.delay_minutes         | update slot set delay_minutes = 5 where id = 2
      slot.version               | update slot set version = 2 where id = 1
      slot_count.slot_id         | update slot_count set slot_id = 99 where slot_id = 1
      slot_count.capacity        | update slot_count set capacity = 9 where slot_id = 1
      slot_count.is_open         | update slot_count set is_open = false where slot_id = 2
      slot_count.active          | update slot_count set active = 2 where slot_id = 1
      slot_count.displaced       | update slot_count set displaced = 0 where slot_id = 1
      slot_count.cancelled       | update slot_count set cancelled = 0 where slot_id = 1
      slot_count.no_show         | update slot_count set no_show = 1 where slot_id = 1
      slot_count.completed       | update slot_count set completed = 1 where slot_id = 1
      slot_count.last_sequence   | update slot_count set last_sequence = 5 where slot_id = 1
      patient.id                 | update patient set id = 99 where id = 1
      patient.phone              | update patient set phone = '+919876500000' where id = 1
      patient.member             | update patient set member = 2 where id = 1
      patient.name               | update patient set name = 'X' where id = 1
      patient.salt               | update patient set salt = decode(repeat('0f', 16), 'hex') where id = 1
      patient.version            | update patient set version = 2 where id = 1
      token.id                   | update token set id = 99 where id = 1
      token.slot_id              | update token set slot_id = 2 where id = 1
      token.sequence_number      | update token set sequence_number = 9 where id = 1
      token.patient_id           | update token set patient_id = 4 where id = 1
      token.priority             | update token set priority = 'EMERGENCY' where id = 1
      token.source               | update token set source = 'APP' where id = 1
      token.status               | update token set status = 'NO_SHOW' where id = 1
      token.reallocated_from     | update token set reallocated_from = 1 where id = 3
      token.created_at           | update token set created_at = created_at + interval '1 second' where id = 1
      token.version              | update token set version = 3 where id = 1
      token.previous_status      | update token set previous_status = 'DISPLACED' where id = 1
      serving.token_id           | update serving set token_id = 1 where token_id = 4
      serving.slot_id            | update serving set slot_id = 1 where token_id = 4
      serving.arrived_at         | update serving set arrived_at = now() where token_id = 4
      serving.called_at          | update serving set called_at = called_at + interval '1 second' where token_id = 4
      serving.call_number        | update serving set call_number = 1 where token_id = 4
      serving.calls              | update serving set calls = 2 where token_id = 4
      serving.room               | update serving set room = '3' where token_id = 4
      serving.parked_at          | update serving set parked_at = parked_at + interval '1 second' where token_id = 5
      request.id                 | update request set id = 'x' where id = 'test-5'
      request.digest             | update request set digest = sha256('x') where id = 'test-5'
      request.kind               | update request set kind = 'REJECTED' where id = 'test-5'
      request.outcome            | update request set outcome = '{}' where id = 'test-5'
      request.transaction_id     | update request set transaction_id = 1 where id = 'test-5'
      audit_entry.at             | update audit_entry set at = at - interval '1 second' where chain = 'slot/1' and number = 4
      audit_entry.kind           | update audit_entry set kind = 'TOKEN_CANCELLED' where chain = 'slot/1' and number = 4
      audit_entry.actor          | update audit_entry set actor = 'x' where chain = 'slot/1' and number = 4
      audit_entry.login          | update audit_entry set login = 'x' where chain = 'slot/1' and number = 4
      audit_entry.request_id     | update audit_entry set request_id = 'test-4' where chain = 'slot/1' and number = 4
      audit_entry.doctor_code    | update audit_entry set doctor_code = 'DR1' where chain = 'slot/1' and number = 4
      audit_entry.slot_id        | update audit_entry set slot_id = 2 where chain = 'slot/1' and number = 4
      audit_entry.token_id       | update audit_entry set token_id = 2 where chain = 'slot/1' and number = 6
      audit_entry.patient_id     | update audit_entry set patient_id = 4 where chain = 'slot/1' and number = 4
      audit_entry.rule           | update audit_entry set rule = 3 where chain = 'slot/1' and number = 4
      audit_entry.facts          | update audit_entry set facts = '{"x":1}' where chain = 'slot/1' and number = 4
      audit_entry.chain          | update audit_entry set chain = 'slot/2' where chain = 'slot/1' and number = 4
      audit_entry.number         | update audit_entry set number = 99 where chain = 'slot/1' and number = 4
      audit_entry.previous_hash  | update audit_entry set previous_hash = sha256('x') where chain = 'slot/1' and number = 4
      audit_entry.hash           | update audit_entry set hash = sha256('x') where chain = 'slot/1' and number = 4
      audit_entry.token_version  | update audit_entry set token_version = 5 where chain = 'slot/1' and number = 4
      audit_entry.subject_version | update audit_entry set subject_version = 5 where chain = 'slot/1' and number = 1
      audit_entry.transaction_id | update audit_entry set transaction_id = 1 where chain = 'slot/1' and number = 4
      flyway_schema_history.version | update flyway_schema_history set version = '9' where version = '5'
      flyway_schema_history.success | update flyway_schema_history set success = false where version = '5'
      """;

  private static Clinic clinic;
  private static Connection superuser;

  @BeforeAll
  static void aDay() throws SQLException {
    clinic = Clinic.open();
    superuser = clinic.facility().connectAsSuperuser();
    try (Statement statement = superuser.createStatement()) {
      statement.execute("set session_replication_role = replica");
    }
    var slot = clinic.aSlot(2);
    var delayed = clinic.aSlot(2);
    var first = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.PAID);
    clinic.reject(Clinic.wish(slot, clinic.aPatient(), TokenPriority.FOLLOW_UP));
    clinic.cancel(first);
    var calling = clinic.aSlot(2);
    var third = clinic.aToken(calling, TokenPriority.PAID);
    var fourth = clinic.aToken(calling, TokenPriority.PAID);
    var serving = clinic.desk().serving();
    serving.call(clinic.request(), Clinic.reference(third), Optional.of("2"));
    serving.park(clinic.request(), Clinic.reference(fourth), null);
    clinic.desk().slotChanges().delay(clinic.request(), Clinic.reference(delayed), 10);
    assertThat(differences()).isZero();
    // What a superuser takes away before he changes what it protects.
    clinic
        .prompt()
        .run(
            "alter table slot alter id drop identity",
            "alter table patient alter id drop identity",
            "alter table token alter id drop identity",
            "alter table slot drop constraint slot_label_tells_doctor_and_day",
            "alter table slot_count drop constraint slot_counts_every_token_once",
            "alter table audit_entry drop constraint audit_entry_is_about_one_subject");
  }

  @AfterAll
  static void close() throws SQLException {
    superuser.close();
    clinic.close();
  }

  @TestFactory
  Stream<DynamicTest> whatIsTamperedWithIsFound() {
    return TextTable.rows(TAMPERED).stream()
        .map(row -> DynamicTest.dynamicTest(row.get(0), () -> assertFound(row.get(1))));
  }

  /// Takes the change back afterwards, by the rows as they were.
  private static void assertFound(String change) throws SQLException {
    String table = change.split(" ", 3)[1];
    try (Statement statement = superuser.createStatement()) {
      String columns =
          String.join(
              ", ",
              clinic
                  .prompt()
                  .column(
                      "select attname from pg_attribute where attrelid = '%s'::regclass and attnum > 0 and attgenerated = ''"
                          .formatted(table)));
      statement.execute(
          "create temporary table as_it_was as select %s from %s".formatted(columns, table));
      try {
        assertThat(statement.executeUpdate(change)).as(change).isPositive();
        assertThat(differences()).as(change).isPositive();
      } finally {
        statement.execute("delete from " + table);
        statement.execute(
            "insert into %s (%s) overriding system value select * from as_it_was"
                .formatted(table, columns));
        statement.execute("drop table as_it_was");
      }
    }
    assertThat(differences()).as("taken back: " + change).isZero();
  }

  private static int differences() {
    try (FacilityServices desk = clinic.facility().desk()) {
      return desk.verification()
          .verify(Optional.empty(), Optional.empty(), read -> {})
          .differences()
          .size();
    }
  }

  @Test
  void theManualHasEveryColumnAndThisTestEachThatIsCompared() throws Exception {
    Map<String, Boolean> manual = manual();
    List<String> compared =
        TextTable.rows(TAMPERED).stream().map(List::getFirst).distinct().sorted().toList();

    assertThat(manual.keySet())
        .containsExactlyInAnyOrderElementsOf(
            clinic
                .prompt()
                .column(
                    """
                    select relname || '.' || attname from pg_attribute a join pg_class c on c.oid = attrelid
                     where relnamespace = current_schema::regnamespace and relkind = 'r' and attnum > 0
                       and not attisdropped\
                    """));
    assertThat(manual.keySet().stream().filter(manual::get).toList())
        .containsExactlyInAnyOrderElementsOf(compared);
  }

  /// Whether each column is compared, as the manual has it.
  private static Map<String, Boolean> manual() throws Exception {
    Map<String, Boolean> columns = new TreeMap<>();
    for (String line : Files.readAllLines(MANUAL)) {
      String[] cells = line.split("\\|");
      if (cells.length == 5 && cells[1].strip().matches("`[a-z_]+`")) {
        String table = cells[1].replaceAll("[` ]", "");
        for (String column : cells[2].split(",")) {
          columns.put(table + "." + column.replaceAll("[` ]", ""), cells[3].strip().equals("yes"));
        }
      }
    }
    return columns;
  }
}
