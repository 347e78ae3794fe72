package opd.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.TokenPriority;
import opd.record.StoredEntry;
import opd.testing.Clinic;
import opd.testing.KeptRows;
import opd.verify.Difference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a superuser does with triggers and foreign keys switched off is found and named.
///
/// The slot's chain: 1 opened, 2 token 1, 3 token 2, 4 token 3 in the place of 2, 5 its victim's
/// entry, 6 refused, 7 token 1 cancelled.
@Order(22)
final class TamperingTest {
  /// A hash or a time: another one every day.
  private static final Pattern CHANCE =
      Pattern.compile("[0-9a-f]{64}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  private static Clinic clinic;
  private static Slot slot;
  private static KeptRows rows;

  @BeforeAll
  static void aSmallDay() throws Exception {
    clinic = Clinic.open();
    slot = clinic.aSlot(2);
    var first = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.PAID);
    clinic.reject(Clinic.wish(slot, clinic.aPatient(), TokenPriority.FOLLOW_UP));
    clinic.cancel(first);
    assertThat(differences()).isEmpty();
    rows = new KeptRows(clinic.facility());
  }

  @AfterEach
  void putBack() throws Exception {
    rows.putBack();
  }

  @AfterAll
  static void close() throws Exception {
    rows.close();
    clinic.close();
  }

  @Test
  void aChangedFactIsNamedWithItsEntryAndHash() throws Exception {
    tamper(
        "update audit_entry set facts = replace(facts::text, '\"active\":2', '\"active\":1')::json where chain = 'slot/1' and number = 4");
    assertThat(differences())
        .containsExactly("slot/1 4 facts.active: 2, found 1", "slot/1 4 hash: #, found #");
  }

  @Test
  void aChangedWishIsFoundByItsConsequences() throws Exception {
    tamper(
        "update audit_entry set facts = replace(facts::text, 'PAID', 'EMERGENCY')::json where chain = 'slot/1' and number = 4");
    assertThat(differences())
        .containsExactly(
            "slot/1 4 rule: 3, found 2",
            "slot/1 4 outcome.token.priority: EMERGENCY, found PAID",
            "slot/1 4 outcome.rule: 3, found 2",
            "slot/1 4 outcome.warnings[0]: NO_REASON, found nothing",
            "slot/1 4 hash: #, found #",
            "slot/1 6 facts.candidates[1].priority: EMERGENCY, found PAID",
            "slot/1 token 3 priority: EMERGENCY, found PAID");
  }

  @Test
  void anEntryRemovedFromTheMiddleLeavesAGap() throws Exception {
    tamper("delete from audit_entry where chain = 'slot/1' and number = 6");
    assertThat(differences())
        .containsExactly(
            "slot/1 6 entry: an entry before number 7, found nothing",
            "request test-6 outcome: nothing, found REJECTED that no entry decided");
  }

  @Test
  void theLastEntryRemovedIsFoundByItsRow() throws Exception {
    tamper("delete from audit_entry where chain = 'slot/1' and number = 7");
    assertThat(differences())
        .containsExactly(
            "slot/1 slot 1 count of ACTIVE: 2, found 1",
            "slot/1 slot 1 count of CANCELLED: 0, found 1",
            "slot/1 token 1 status: ACTIVE, found CANCELLED",
            "slot/1 token 1 previous_status: nothing, found ACTIVE",
            "slot/1 token 1 version: 1, found 2",
            "request test-7 outcome: nothing, found TOKEN_DONE that no entry decided");
  }

  @Test
  void theVictimsEntryRemovedFromTheEndIsMissed() throws Exception {
    tamper("delete from audit_entry where chain = 'slot/1' and number > 4");
    assertThat(differences())
        .containsExactlyInAnyOrder(
            "slot/1 5 entry: TOKEN_DISPLACED of token 2, found nothing",
            "slot/1 slot 1 count of ACTIVE: 2, found 1",
            "slot/1 slot 1 count of CANCELLED: 0, found 1",
            "slot/1 token 1 status: ACTIVE, found CANCELLED",
            "slot/1 token 1 previous_status: nothing, found ACTIVE",
            "slot/1 token 1 version: 1, found 2",
            "request test-6 outcome: nothing, found REJECTED that no entry decided",
            "request test-7 outcome: nothing, found TOKEN_DONE that no entry decided");
  }

