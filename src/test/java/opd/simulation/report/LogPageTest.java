package opd.simulation.report;

import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import opd.domain.Days;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.Token;
import opd.report.Report;
import opd.report.Settled;
import opd.service.FacilityServices;
import opd.service.SessionPlan;
import opd.service.SlotCorrectionService;
import opd.testing.Clinic;
import org.junit.jupiter.api.Test;

/// The page about a real day tells of what a simulated day never has.
final class LogPageTest {
  private static final Days DAY = Days.of(LocalDate.parse(Clinic.DAY));
  private static final Instant THREE_DAYS_LATER = Clinic.time("08:00").plus(Duration.ofDays(3));

  @Test
  void aLossTellsWhyAndWhatCameOfItOnWhicheverDay() throws SQLException {
    try (Clinic clinic = Clinic.at("08:00")) {
      DoctorCode doctor = clinic.aDoctor();
      Slot slot = clinic.aSlot(doctor, "09:00", 3);
      clinic.aToken(slot, PAID);
      Token movedOn = clinic.aToken(slot, FOLLOW_UP);
      Token givenUp = clinic.aToken(slot, FOLLOW_UP);
      var smaller =
          new SlotCorrectionService.Terms(Optional.of(1), Optional.empty(), Optional.empty(), true);
      clinic.desk().slotCorrections().change(clinic.request(), reference(slot), smaller);
      Slot tomorrow = tomorrow(clinic, doctor);
      clinic.reallocate(movedOn, tomorrow);
      try (FacilityServices later = clinic.facility().deskAt(THREE_DAYS_LATER)) {
        later.tokens().cancel(clinic.request(), reference(givenUp), null);
        Settled.await(later, DAY);
        assertThat(LogPages.page(later, new Report.Asked(DAY, Optional.empty(), false)))
            .contains("09:00, number 2: the slot lost places", tomorrow.label() + "-01, at 08:00")
            .contains("09:00, number 3: the slot lost places", "gave up, 10 Jan 08:00")
            .doesNotContain(": the slot was cancelled", "still owed a place")
            .as("what came days later is at the picture's edge")
            .contains(">14:00</text>")
            .doesNotContain(">18:00</text>");
      }
    }
  }

  private static Slot tomorrow(Clinic clinic, DoctorCode doctor) {
    Instant start = Clinic.time("09:00").plus(Duration.ofDays(1));
    var plan = new SessionPlan(doctor, start, Duration.ofHours(1), 3, Optional.empty());
    return clinic.desk().slots().open(clinic.request(), plan).outcome().slots().getFirst();
  }
}
