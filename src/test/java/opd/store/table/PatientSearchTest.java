package opd.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import opd.domain.PhoneNumbers;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.connection.Transactions;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Patients are found by what the desk hears of them, and without reading all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PatientSearchTest {
  private static final int PATIENTS = 20_000;

  private final TestFacility facility = TestFacility.create();
  private final Transactions transactions =
      new Transactions(
          new FacilityConnection(facility.deskSettings()), new DecisionClock.OfDatabase());

  @BeforeAll
  void manyPatients() throws Exception {
    try (Connection connection = facility.connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          """
          insert into patient (phone, name, salt)
          select '+91' || 7000000000 + i, 'Patient ' || md5(i::text), decode(md5(i::text), 'hex')
            from generate_series(1, %d) i
          union all
          select * from (values
            ('+919812345678', 'Asha Menon', decode(md5('a'), 'hex')),
            ('+918888845678', 'Bala 100%% Iyer', decode(md5('b'), 'hex')),
            ('+917777700001', 'रमेश कुमार', decode(md5('c'), 'hex'))) v\
          """
              .formatted(PATIENTS));
      statement.execute("analyze patient");
    }
  }

  @AfterAll
  void close() {
    facility.close();
  }

  @Test
  void aPatientIsFoundByPartOfTheNameInAnyCaseAndScript() {
    assertThat(found("HA MEN")).containsExactly("Asha Menon");
    assertThat(found("menon ASHA")).containsExactly("Asha Menon");
    assertThat(found("asha kumar")).isEmpty();
    assertThat(found("कुमा")).containsExactly("रमेश कुमार");
  }

  @Test
  void aPatientIsFoundByTheLastDigitsOfTheNumberAndByTheFirstButNotByThoseBetween() {
    assertThat(found("45678")).containsExactly("Asha Menon", "Bala 100% Iyer");
    assertThat(found("98123")).containsExactly("Asha Menon");
    assertThat(found("81234")).isEmpty();
  }

  @Test
  void aPatientIsFoundByTheNumberInAnyForm() {
    for (String typed :
        List.of(
            "9812345678",
            "09812345678",
            "0091 98123 45678",
            "+91-98123-45678",
            "919812345678",
            "98123 45678",
            "(0)98123.45678",
            "९८१२३४५६७८",
            "0981234",
            "00919812345",
            "919812345",
            "+91 98123")) {
      assertThat(found(typed)).as(typed).containsExactly("Asha Menon");
    }
  }

  @Test
  void whatIsAPatternElsewhereIsTakenAsItIs() {
    assertThat(found("100%")).containsExactly("Bala 100% Iyer");
    assertThat(found("A_ha")).isEmpty();
  }

  @Test
  void bothWaysGoThroughTheirIndexes() {
    assertThat(plan("asha menon")).contains("patient_by_part_of_name").doesNotContain("Seq Scan");
    assertThat(plan("45678"))
        .contains("patient_by_last_digits", "patient_phone_and_member_are_unique")
        .doesNotContain("Seq Scan");
  }

  private String plan(String text) {
    return transactions.read(transaction ->
        transaction.sql().explain(PatientStore.searching(transaction, query(text), 50)).plan());
  }

  private static PatientQuery query(String text) {
    return PatientQuery.of(text, new PhoneNumbers("IN"));
  }

  private List<String> found(String text) {
    return transactions.read(transaction ->
        PatientStore.search(transaction, query(text), 50).stream()
            .map(patient -> patient.shownName())
            .toList());
  }
}
