package opd.store.schema;

import static opd.store.schema.GuardedFacility.entry;
import static opd.store.schema.GuardedFacility.entryAbout;
import static opd.store.schema.GuardedFacility.entryOfNewest;
import static opd.store.schema.GuardedFacility.insertToken;
import static opd.store.schema.GuardedFacility.outcome;
import static opd.store.schema.GuardedFacility.setStatus;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The audit log and the stored outcomes against plain SQL.
final class GuardAuditTest {
  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void theLogIsOnlyEverAddedTo() throws SQLException {
    facility.aToken(facility.aSlot(1), "PAID");
    for (String statement :
        new String[] {
          "update audit_entry set actor = 'nobody'",
          "update audit_entry set hash = previous_hash where number = 2",
          "delete from audit_entry where kind = 'TOKEN_ALLOCATED'",
          "truncate audit_entry cascade"
        }) {
      assertThat(facility.desk.refusal(statement)).isEqualTo("42501");
      assertThat(facility.superuser.refusal(statement))
          .isIn("audit_is_append_only", "token_is_kept");
    }
    assertThat(facility.superuser.refusal("delete from audit_entry where false"))
        .isEqualTo("audit_is_append_only");
  }

  @Test
  void aStoredOutcomeNeverChanges() throws SQLException {
    facility.aDoctor();
    for (String statement :
        new String[] {
          "update request set outcome = '{}'", "delete from request", "truncate request cascade"
        }) {
      assertThat(facility.desk.refusal(statement)).isEqualTo("42501");
      assertThat(facility.superuser.refusal(statement))
          .isIn("request_is_append_only", "audit_is_append_only", "token_is_kept");
    }
  }

  @Test
  void aRequestIdIsUsedOnce() throws SQLException {
    String request = facility.newRequest();
    facility.desk.run(outcome(request));

    assertThat(facility.desk.refusal(outcome(request))).isEqualTo("request_pkey");
  }

  @Test
  void aTokenWithoutItsEntryIsRefusedAtCommit() throws SQLException {
    for (Prompt prompt : prompts()) {
      long slot = facility.aSlot(1);
      assertThat(prompt.refusalAtCommit(insertToken(slot, facility.aPatient(), "PAID")))
          .isEqualTo("token_change_has_its_audit_entry");
      assertThat(
              facility.desk.number("select last_sequence from slot_count where slot_id = " + slot))
          .isZero();
    }
  }

  @Test
  void aChangeWithoutItsEntryIsRefusedAtCommit() throws SQLException {
    long token = facility.aToken(facility.aSlot(1), "PAID");
    for (Prompt prompt : prompts()) {
      assertThat(prompt.refusalAtCommit(setStatus(token, "CANCELLED")))
          .isEqualTo("token_change_has_its_audit_entry");
    }
  }

  @Test
  void aNewSlotDoctorOrPatientWithoutItsEntryIsRefusedAtCommit() throws SQLException {
    String doctor = facility.aDoctor();
    for (Prompt prompt : prompts()) {
      assertThat(
              prompt.refusalAtCommit(
                  GuardedFacility.insertSlot(doctor, "2030-01-07T00:00Z", "2030-01-08T00:00Z", 1)))
          .isEqualTo("slot_change_has_its_audit_entry");
      assertThat(
              prompt.refusalAtCommit("insert into doctor (code, name) values ('UNTOLD', 'Dr. X')"))
          .isEqualTo("doctor_change_has_its_audit_entry");
      assertThat(
              prompt.refusalAtCommit(
                  "insert into patient (phone, name, salt)"
                      + " values ('+919111111111', 'X', decode(repeat('00', 16), 'hex'))"))
          .isEqualTo("patient_change_has_its_audit_entry");
    }
  }

  @Test
  void everyChangeOfASlotNeedsAnEntryOfItsOwn() throws SQLException {
    long slot = facility.aSlot(1);
    String[] twice = facility.changingSlot(slot, "DELAYED", 10);
    assertThat(
            facility.desk.refusalAtCommit(
                GuardedFacility.setSlot(slot, "DELAYED", "5"), twice[0], twice[1], twice[2]))
        .isEqualTo("slot_change_has_its_audit_entry");
    String[] once = facility.changingSlot(slot, "DELAYED", 20);
    String other = facility.newRequest();
    assertThat(
            facility.desk.refusal(
                once[0],
                once[1],
                once[2],
                outcome(other),
                entryAbout("slot_id", Long.toString(slot), "SLOT_DELAYED", other)))
        .isEqualTo("audit_entry_tells_each_change_of_its_subject_once");
    assertThat(
            facility.desk.refusal(
                outcome(other),
                entryAbout("slot_id", Long.toString(slot), "SLOT_CANCELLED", other)))
        .isEqualTo("audit_entry_is_true");
  }

