package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import opd.decision.Outcome;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

final class AllocationServiceTest {
  @Test
  void anEmergencyDisplacesTheLatestFollowUpOfAFullSlot() {
    try (TestFacility facility = TestFacility.create();
        FacilityServices desk = facility.desk()) {
      DoctorCode rao = new DoctorCode("RAO");
      desk.doctors().add(facility.request(), new Doctor(rao, new PersonName("Dr. A"), null, true));
      var slot =
          desk.slots()
              .open(
                  facility.request(),
                  new SessionPlan(
                      rao,
                      Instant.parse("2030-01-07T09:00:00Z"),
                      Duration.ofHours(1),
                      2,
                      Optional.empty()))
              .outcome()
              .slots()
              .getFirst();
      for (int i = 1; i <= 2; i++) {
        var answer =
            desk.allocations()
                .allocate(facility.request(), wish(slot.id(), i, TokenPriority.FOLLOW_UP));
        assertThat(answer.outcome().isRefused()).isFalse();
      }
      var refused =
          desk.allocations()
              .allocate(facility.request(), wish(slot.id(), 3, TokenPriority.FOLLOW_UP));
      assertThat(refused.outcome()).isInstanceOf(Outcome.Rejected.class);
      var emergency =
          desk.allocations()
              .allocate(facility.request(), wish(slot.id(), 4, TokenPriority.EMERGENCY));
      var admitted = (Outcome.Admitted) emergency.outcome();
      assertThat(admitted.displaced().token().sequence()).isEqualTo(2);
      assertThat(admitted.token().position()).isEqualTo(1);
    }
  }

  private static AllocationRequest wish(long slot, int patient, TokenPriority priority) {
    return new AllocationRequest(
        new AllocationRequest.Place.InSlot(new SlotReference.ById(slot)),
        new PatientKey(new PhoneNumber("+91987654320" + patient), 1),
        Optional.of(new PersonName("Patient " + patient)),
        priority,
        TokenSource.WALK_IN,
        false,
        false);
  }
}
