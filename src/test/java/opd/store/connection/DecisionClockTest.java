package opd.store.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import opd.domain.ClockSource;
import opd.store.schema.FacilityStore;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

final class DecisionClockTest {
  private static final Instant TIME = Instant.parse("2030-01-07T09:00:00Z");

  @Test
  void aLogicalClockIsHeededByASimulationsFacilityInReadsToo() {
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION);
        FacilityConnection database = new FacilityConnection(facility.deskSettings())) {
      var transactions = new Transactions(database, new DecisionClock.Logical(() -> TIME));
      assertThat(transactions.write(FacilityStore::now).now()).isEqualTo(TIME);
      assertThat(transactions.read(FacilityStore::now).now()).isEqualTo(TIME);
    }
  }
}