  @Test
  void aChangeOfAnUnloggedChangeIsRefused() throws SQLException {
    long token = facility.aToken(facility.aSlot(1), "PAID");
    String request = facility.newRequest();
    for (Prompt prompt : prompts()) {
      assertThat(
              prompt.refusal(
                  setStatus(token, "DISPLACED"),
                  setStatus(token, "ACTIVE"),
                  outcome(request),
                  entry("TOKEN_REINSTATED", token, request)))
          .isEqualTo("token_change_has_its_audit_entry");
    }
  }

  @Test
  void aChangeWhoseEntryWasTakenBackIsRefusedAtCommit() throws SQLException {
    long token = facility.aToken(facility.aSlot(1), "PAID");
    String request = facility.newRequest();

    assertThat(
            facility.desk.refusalAtCommit(
                setStatus(token, "NO_SHOW"),
                "savepoint told",
                outcome(request),
                entry("TOKEN_NO_SHOW", token, request),
                "rollback to savepoint told"))
        .isEqualTo("token_change_has_its_audit_entry");
  }

  @Test
  void anEntryWithoutTheOutcomeOfItsRequestIsRefused() throws SQLException {
    long slot = facility.aSlot(1);
    long patient = facility.aPatient();
    for (Prompt prompt : prompts()) {
      assertThat(
              prompt.refusal(
                  insertToken(slot, patient, "PAID"), entryOfNewest(slot, facility.newRequest())))
          .isEqualTo("audit_entry_request_has_its_outcome");
    }
  }

