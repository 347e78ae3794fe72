package opd.store.schema;

import static opd.store.schema.GuardedFacility.entryAbout;
import static opd.store.schema.GuardedFacility.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The chains and times of the audit log against plain SQL.
final class GuardChainTest {
  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void aChainBeginsWithItsBeginningAndHasOnlyOne() throws SQLException {
    long slot = facility.aSlot(1);
    String doctor = facility.aDoctor();
    long patient = facility.aPatient();
    String request = facility.newRequest();

    assertThat(
            facility.desk.refusal(
                outcome(request),
                entryAbout("slot_id", Long.toString(slot), "SLOT_OPENED", request)))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
    facility.desk.begin(
        GuardedFacility.insertSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 1));
    long unopened = facility.desk.number("select max(id) from slot");
    assertThat(facility.desk.refusal(facility.changingSlot(unopened, "DELAYED", 10)))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
    facility.desk.begin(
        GuardedFacility.insertSlot(doctor, "2030-01-07T09:00Z", "2030-01-07T10:00Z", 1));
    unopened = facility.desk.number("select max(id) from slot");
    assertThat(facility.desk.refusal(facility.taking(unopened, patient, "PAID")))
        .isEqualTo("audit_entry_chain_begins_with_the_beginning");
  }

  @Test
  void numberTimeAndHashesAreTheDatabasesToSet() throws SQLException {
    long slot = facility.aSlot(1);
    String chosen =
        "insert into audit_entry (actor, kind, request_id, slot_id, facts, %s)"
            + " values ('test', 'CHANGE_REJECTED', '%s', "
            + slot
            + ", '{}', %s)";
    for (String[] choice :
        new String[][] {
          {"number", "77"},
          {"hash", "sha256('mine')"},
          {"previous_hash", "sha256('mine')"},
          {"chain", "'slot/9'"},
          {"at", "'2001-01-01T00:00Z'"},
          {"token_version", "5"},
          {"subject_version", "5"},
          {"login", "'nobody'"}
        }) {
      assertThat(facility.desk.refusal(chosen.formatted(choice[0], "x", choice[1])))
          .as(choice[0])
          .isEqualTo("42501");
      String request = facility.newRequest();
      facility.superuser.run(outcome(request), chosen.formatted(choice[0], request, choice[1]));
    }
    String entries = " from audit_entry where slot_id = %d order by id".formatted(slot);
    assertThat(facility.desk.column("select number" + entries))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(
            facility.desk.column("select distinct chain from audit_entry where slot_id = " + slot))
        .containsExactly("slot/" + slot);
    assertThat(facility.desk.column("select hash" + entries).subList(0, 8))
        .isEqualTo(facility.desk.column("select previous_hash" + entries).subList(1, 9));
    assertThat(facility.desk.column("select at > '2026-01-01'" + entries)).containsOnly("t");
    assertThat(facility.desk.column("select token_version" + entries)).containsOnlyNulls();
    assertThat(facility.desk.column("select subject_version" + entries).subList(1, 9))
        .containsOnlyNulls();
    assertThat(
            facility.desk.column(
                "select distinct login from audit_entry where slot_id = %d".formatted(slot)))
        .containsExactlyInAnyOrder(
            facility.facility.deskSettings().user(), facility.facility.administrator().user());
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
}
