package opd.store.schema;

import static opd.store.schema.GuardedFacility.entryAbout;
import static opd.store.schema.GuardedFacility.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What nobody can do to a patient at a desk's SQL prompt.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuardPatientTest {
  private static final String ERASED = "phone = null, name = null, salt = null";
  private static final String UNKNOWN =
      "insert into patient (phone, name, salt, member)"
          + " values (null, 'Unknown', decode(repeat('00', 16), 'hex'), %d)";

  private final GuardedFacility facility = new GuardedFacility();

  @AfterAll
  void close() throws SQLException {
    facility.close();
  }

  private static String set(long patient, String columns) {
    return "update patient set %s where id = %d".formatted(columns, patient);
  }

  /// A change of a patient with its entry and outcome.
  private String[] changing(long patient, String columns, String kind) {
    String request = facility.newRequest();
    return new String[] {set(patient, columns), outcome(request), about(patient, kind, request)};
  }

  private static String about(long patient, String kind, String request) {
    return entryAbout("patient_id", Long.toString(patient), kind, request);
  }

  @Test
  void anErasureTakesNameNumberAndSaltTogetherAndIsInTheLog() throws SQLException {
    long patient = facility.aPatient();
    for (String part :
        new String[] {
          "name = null", "salt = null", "name = null, phone = null", "name = null, salt = null"
        }) {
      assertThat(facility.desk.refusal(set(patient, part)))
          .as(part)
          .isEqualTo("patient_is_known_or_erased");
    }
    assertThat(facility.desk.refusal(set(patient, "phone = null")))
        .isEqualTo("patient_keeps_a_number");
    assertThat(facility.desk.refusalAtCommit(set(patient, ERASED)))
        .isEqualTo("patient_change_has_its_audit_entry");
    assertThat(facility.desk.refusal(changing(patient, ERASED, "PATIENT_CHANGED")))
        .isEqualTo("audit_entry_is_true");
    assertThat(facility.desk.refusal(changing(patient, "name = 'B'", "PATIENT_ERASED")))
        .isEqualTo("audit_entry_is_true");
    facility.desk.run(changing(patient, ERASED, "PATIENT_ERASED"));
    assertThat(
            facility.superuser.text(
                "select identity is null from patient_identity where id = " + patient))
        .isEqualTo("t");
  }

  @Test
  void anErasedPatientStaysSoAndTheErasureIsTheLastEntry() throws SQLException {
    long patient = facility.aPatient();
    long slot = facility.aSlot(1);
    facility.desk.run(changing(patient, ERASED, "PATIENT_ERASED"));
    String known = "phone = '+919000000001', name = 'B', salt = decode(repeat('00', 16), 'hex')";
    assertThat(facility.desk.refusal(set(patient, known))).isEqualTo("patient_stays_erased");
    assertThat(facility.desk.refusal(set(patient, "member = 2"))).isEqualTo("patient_stays_erased");
    for (String kind : new String[] {"PATIENT_CHANGED", "PATIENT_REGISTERED", "CHANGE_REJECTED"}) {
      String request = facility.newRequest();
      assertThat(facility.desk.refusal(outcome(request), about(patient, kind, request)))
          .as(kind)
          .isEqualTo("audit_entry_is_true");
    }
    assertThat(facility.desk.refusal(facility.taking(slot, patient, "PAID")))
        .isEqualTo("token_patient_is_not_erased");
  }

  @Test
  void nobodyIsErasedWhoHoldsATokenOrIsOwedAPlace() throws SQLException {
    long slot = facility.aSlot(2);
    long patient = facility.aPatient();
    long token = facility.aToken(slot, patient, "PAID");
    assertThat(facility.desk.refusal(set(patient, ERASED))).isEqualTo("patient_holds_no_token");
    facility.desk.run(facility.changing(token, "DISPLACED"));
    assertThat(facility.desk.refusal(set(patient, ERASED))).isEqualTo("patient_holds_no_token");
    long other = facility.aSlot(2);
    facility.desk.run(facility.makingGood(token, other));
    long successor = facility.newestToken(other);
    assertThat(facility.desk.refusal(set(patient, ERASED))).isEqualTo("patient_holds_no_token");
    facility.desk.run(facility.changing(successor, "CANCELLED"));
    facility.desk.run(changing(patient, ERASED, "PATIENT_ERASED"));
  }

  private long anUnknownPatient() throws SQLException {
    String request = facility.newRequest();
    facility.desk.begin(UNKNOWN.formatted(1));
    long patient = facility.desk.number("select max(id) from patient");
    facility.desk.run(outcome(request), about(patient, "PATIENT_REGISTERED", request));
    return patient;
  }

  @Test
  void onlyWhoNeverHadANumberIsWithoutOneAndIsNoMember() throws SQLException {
    assertThat(facility.desk.refusal(UNKNOWN.formatted(2))).isEqualTo("patient_is_known_or_erased");
    long patient = anUnknownPatient();
    facility.desk.run(changing(patient, "phone = '+919000000002'", "PATIENT_CHANGED"));
    assertThat(facility.desk.refusal(set(patient, "phone = null")))
        .isEqualTo("patient_keeps_a_number");
  }

  @Test
  void aTokenThatIsGivenMeanwhileWaitsForTheErasureAndTheErasureForTheToken() throws Exception {
    long slot = facility.aSlot(5);
    long erased = facility.aPatient();
    long kept = facility.aPatient();
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(changing(erased, ERASED, "PATIENT_ERASED"));
      String[] taking = facility.taking(slot, erased, "PAID");
      assertThat(facility.meanwhile(() -> other.refusal(taking), other, facility.desk::commit))
          .isEqualTo("token_patient_is_not_erased");

      long waited = facility.aToken(slot, facility.aPatient(), "PAID");
      facility.desk.run(facility.changing(waited, "DISPLACED"));
      facility.desk.run(facility.changing(waited, "CANCELLED"));
      long gone = facility.superuser.number("select patient_id from token where id = " + waited);
      facility.desk.begin(changing(gone, ERASED, "PATIENT_ERASED"));
      String[] undoing = facility.undoing(waited, "DISPLACED", 3);
      assertThat(facility.meanwhile(() -> other.refusal(undoing), other, facility.desk::commit))
          .isEqualTo("token_patient_is_not_erased");

      facility.desk.begin(facility.taking(slot, kept, "PAID"));
      assertThat(
              facility.meanwhile(
                  () -> other.refusal(set(kept, ERASED)), other, facility.desk::commit))
          .isEqualTo("patient_holds_no_token");
    }
    assertThat(
            facility.desk.refusal(
                "set transaction isolation level repeatable read",
                changing(kept, ERASED, "PATIENT_ERASED")[0]))
        .isEqualTo("patient_is_decided_on_the_latest_state");
  }

  /// Of whom no number goes: the erasure touches no column by which the row itself would be locked
  /// against tokens.
  @Test
  void thatIsSoOfAPatientWithoutANumber() throws Exception {
    long slot = facility.aSlot(2);
    long patient = anUnknownPatient();
    String[] erasing = changing(patient, "name = null, salt = null", "PATIENT_ERASED");
    try (Prompt other = Prompt.asDesk(facility.facility)) {
      facility.desk.begin(facility.taking(slot, patient, "EMERGENCY"));
      assertThat(facility.meanwhile(() -> other.refusal(erasing), other, facility.desk::commit))
          .isEqualTo("patient_holds_no_token");

      long token = facility.newestToken(slot);
      facility.desk.run(facility.changing(token, "NO_SHOW"));
      facility.desk.begin(erasing);
      String[] undoing = facility.undoing(token, "ACTIVE", 3);
      assertThat(facility.meanwhile(() -> other.refusal(undoing), other, facility.desk::commit))
          .isEqualTo("token_patient_is_not_erased");
    }
  }
}