  @Test
  void anEntryThatDoesNotTellTheTokensStatusIsRefused() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    for (String lie :
        List.of(
            "TOKEN_ALLOCATED",
            "TOKEN_DISPLACED",
            "TOKEN_CANCELLED",
            "TOKEN_NO_SHOW",
            "TOKEN_COMPLETED",
            "TOKEN_REINSTATED")) {
      for (Prompt prompt : prompts()) {
        String request = facility.newRequest();
        assertThat(prompt.refusal(outcome(request), entry(lie, token, request)))
            .as(lie)
            .isEqualTo(
                lie.equals("TOKEN_ALLOCATED")
                    ? "audit_entry_tells_each_change_once"
                    : "audit_entry_is_true");
      }
    }
  }

  @Test
  void aNewTokenIsNotToldAsReinstated() throws SQLException {
    long slot = facility.aSlot(1);
    String reinstated = entryOfNewest(slot, "x").replace("TOKEN_ALLOCATED", "TOKEN_REINSTATED");

    assertThat(facility.desk.refusal(insertToken(slot, facility.aPatient(), "PAID"), reinstated))
        .isEqualTo("audit_entry_is_true");
  }

  @Test
  void aReinstatedTokenIsNotToldAsNew() throws SQLException {
    long token = facility.aDisplacedToken(facility.aSlot(1));

    assertThat(
            facility.desk.refusal(setStatus(token, "ACTIVE"), entry("TOKEN_ALLOCATED", token, "x")))
        .isEqualTo("audit_entry_is_true");
  }

  @Test
  void anEntryNamesTheTokensOwnSlotAndPatient() throws SQLException {
    long slot = facility.aSlot(1);
    long otherSlot = facility.aSlot(1);
    long otherPatient = facility.aPatient();
    String insert = insertToken(slot, facility.aPatient(), "PAID");
    String told = entryOfNewest(slot, "x");

    assertThat(facility.desk.refusal(insert, told.replace("'x', slot_id", "'x', " + otherSlot)))
        .isEqualTo("audit_entry_is_true");
    assertThat(
            facility.desk.refusal(
                insert, told.replace("id, patient_id, 1", "id, %d, 1".formatted(otherPatient))))
        .isEqualTo("audit_entry_is_true");
    assertThat(
            facility.desk.refusal(
                insert, told.replace("slot_id, id, patient_id, 1", "slot_id, null, patient_id, 1")))
        .isEqualTo("audit_entry_is_true");
  }

  @Test
  void anEntryIsAboutSomethingThatExists() throws SQLException {
    for (String about : List.of("slot_id", "patient_id", "doctor_code")) {
      String nothing = about.equals("doctor_code") ? "NOBODY" : "987654321";
      assertThat(facility.desk.refusal(entryAbout(about, nothing, "CHANGE_REJECTED", "x")))
          .isEqualTo("audit_entry_is_of_something");
    }
  }

  @Test
  void anEntryIsOfItsOwnRequestAndAboutOneSubject() throws SQLException {
    String slot = Long.toString(facility.aSlot(1));
    String doctor = facility.aDoctor();
    String request = facility.newRequest();
    facility.desk.run(outcome(request), entryAbout("slot_id", slot, "CHANGE_REJECTED", request));

    assertThat(facility.desk.refusal(entryAbout("slot_id", slot, "CHANGE_REJECTED", request)))
        .as("of a request that another transaction decided")
        .isEqualTo("audit_entry_request_has_its_outcome");
    String other = facility.newRequest();
    String honest = entryAbout("slot_id", slot, "CHANGE_REJECTED", other);
    assertThat(
            facility.desk.refusal(
                outcome(other),
                honest
                    .replace("(actor", "(doctor_code, actor")
                    .replace("('test'", "('%s', 'test'".formatted(doctor))))
        .isEqualTo("audit_entry_is_about_one_subject");
    assertThat(
            facility.desk.refusal(
                outcome(other),
                honest
                    .replace("(actor", "(patient_id, actor")
                    .replace("('test'", "(987654321, 'test'")))
        .as("about a patient who does not exist")
        .isEqualTo("audit_entry_is_true");
  }

  @Test
  void kindsRulesAndActorsAreKnownWords() throws SQLException {
    String request = facility.newRequest();
    String honest =
        entryAbout("slot_id", Long.toString(facility.aSlot(1)), "CHANGE_REJECTED", request);

    assertThat(
            facility.desk.refusal(
                outcome(request), honest.replace("CHANGE_REJECTED", "CHANGE_EATEN")))
        .isEqualTo("audit_entry_kind_is_known");
    assertThat(facility.desk.refusal(outcome(request), honest.replace("'test'", "U&'a\\202Eb'")))
        .isEqualTo("audit_entry_actor_is_plain_text");
    assertThat(
            facility.desk.refusal(
                outcome(request),
                honest.replace("facts, ", "facts, rule, ").replace("'{}', ", "'{}', 6, ")))
        .isEqualTo("audit_entry_rule_is_known");
  }

  @Test
  void factsAndOutcomesHaveABound() throws SQLException {
    String request = facility.newRequest();
    String honest =
        entryAbout("slot_id", Long.toString(facility.aSlot(1)), "CHANGE_REJECTED", request);

    assertThat(
            facility.desk.refusal(
                outcome(request), honest.replace("'{}'", "to_json(repeat('x', 200000))")))
        .isEqualTo("audit_entry_facts_are_bounded");
    assertThat(
            facility.desk.refusal(
                outcome(request).replace("'{}'", "to_json(repeat('x', 2000000))")))
        .isEqualTo("request_outcome_is_bounded");
  }

  @Test
  void aTransactionThatWasKeptOpenCannotDateItsEntriesBack() throws SQLException {
    String request = facility.newRequest();
    String entry =
        entryAbout("slot_id", Long.toString(facility.aSlot(1)), "CHANGE_REJECTED", request);
    // As if the transaction had begun an hour ago: nobody waits for that here.
    String schema = facility.facility.name().schema();
    String guard = "alter function audit_entry_joins_its_chain() set search_path = " + schema;
    facility.superuser.run(
        "create function %s.now() returns timestamptz language sql stable".formatted(schema)
            + " return transaction_timestamp() - interval '61 seconds'",
        guard + ", pg_catalog, pg_temp");
    try {
      assertThat(facility.desk.refusal(outcome(request), entry)).isEqualTo("audit_entry_is_of_now");
    } finally {
      facility.superuser.run(guard + ", pg_temp", "drop function %s.now()".formatted(schema));
    }
    facility.desk.run(outcome(request), entry);
  }

  @Test
  void anEntryHoldsTheLoginThatWroteIt() throws SQLException {
    long slot = facility.aSlot(1);
    String request = facility.newRequest();
    String entry =
        entryAbout("slot_id", Long.toString(slot), "CHANGE_REJECTED", request)
            .replace("'test'", "'a colleague'");
    facility.desk.run(outcome(request), entry);

    assertThat(
            facility.desk.column(
                "select login = session_user from audit_entry where request_id = '%s'"
                    .formatted(request)))
        .containsExactly("t");
    assertThat(
            facility.desk.refusal(
                outcome("y"),
                entry.replace("actor,", "login, actor,").replace("('a", "('a colleague', 'a")))
        .isEqualTo("42501");
  }

  private static List<Prompt> prompts() {
    return List.of(facility.desk, facility.superuser);
  }
}
