package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import opd.testing.TestFacility;
import opd.testing.Ward;
import org.junit.jupiter.api.Test;

final class VerificationServiceTest {
  @Test
  void theLogOfABusyDayVerifies() {
    try (TestFacility facility = TestFacility.create();
        Desk desk = facility.desk()) {
      new Ward(facility, desk).liveThroughABusyDay();
      var verified = desk.verification().verify(Optional.empty(), Optional.empty(), read -> {});
      assertThat(verified.differences()).isEmpty();
      assertThat(verified.isWhole()).isTrue();
      assertThat(verified.counts().entries()).isEqualTo(69);
      assertThat(verified.counts().decisions()).isEqualTo(verified.counts().entries());
    }
  }
}
