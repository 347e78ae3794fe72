package opd.store;

import static opd.store.GuardedFacility.entry;
import static opd.store.GuardedFacility.entryOfNewest;
import static opd.store.GuardedFacility.insertToken;
import static opd.store.GuardedFacility.outcome;
import static opd.store.GuardedFacility.setStatus;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The audit log and the stored outcomes against plain SQL.
final class GuardAuditTest {
  private static GuardedFacility facility;

  @BeforeAll
  static void open() throws SQLException {
    facility = new GuardedFacility();
  }

  @AfterAll
  static void close() throws SQLException {
    facility.close();
  }

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
      assertThat(facility.desk.number("select last_sequence from slot where id = " + slot))
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
  void aChangeOfAnUnloggedChangeIsRefused() throws SQLException {
    long token = facility.aToken(facility.aSlot(1), "PAID");
    String request = facility.newRequest();
    for (Prompt prompt : prompts()) {
      assertThat(
              prompt.refusal(
                  setStatus(token, "DISPLACED"),
                  setStatus(token, "ACTIVE"),
                  entry("TOKEN_REINSTATED", token, request),
                  outcome(request)))
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
                entry("TOKEN_NO_SHOW", token, request),
                outcome(request),
                "rollback to savepoint told"))
        .isEqualTo("token_change_has_its_audit_entry");
  }

  @Test
  void anEntryWithoutTheOutcomeOfItsRequestIsRefusedAtCommit() throws SQLException {
    long slot = facility.aSlot(1);
    long patient = facility.aPatient();
    for (Prompt prompt : prompts()) {
      assertThat(
              prompt.refusalAtCommit(
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
        assertThat(prompt.refusal(entry(lie, token, facility.newRequest())))
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
      String nothing = about.equals("doctor_code") ? "'NOBODY'" : "987654321";
      assertThat(facility.desk.refusal(entryAbout(about, nothing, "CHANGE_REJECTED")))
          .isEqualTo("audit_entry_is_of_something");
    }
  }

  @Test
  void aChainBeginsWithItsBeginningAndHasOnlyOne() throws SQLException {
    long slot = facility.aSlot(1);
    String doctor = facility.aDoctor();
    facility.desk.begin(
        GuardedFacility.insertSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 1));
    long unlogged = facility.desk.number("select max(id) from slot");
    facility.desk.commit();

    assertThat(facility.desk.refusal(entryAbout("slot_id", "" + slot, "SLOT_OPENED")))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
    assertThat(facility.desk.refusal(entryAbout("slot_id", "" + unlogged, "SLOT_DELAYED")))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
    assertThat(facility.desk.refusal(facility.taking(unlogged, facility.aPatient(), "PAID")))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
  }

  @Test
  void numberTimeAndHashesAreTheDatabasesToSet() throws SQLException {
    long slot = facility.aSlot(1);
    String chosen =
        "insert into audit_entry (actor, kind, request_id, slot_id, facts, %s)"
            + " values ('test', 'SLOT_DELAYED', '%s', "
            + slot
            + ", '{}', %s)";
    for (String[] choice :
        new String[][] {
          {"number", "77"},
          {"hash", "sha256('mine')"},
          {"previous_hash", "sha256('mine')"},
          {"chain", "'slot/9'"},
          {"at", "'2001-01-01T00:00Z'"},
          {"token_version", "5"}
        }) {
      assertThat(facility.desk.refusal(chosen.formatted(choice[0], "x", choice[1])))
          .as(choice[0])
          .isEqualTo("42501");
      String request = facility.newRequest();
      facility.superuser.run(chosen.formatted(choice[0], request, choice[1]), outcome(request));
    }
    String entries = " from audit_entry where slot_id = %d order by id".formatted(slot);
    assertThat(facility.desk.column("select number" + entries))
        .containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(
            facility.desk.column("select distinct chain from audit_entry where slot_id = " + slot))
        .containsExactly("slot/" + slot);
    assertThat(facility.desk.column("select hash" + entries).subList(0, 6))
        .isEqualTo(facility.desk.column("select previous_hash" + entries).subList(1, 7));
    assertThat(facility.desk.column("select at > '2026-01-01'" + entries)).containsOnly("t");
    assertThat(facility.desk.column("select token_version" + entries)).containsOnlyNulls();
  }

  /// A transaction that began earlier but writes later must not turn the chain's time back.
  @Test
  void timeNeverRunsBackwardsInAChain() throws SQLException {
    long slot = facility.aSlot(3);
    try (Prompt early = Prompt.asDesk(facility.facility)) {
      early.begin("select now()");
      facility.aToken(slot, "PAID");
      early.run(facility.taking(slot, facility.aPatient(), "PAID"));
    }

    assertThat(
            facility.desk.column(
                "select at >= lag(at, 1, at) over (order by number) from audit_entry where slot_id = "
                    + slot))
        .containsExactly("t", "t", "t");
    assertThat(
            facility.desk.column(
                "select created_at = at from audit_entry join token on token.id = token_id"
                    + " where token.slot_id = "
                    + slot))
        .containsExactly("t", "t");
  }

  @Test
  void aLogicalTimeIsNotHeededOutsideOfASimulation() throws SQLException {
    long slot = facility.aSlot(1);
    facility.desk.begin("set local opd.logical_time = '2001-01-01T00:00:00Z'");
    facility.desk.run(facility.taking(slot, facility.aPatient(), "PAID"));

    assertThat(
            facility.desk.column(
                "select at > '2026-01-01' from audit_entry where slot_id = " + slot))
        .containsExactly("t", "t");
  }

  @Test
  void kindsRulesAndActorsAreKnownWords() throws SQLException {
    String slot = "" + facility.aSlot(1);
    String honest = entryAbout("slot_id", slot, "SLOT_DELAYED");

    assertThat(facility.desk.refusal(honest.replace("SLOT_DELAYED", "SLOT_EATEN")))
        .isEqualTo("audit_entry_kind_is_known");
    assertThat(facility.desk.refusal(honest.replace("'test'", "U&'a\\202Eb'")))
        .isEqualTo("audit_entry_actor_is_plain_text");
    assertThat(
            facility.desk.refusal(
                honest.replace("facts, ", "facts, rule, ").replace("'{}', ", "'{}', 6, ")))
        .isEqualTo("audit_entry_rule_is_known");
  }

  private static String entryAbout(String column, String value, String kind) {
    return "insert into audit_entry (actor, kind, request_id, facts, %s) values ('test', '%s', 'x', '{}', %s)"
        .formatted(column, kind, value);
  }

  private static List<Prompt> prompts() {
    return List.of(facility.desk, facility.superuser);
  }
}