  @Test
  void twoSwappedEntriesAreNamed() throws Exception {
    tamper(
        "update audit_entry set number = number + 100 where chain = 'slot/1' and number in (2, 3)",
        "update audit_entry set number = 3 where chain = 'slot/1' and number = 102",
        "update audit_entry set number = 2 where chain = 'slot/1' and number = 103");
    assertThat(differences())
        .contains(
            "slot/1 2 previous_hash: #, found #",
            "slot/1 2 facts.active: 0, found 1",
            "slot/1 2 hash: #, found #",
            "slot/1 3 previous_hash: #, found #",
            "slot/1 3 at: not before that of the entry before, #, found #",
            "slot/1 3 facts.active: 1, found 0",
            "slot/1 3 hash: #, found #",
            "slot/1 4 previous_hash: #, found #");
  }

  @Test
  void anInsertedEntryIsNamed() throws Exception {
    tamper(
        """
        insert into audit_entry (at, kind, actor, request_id, slot_id, patient_id, rule, facts, chain, number,
          previous_hash, hash, login)
        select at, kind, actor, request_id, slot_id, patient_id, rule, facts, chain, 8, hash, sha256('forged'), login
          from audit_entry where chain = 'slot/1' and number = 6\
        """);
    assertThat(differences())
        .containsExactly(
            "slot/1 8 previous_hash: #, found #",
            "slot/1 8 at: not before that of the entry before, #, found #",
            "slot/1 8 decision: TOKEN_ALLOCATED, found ALLOCATION_REJECTED",
            "slot/1 8 hash: #, found #",
            "slot/1 8 transaction_id: #, found #");
  }

  @Test
  void aWholeChainRemovedLeavesRowsAndRequestsWithoutEntries() throws Exception {
    tamper("delete from audit_entry where chain = 'slot/1'");
    assertThat(differences())
        .containsExactlyInAnyOrder(
            "slot/1 slot 1 row: nothing, found a row that no entry tells of",
            "slot/1 token 1 row: nothing, found a row that no entry tells of",
            "slot/1 token 2 row: nothing, found a row that no entry tells of",
            "slot/1 token 3 row: nothing, found a row that no entry tells of",
            "request test-2 outcome: nothing, found SLOTS_OPENED that no entry decided",
            "request test-3 outcome: nothing, found ADMITTED that no entry decided",
            "request test-4 outcome: nothing, found ADMITTED that no entry decided",
            "request test-5 outcome: nothing, found ADMITTED that no entry decided",
            "request test-6 outcome: nothing, found REJECTED that no entry decided",
            "request test-7 outcome: nothing, found TOKEN_DONE that no entry decided");
  }

  @Test
  void aStatusChangedWithoutAnEntryIsNamed() throws Exception {
    tamper("update token set status = 'NO_SHOW' where id = 1");
    assertThat(differences()).containsExactly("slot/1 token 1 status: CANCELLED, found NO_SHOW");
  }

  @Test
  void aChangedSequenceNumberIsNamed() throws Exception {
    tamper("update token set sequence_number = 9 where id = 2");
    assertThat(differences()).containsExactly("slot/1 token 2 sequence_number: 2, found 9");
  }

  @Test
  void aDeletedTokenIsNamed() throws Exception {
    tamper("delete from token where id = 2");
    assertThat(differences())
        .containsExactly("slot/1 token 2 row: a row, as the log tells of it, found nothing");
  }

  @Test
  void anAddedTokenIsNamed() throws Exception {
    tamper(
        """
        insert into token (slot_id, sequence_number, patient_id, priority, source, created_at)
        values (1, 4, 1, 'PAID', 'APP', now())\
        """);
    assertThat(differences())
        .containsExactly("slot/1 token 4 row: nothing, found a row that no entry tells of");
  }

