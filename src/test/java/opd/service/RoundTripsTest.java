package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import opd.domain.Slot;
import opd.domain.TokenPriority;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.testing.Clinic;
import opd.testing.TestServer;
import opd.testing.Wire;
import org.junit.jupiter.api.Test;

/// What a desk waits for most on a network is how often it asks.
final class RoundTripsTest {
  // From the fifth time on the driver has the server keep a statement.
  private static final int DRIVERS_PREPARE_THRESHOLD = 5;

  @Test
  void openingADeskTakesThreeAndAnAllocationFourWhichTheServerHasPreparedWhenThereAreMany()
      throws Exception {
    try (Clinic clinic = Clinic.open();
        Wire wire = new Wire(TestServer.get().port(), Optional.empty())) {
      Slot slot = clinic.aSlot(20);
      int before = wire.roundTrips();
      try (FacilityServices desk =
          FacilityServices.open(
              new FacilityConnection(through(wire, clinic.facility().deskSettings())),
              new DecisionClock.OfDatabase(),
              () -> new byte[16])) {
        // The login, its question, and the end of the transaction.
        assertThat(wire.roundTrips() - before).isEqualTo(3);
        assertThat(allocate(desk, clinic, slot, wire)).isEqualTo(4);
        // Who goes on for longer has the session prepared once.
        assertThat(allocate(desk, clinic, slot, wire)).isEqualTo(5);
        for (int i = 0; i < DRIVERS_PREPARE_THRESHOLD; i++) {
          assertThat(allocate(desk, clinic, slot, wire)).isEqualTo(4);
        }
        int known = wire.parsed();
        assertThat(allocate(desk, clinic, slot, wire)).isEqualTo(4);
        assertThat(wire.parsed()).isEqualTo(known);
      }
    }
  }

  private static int allocate(FacilityServices desk, Clinic clinic, Slot slot, Wire wire) {
    int before = wire.roundTrips();
    desk.allocations()
        .allocate(clinic.request(), Clinic.wish(slot, clinic.aPatient(), TokenPriority.PAID));
    return wire.roundTrips() - before;
  }

  private static DatabaseSettings through(Wire wire, DatabaseSettings settings) {
    String database = settings.url().substring(settings.url().lastIndexOf('/') + 1);
    return new DatabaseSettings(
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(wire.port(), database),
        settings.user(),
        settings.password(),
        settings.facility(),
        settings.budget());
  }
}
