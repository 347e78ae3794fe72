package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.orNext;
import static opd.testing.Clinic.wish;
import static opd.testing.Clinic.withDoctor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import opd.decision.Outcome;
import opd.decision.Warning;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which slot a wish goes to: the one named, a later one, or the doctor's next of today.
final class WhereToTest {
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
  void aRefusalNamesTheDoctorsNextFreeSlotOfTheDay() {
    DoctorCode doctor = clinic.aDoctor();
    Slot first = clinic.fill(clinic.aSlot(doctor, "09:00", 1), PAID);
    clinic.fill(clinic.aSlot(doctor, "10:00", 1), PAID);
    int patient = clinic.aPatient();
    clinic.admit(wish(clinic.aSlot(doctor, "11:00", 2), patient, FOLLOW_UP));
    Slot next = clinic.aSlot(doctor, "12:00", 1);

    assertThat(clinic.reject(wish(first, patient, FOLLOW_UP)).next()).isEqualTo(next);
  }

  @Test
  void orNextTakesTheFirstLaterSlotThatIsFreeWithoutDisplacing() {
    DoctorCode doctor = clinic.aDoctor();
    Slot first = clinic.fill(clinic.aSlot(doctor, "09:00", 1), PAID);
    Slot withAVictim = clinic.fill(clinic.aSlot(doctor, "10:00", 1), FOLLOW_UP);
    Slot free = clinic.aSlot(doctor, "11:00", 1);
    Outcome.Admitted admitted = clinic.admit(orNext(wish(first, clinic.aPatient(), PAID)));

    assertThat(admitted.token().token().label().slot()).isEqualTo(free.label());
    assertThat(clinic.tokens(withAVictim)).isEqualTo("1F ACTIVE");
  }

  @Test
  void orNextDisplacesInTheChosenSlotBeforeItLooksFurther() {
    DoctorCode doctor = clinic.aDoctor();
    Slot first = clinic.fill(clinic.aSlot(doctor, "09:00", 1), FOLLOW_UP);
    clinic.aSlot(doctor, "10:00", 1);

    assertThat(clinic.admit(orNext(wish(first, clinic.aPatient(), PAID))).displaced()).isNotNull();
  }

  @Test
  void orNextRefusesWithTheChosenSlotsReasonWhenNothingIsFree() {
    DoctorCode doctor = clinic.aDoctor();
    Slot first = clinic.fill(clinic.aSlot(doctor, "09:00", 1), PAID);
    clinic.fill(clinic.aSlot(doctor, "10:00", 1), FOLLOW_UP);
    Outcome.Rejected rejected = clinic.reject(orNext(wish(first, clinic.aPatient(), PAID)));

    assertThat(rejected.refusal()).isEqualTo(Refusal.SLOT_FULL);
    assertThat(rejected.slot().label()).isEqualTo(first.label());
  }

  @Test
  void orNextGoesOnAfterAClosedSlotButNotAfterADuplicate() {
    DoctorCode doctor = clinic.aDoctor();
    Slot closed = clinic.aSlot(doctor, "09:00", 1);
    clinic.desk().slotChanges().cancel(clinic.request(), Clinic.reference(closed), "ill");
    Slot open = clinic.aSlot(doctor, "10:00", 2);
    clinic.aSlot(doctor, "11:00", 2);
    int patient = clinic.aPatient();

    assertThat(clinic.admit(orNext(wish(closed, patient, PAID))).token().token().label().slot())
        .isEqualTo(open.label());
    assertThat(clinic.reject(orNext(wish(open, patient, PAID))).refusal())
        .isEqualTo(Refusal.DUPLICATE_TOKEN);
  }

  @Test
  void aDoctorMeansTheCurrentOrNextOpenSlotOfToday() throws SQLException {
    try (Clinic today = Clinic.at("10:30")) {
      DoctorCode doctor = today.aDoctor();
      today.aSlot(doctor, "09:00", 1);
      Slot current = today.aSlot(doctor, "10:00", 1);
      today.aSlot(doctor, "11:00", 1);
      Outcome.Admitted admitted = today.admit(withDoctor(doctor, 1, PAID));

      assertThat(admitted.token().token().label().slot()).isEqualTo(current.label());
      assertThat(admitted.warnings()).isEmpty();
    }
  }

  @Test
  void aDoctorWithoutASlotTodayIsAnError() throws SQLException {
    try (Clinic today = Clinic.at("10:30")) {
      DoctorCode doctor = today.aDoctor();
      today.aSlot(doctor, "09:00", 1);

      assertError(ErrorCode.SLOT_NOT_FOUND, () -> today.allocate(withDoctor(doctor, 1, PAID)));
      assertError(
          ErrorCode.DOCTOR_NOT_FOUND,
          () -> today.allocate(withDoctor(new DoctorCode("NOBODY"), 1, PAID)));
    }
  }

  @Test
  void aSlotThatHasEndedStillAcceptsAndWarns() throws SQLException {
    try (Clinic evening = Clinic.at("10:00")) {
      Slot slot = evening.aSlot(evening.aDoctor(), "09:00", 1);

      assertThat(evening.admit(wish(slot, 1, PAID)).warnings()).containsExactly(Warning.SLOT_ENDED);
      assertThat(evening.admit(wish(slot, 2, EMERGENCY)).warnings())
          .containsExactly(Warning.SLOT_ENDED, Warning.NO_REASON);
      assertThat(evening.admit(wish(slot, 3, EMERGENCY)).warnings())
          .containsExactly(
              Warning.EMERGENCY_DISPLACED_EMERGENCY, Warning.SLOT_ENDED, Warning.NO_REASON);
    }
  }

  private static void assertError(ErrorCode code, Runnable work) {
    assertThatExceptionOfType(OpdException.class)
        .isThrownBy(work::run)
        .satisfies(error -> assertThat(error.code()).isEqualTo(code));
  }
}