  @Test
  void aChangedCounterIsNamed() throws Exception {
    tamper("update slot_count set displaced = 0, cancelled = 2 where slot_id = 1");
    assertThat(differences())
        .containsExactly(
            "slot/1 slot 1 count of DISPLACED: 1, found 0",
            "slot/1 slot 1 count of CANCELLED: 1, found 2");
  }

  @Test
  void aChangedOutcomeIsNamedToTheField() throws Exception {
    tamper(
        "update request set outcome = replace(outcome::text, '\"rule\":2', '\"rule\":3')::json where id = 'test-5'");
    assertThat(differences()).containsExactly("slot/1 4 outcome.rule: 2, found 3");
  }

  @Test
  void anOutcomeOfAnotherKindIsNamed() throws Exception {
    tamper(
        "update request set kind = 'PATIENT_SAVED', outcome = '{\"patient\":{\"id\":4}}' where id = 'test-6'");
    assertThat(differences())
        .containsExactly("slot/1 6 outcome.kind: REJECTED, found PATIENT_SAVED");
  }

  @Test
  void aSlotAddedToAnOutcomeIsNamed() throws Exception {
    tamper(
        "update request set outcome = replace(outcome::text, '\"capacity\":2', '\"capacity\":3')::json where id = 'test-2'");
    assertThat(differences())
        .containsExactly("request test-2 outcome.slots[0].capacity: 2, found 3");
  }

  @Test
  void aDeletedOutcomeIsNamed() throws Exception {
    tamper("delete from request where id in ('test-2', 'test-3', 'test-5')");
    assertThat(differences())
        .containsExactly(
            "patient/1 1 outcome: stored for request test-3, found nothing",
            "patient/1 1 hash: #, found #",
            "patient/3 1 outcome: stored for request test-5, found nothing",
            "patient/3 1 hash: #, found #",
            "slot/1 1 hash: #, found #",
            "slot/1 2 outcome: stored for request test-3, found nothing",
            "slot/1 2 hash: #, found #",
            "slot/1 4 outcome: stored for request test-5, found nothing",
            "slot/1 4 hash: #, found #",
            "slot/1 5 hash: #, found #",
            "request test-2 outcome: a stored one, found nothing");
  }

  @Test
  void twoSwappedNamesAreFoundWithoutPrintingThem() throws Exception {
    tamper(
        "update patient set name = (select name from patient other where other.id = 3 - patient.id) where id in (1, 2)");
    assertThat(differences())
        .containsExactly(
            "patient/1 patient 1 digest of name, phone and member: #, found #",
            "patient/2 patient 2 digest of name, phone and member: #, found #");
  }

  @Test
  void aChangedTimeIsNamed() throws Exception {
    tamper(
        "update audit_entry set at = at - interval '1 second' where chain = 'slot/1' and number = 7");
    assertThat(differences())
        .containsExactly(
            "slot/1 7 at: not before that of the entry before, #, found #",
            "slot/1 7 hash: #, found #");
  }

  @Test
  void aChangedCreationTimeIsNamed() throws Exception {
    tamper("update token set created_at = created_at + interval '1 second' where id = 1");
    assertThat(differences()).containsExactly("slot/1 token 1 created_at: #, found #");
  }

  @Test
  void aChangedDoctorIsNamed() throws Exception {
    tamper("update doctor set name = 'Dr. Nobody', active = false");
    assertThat(differences())
        .containsExactly(
            "doctor/DR1 doctor DR1 name or specialization: #, found #",
            "doctor/DR1 doctor DR1 active: true, found false");
  }

  @Test
  void anAddedDoctorIsNamed() throws Exception {
    tamper("insert into doctor (code, name) values ('DR9', 'Dr. Nobody')");
    assertThat(differences())
        .containsExactly("doctor/DR9 doctor DR9 row: nothing, found a row that no entry tells of");
  }

