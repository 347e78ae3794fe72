package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.replacing;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.Warning;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenSource;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Each row of the allocation's specification, from the service down to the database.
final class AllocationCasesTest {
  private static Clinic clinic;

  @BeforeAll
  static void open() throws SQLException {
    clinic = Clinic.open();
  }

  @AfterAll
  static void close() throws SQLException {
    clinic.close();
  }

  @Test
  void aFreePlaceIsGivenWithTheNextNumber() {
    Slot slot = clinic.aSlot(2);
    Outcome.Admitted first = clinic.admit(wish(slot, clinic.aPatient(), FOLLOW_UP));
    Outcome.Admitted second = clinic.admit(wish(slot, clinic.aPatient(), PAID));

    assertThat(first.rule()).isEqualTo(Rule.CAPACITY);
    assertThat(first.activeBefore()).isZero();
    assertThat(second.token().token().sequence()).isEqualTo(2);
    assertThat(second.token().position()).isEqualTo(1);
    assertThat(second.token().expectedAt()).isEqualTo(slot.start());
    assertThat(second.displaced()).isNull();
    assertThat(clinic.queue(slot)).isEqualTo("2P 1F");
  }

  @Test
  void aFullSlotRefusesAnEqualClaim() {
    Slot slot = clinic.aFullSlot(2);
    Outcome.Rejected rejected = clinic.reject(wish(slot, clinic.aPatient(), FOLLOW_UP));

    assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_FULL);
    assertThat(rejected.rule()).isEqualTo(Rule.CAPACITY);
    assertThat(rejected.next()).isNull();
    assertThat(clinic.tokens(slot)).isEqualTo("1F ACTIVE, 2F ACTIVE");
  }

  @Test
  void aHigherPriorityDisplacesTheLatestOfTheLowest() {
    Slot slot = clinic.aFullSlot(2);
    Outcome.Admitted admitted = clinic.admit(wish(slot, clinic.aPatient(), PAID));

    assertThat(admitted.rule()).isEqualTo(Rule.HIGHER_PRIORITY);
    assertThat(admitted.displaced().token().sequence()).isEqualTo(2);
    assertThat(admitted.warnings()).isEmpty();
    assertThat(clinic.tokens(slot)).isEqualTo("1F ACTIVE, 2F DISPLACED, 3P ACTIVE");
  }

  @Test
  void anEmergencyDisplacesTheLatestOfASlotFullOfEmergenciesAndWarns() {
    Slot slot = clinic.fill(clinic.aSlot(2), EMERGENCY);
    Outcome.Admitted admitted = clinic.admit(wish(slot, clinic.aPatient(), EMERGENCY));

    assertThat(admitted.rule()).isEqualTo(Rule.EMERGENCY);
    assertThat(admitted.warnings())
        .containsExactly(Warning.EMERGENCY_DISPLACED_EMERGENCY, Warning.NO_REASON);
    assertThat(clinic.tokens(slot)).isEqualTo("1E ACTIVE, 2E DISPLACED, 3E ACTIVE");
  }

  @Test
  void aRejectedRequestTakesNoNumber() {
    Slot slot = clinic.aFullSlot(1);
    clinic.reject(wish(slot, clinic.aPatient(), FOLLOW_UP));

    assertThat(clinic.aToken(slot, PAID).sequence()).isEqualTo(2);
  }

  @Test
  void aSecondTokenOfAPatientIsRefusedAndNamesTheFirst() {
    Slot slot = clinic.aSlot(2);
    int patient = clinic.aPatient();
    Token held = clinic.admit(wish(slot, patient, FOLLOW_UP)).token().token();
    Outcome.Rejected rejected = clinic.reject(wish(slot, patient, EMERGENCY));

    assertThat(rejected.refusal()).isEqualTo(Refusal.DUPLICATE_TOKEN);
    assertThat(rejected.existing().token()).isEqualTo(held);
    assertThat(rejected.rule()).isNull();
  }

  @Test
  void whoLostThePlaceMayAskAgain() {
    Slot slot = clinic.aSlot(1);
    int patient = clinic.aPatient();
    clinic.admit(wish(slot, patient, FOLLOW_UP));
    clinic.aToken(slot, PAID);

    clinic.admit(wish(slot, patient, EMERGENCY));
    assertThat(clinic.tokens(slot)).isEqualTo("1F DISPLACED, 2P DISPLACED, 3E ACTIVE");
  }

  @Test
  void replaceGivesUpTheOldTokenForTheNewClaim() throws SQLException {
    Slot slot = clinic.aSlot(2);
    clinic.aToken(slot, PAID);
    int patient = clinic.aPatient();
    clinic.admit(wish(slot, patient, FOLLOW_UP));
    Outcome.Admitted admitted = clinic.admit(replacing(wish(slot, patient, EMERGENCY)));

    assertThat(admitted.displaced()).isNull();
    assertThat(admitted.token().position()).isEqualTo(1);
    assertThat(clinic.tokens(slot)).isEqualTo("1P ACTIVE, 2F CANCELLED, 3E ACTIVE");
    assertThat(clinic.log(slot)).endsWith("TOKEN_CANCELLED", "TOKEN_ALLOCATED 1");
    assertThat(clinic.facts(slot).get(1)).isEqualTo("{\"before\":\"ACTIVE\",\"replaced\":true}");
  }

  @Test
  void replaceWithoutAnOldTokenIsAnOrdinaryRequest() {
    Slot slot = clinic.aFullSlot(1);

    assertThat(clinic.reject(replacing(wish(slot, clinic.aPatient(), FOLLOW_UP))).refusal())
        .isEqualTo(Refusal.SLOT_FULL);
    assertThat(clinic.admit(replacing(wish(slot, clinic.aPatient(), PAID))).displaced())
        .isNotNull();
  }

  @Test
  void aClosedSlotRefusesEvenAnEmergency() {
    Slot cancelled = clinic.aSlot(1);
    clinic.desk().slotChanges().cancel(clinic.request(), Clinic.reference(cancelled), "ill");
    Slot completed = clinic.aSlot(1);
    clinic.desk().slotChanges().complete(clinic.request(), Clinic.reference(completed));

    for (Slot slot : new Slot[] {cancelled, completed}) {
      Outcome.Rejected rejected = clinic.reject(wish(slot, clinic.aPatient(), EMERGENCY));
      assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_CLOSED);
      assertThat(rejected.rule()).isNull();
    }
  }

  @Test
  void aDelayedSlotAccepts() {
    Slot slot = clinic.aSlot(1);
    clinic.desk().slotChanges().delay(clinic.request(), Clinic.reference(slot), 20);

    assertThat(clinic.admit(wish(slot, clinic.aPatient(), PAID)).token().expectedAt())
        .isEqualTo(Clinic.time("09:20"));
  }

  @Test
  void aRefusedRequestStillRegistersItsPatient() {
    Slot slot = clinic.aFullSlot(1);
    int patient = clinic.aPatient();
    clinic.reject(wish(slot, patient, FOLLOW_UP));

    assertThat(clinic.desk().patients().show(Clinic.key(patient).phone()))
        .singleElement()
        .satisfies(found -> assertThat(found.patient().name()).isEqualTo(Clinic.name(patient)));
  }

  @Test
  void anUnknownNumberWithoutANameIsAnErrorThatStoresNothing() throws SQLException {
    Slot slot = clinic.aSlot(1);
    var before = clinic.everything();

    assertError(
        ErrorCode.PATIENT_NOT_FOUND,
        () -> clinic.allocate(named(wish(slot, clinic.aPatient(), PAID), null, 1)));
    assertThat(clinic.everything()).isEqualTo(before);
  }

  @Test
  void aKnownNumberWithAnotherNameIsRefusedAsAnError() throws SQLException {
    Slot slot = clinic.aSlot(3);
    int patient = clinic.aPatient();
    clinic.admit(wish(slot, patient, PAID));
    Slot other = clinic.aSlot(3);
    var before = clinic.everything();

    assertError(
        ErrorCode.NAME_DIFFERS,
        () -> clinic.allocate(named(wish(other, patient, PAID), "Somebody Else", 1)));
    assertThat(clinic.everything()).isEqualTo(before);
    // Another person who shares the phone, and the same one in other spelling.
    clinic.admit(named(wish(other, patient, PAID), "Somebody Else", 2));
    clinic.admit(named(wish(other, patient, PAID), "anjali  DÉSHPANDE " + patient, 1));
    assertThat(clinic.queue(other)).isEqualTo("1P 2P");
  }

  @Test
  void aRehearsalDecidesAndChangesNothing() throws SQLException {
    Slot slot = clinic.aFullSlot(1);
    var before = clinic.everything();
    var wish = wish(slot, clinic.aPatient(), EMERGENCY);
    var rehearsed = clinic.desk().allocations().dryRun(clinic.request(), wish);

    assertThat(rehearsed.isDryRun()).isTrue();
    assertThat(((Outcome.Admitted) rehearsed.outcome()).displaced()).isNotNull();
    assertThat(clinic.everything()).isEqualTo(before);
  }

  private static AllocationRequest named(AllocationRequest wish, String name, int member) {
    return new AllocationRequest(
        wish.place(),
        new PatientKey(((PatientKey) wish.patient()).phone(), member),
        Optional.ofNullable(name).map(PersonName::new),
        wish.priority(),
        TokenSource.APP,
        false,
        false);
  }

  private static void assertError(ErrorCode code, Runnable work) {
    assertThatExceptionOfType(OpdException.class)
        .isThrownBy(work::run)
        .satisfies(error -> assertThat(error.code()).isEqualTo(code));
  }
}