  @Test
  void aDeletedDoctorIsNamed() throws Exception {
    tamper("delete from doctor where code = 'DR1'");
    assertThat(differences())
        .contains("doctor/DR1 doctor DR1 row: a row, as the log tells of it, found nothing");
  }

  @Test
  void anAddedPatientIsNamed() throws Exception {
    tamper(
        """
        insert into patient (phone, name, salt)
        values ('+919876500000', 'Nobody', decode(repeat('0f', 16), 'hex'))\
        """);
    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("patient/")
        .endsWith(" row: nothing, found a row that no entry tells of");
  }

  @Test
  void aDeletedPatientIsNamed() throws Exception {
    tamper("delete from patient where id = 4");
    assertThat(differences())
        .containsExactly("patient/4 patient 4 row: a row, as the log tells of it, found nothing");
  }

  @Test
  void anAddedRequestIsNamed() throws Exception {
    tamper(
        """
        insert into request (id, digest, kind, outcome)
        values ('forged', sha256('forged'), 'PATIENT_SAVED', '{"patient":{"id":1}}')\
        """);
    assertThat(differences())
        .containsExactly(
            "request forged outcome: nothing, found PATIENT_SAVED that no entry decided");
  }

  @Test
  void aClockThatNoProgramKnowsIsNamed() throws Exception {
    // No other test minds that it is missing.
    clinic.prompt().run("alter table facility drop constraint facility_clock_is_known");
    tamper("update facility set clock = 'SUNDIAL'");
    assertThat(differences()).containsExactly("facility facility clock: DATABASE, found SUNDIAL");
    try (FacilityServices desk = clinic.facility().desk()) {
      assertThat(
              desk.verification().verify(Optional.empty(), Optional.empty(), read -> {}).isWhole())
          .isFalse();
      assertThatThrownBy(desk::settings)
          .isInstanceOfSatisfying(
              OpdException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CHECK_FAILED));
    }
  }

  @Test
  void anEntryWhoseRequestWasRemovedIsReadAllTheSame() throws Exception {
    List<StoredEntry> before = entries();
    tamper("delete from request where id = 'test-5'");
    assertThat(entries())
        .hasSameSizeAs(before)
        .filteredOn(entry -> entry.requestId().equals("test-5"))
        .isNotEmpty()
        .allMatch(entry -> entry.requestDigest() == null);
  }

  private static List<StoredEntry> entries() {
    List<StoredEntry> entries = new ArrayList<>();
    clinic.desk().audit().read(AuditService.Query.EVERYTHING, entries::add);
    return entries;
  }

  @Test
  void aSlotWithoutAnEntryIsNamed() throws Exception {
    tamper(
        """
        insert into slot (doctor_code, starts_at, ends_at, label, day, capacity)
        values ('DR1', '2031-01-07T09:00Z', '2031-01-07T10:00Z', 'DR1-20310107-0900', '2031-01-07', 3)\
        """);
    assertThat(differences())
        .containsExactly("slot/2 slot 2 row: nothing, found a row that no entry tells of");
  }

  @Test
  void changedBoundsOfTheCountsAreNamed() throws Exception {
    clinic.aSlot(3);
    tamper(
        "update slot_count set capacity = 20 where slot_id = 1",
        "update slot_count set is_open = false where slot_id = 2");
    assertThat(differences())
        .containsExactly(
            "slot/1 slot 1 capacity of its counts: 2, found 20",
            "slot/2 slot 2 is_open of its counts: true, found false");
  }

  @Test
  void countsOfNoSlotAreNamed() throws Exception {
    tamper("insert into slot_count (slot_id, capacity, is_open) values (99, 1, true)");
    assertThat(differences())
        .containsExactly("slot_count 99 row: nothing, found counts of no slot");
  }

  @Test
  void missingCountsAreNamed() throws Exception {
    tamper("delete from slot_count where slot_id = 1");
    assertThat(differences())
        .containsExactly(
            "slot/1 slot 1 count of ACTIVE: 1, found 0",
            "slot/1 slot 1 count of DISPLACED: 1, found 0",
            "slot/1 slot 1 count of CANCELLED: 1, found 0",
            "slot/1 slot 1 row of counts: a row, found nothing");
  }

  @Test
  void changedVersionsAreNamed() throws Exception {
    tamper(
        "update facility set version = 3",
        "update doctor set version = 3",
        "update patient set version = 3 where id = 1",
        "update slot set version = 3 where id = 1");
    assertThat(differences())
        .containsExactly(
            "doctor/DR1 doctor DR1 version: 1, found 3",
            "facility facility version: 1, found 3",
            "patient/1 patient 1 version: 1, found 3",
            "slot/1 slot 1 version: 1, found 3");
  }

  @Test
  void changedSettingsOfTheFacilityAreNamed() throws Exception {
    tamper(
        "update facility set default_region = 'US', zone = 'Asia/Kolkata', clock = 'SIMULATION',"
            + " phone_key = sha256('another')");
    assertThat(differences())
        .containsExactly(
            "facility facility default_region: IN, found US",
            "facility facility zone: UTC, found Asia/Kolkata",
            "facility facility clock: DATABASE, found SIMULATION",
            "facility facility phone_key: #, found #");
  }

  @Test
  void aRemovedFacilityIsNamed() throws Exception {
    var desk = clinic.desk();
    tamper("delete from facility");
    assertThat(differences())
        .containsExactly("facility facility row: a row, as the log tells of it, found nothing");
    assertThat(desk).isNotNull();
  }

  @Test
  void anotherLoginIsNamed() throws Exception {
    tamper("update audit_entry set login = 'nobody' where chain = 'slot/1' and number = 4");
    assertThat(differences()).containsExactly("slot/1 4 hash: #, found #");
  }

  @Test
  void anotherDigestOfARequestIsNamed() throws Exception {
    tamper("update request set digest = sha256('another') where id = 'test-5'");
    assertThat(differences())
        .containsExactly(
            "patient/3 1 hash: #, found #",
            "slot/1 4 hash: #, found #",
            "slot/1 5 hash: #, found #");
  }

  @Test
  void anotherTransactionIsNamed() throws Exception {
    tamper(
        "update audit_entry set transaction_id = transaction_id - 1 where chain = 'slot/1' and number = 4");
    assertThat(differences()).containsExactly("slot/1 4 transaction_id: #, found #");
  }

  @Test
  void aChangedHistoryOfTheSchemaIsNamed() throws Exception {
    tamper("update flyway_schema_history set version = '4b' where version = '5'");
    assertThat(differences())
        .containsExactly(
            "flyway_schema_history version: [1, 2, 3, 4, 5, 6], found [1, 2, 3, 4, 4b, 6]");
  }

  /// What a desk's login may write into its own entries must not hide what is tampered with later.
  @Test
  void garbageInAnEntryIsOneDifferenceAndHidesNothingElse() throws Exception {
    for (String number : List.of("2", "4", "5", "6", "7")) {
      tamper("update audit_entry set facts = '{}' where chain = 'slot/1' and number = " + number);
    }
    tamper("update token set status = 'NO_SHOW' where id = 1");
    assertThat(differences())
        .containsExactly(
            "slot/1 2 facts: the facts of TOKEN_ALLOCATED, found {}",
            "slot/1 2 hash: #, found #",
            "slot/1 4 facts: the facts of TOKEN_ALLOCATED, found {}",
            "slot/1 4 hash: #, found #",
            "slot/1 5 facts.by: DR1-20300107-0900-03, found nothing",
            "slot/1 5 hash: #, found #",
            "slot/1 6 facts: the facts of ALLOCATION_REJECTED, found {}",
            "slot/1 6 hash: #, found #",
            "slot/1 7 facts: the facts of TOKEN_CANCELLED, found {}",
            "slot/1 7 hash: #, found #",
            "slot/1 token 1 status: CANCELLED, found NO_SHOW");
  }

  @Test
  void aRefusalThatTheRuleDoesNotGiveHidesNothingElse() throws Exception {
    tamper(
        """
        update audit_entry
           set facts = replace(facts::text, '"code":"SLOT_FULL"', '"code":"DUPLICATE_TOKEN"')::json
         where chain = 'slot/1' and number = 6\
        """,
        "update token set status = 'NO_SHOW' where id = 1");
    assertThat(differences())
        .containsExactly(
            "slot/1 6 facts.code: SLOT_FULL, found DUPLICATE_TOKEN",
            "slot/1 6 hash: #, found #",
            "slot/1 token 1 status: CANCELLED, found NO_SHOW");
  }

  @Test
  void aTailRemovedWithItsRowsIsFoundThroughTheSeal(@TempDir Path folder) throws Exception {
    Path seal = SealedLog.write(clinic.desk(), folder);
    tamper(
        "delete from audit_entry where chain = 'slot/1' and number = 7",
        "update token set status = 'ACTIVE', version = 1, previous_status = null where id = 1",
        "update slot_count set active = 2, cancelled = 0 where slot_id = 1",
        "delete from request where id = 'test-7'");
    assertThat(differences()).isEmpty();
    assertThat(differences(Optional.of(seal)))
        .containsExactly("slot/1 7 entry: sealed with hash #, found nothing");
  }

  @Test
  void aWholeChainRemovedWithItsRowsIsFoundThroughTheSeal(@TempDir Path folder) throws Exception {
    Path seal = SealedLog.write(clinic.desk(), folder);
    tamper(
        "delete from audit_entry where chain <> 'facility' and request_id <> 'test-1'",
        "delete from token",
        "delete from slot_count",
        "delete from slot",
        "delete from patient",
        "delete from request where id <> 'test-1' and kind <> 'FACILITY_SAVED'");
    assertThat(differences()).isEmpty();
    assertThat(differences(Optional.of(seal)))
        .containsExactly(
            "patient/1 1 entry: sealed with hash #, found nothing",
            "patient/2 1 entry: sealed with hash #, found nothing",
            "patient/3 1 entry: sealed with hash #, found nothing",
            "patient/4 1 entry: sealed with hash #, found nothing",
            "slot/1 7 entry: sealed with hash #, found nothing");
  }

  @Test
  void aSealStillHoldsAfterTheLogHasGrown(@TempDir Path folder) throws Exception {
    Path seal = SealedLog.write(clinic.desk(), folder);
    clinic.aToken(slot, TokenPriority.EMERGENCY);
    clinic.aSlot(3);
    assertThat(differences(Optional.of(seal))).isEmpty();
  }

  @Test
  void aRecomputedChainIsFoundThroughTheSeal(@TempDir Path folder) throws Exception {
    Path seal = SealedLog.write(clinic.desk(), folder);
    tamper(
        "update audit_entry set hash = sha256('rewritten') where chain = 'slot/1' and number = 7");
    assertThat(differences(Optional.of(seal)))
        .containsExactly("slot/1 7 hash: #, found #", "slot/1 7 sealed hash: #, found #");
  }

  private static void tamper(String... statements) throws Exception {
    try (var connection = clinic.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  private static List<String> differences() {
    return differences(Optional.empty());
  }

  private static List<String> differences(Optional<Path> seal) {
    return clinic
        .desk()
        .verification()
        .verify(Optional.empty(), seal, read -> {})
        .differences()
        .stream()
        .map(TamperingTest::text)
        .toList();
  }

  /// With a `#` for each value that no test can know.
  private static String text(Difference difference) {
    StringBuilder text = new StringBuilder();
    for (Object part : new Object[] {difference.chain(), difference.number(), difference.row()}) {
      if (part != null) {
        text.append(part).append(' ');
      }
    }
    text.append(difference.field()).append(": ");
    boolean isOfChance = difference.field().equals("transaction_id");
    return text.append(isOfChance ? "#" : known(difference.expected()))
        .append(", found ")
        .append(isOfChance ? "#" : known(difference.found()))
        .toString();
  }

  private static String known(String value) {
    return value == null ? "nothing" : CHANCE.matcher(value).replaceAll("#");
  }
}
