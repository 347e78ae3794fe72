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
  @Test
  void openingADeskTakesThreeAndAnAllocationFour() throws Exception {
    try (Clinic clinic = Clinic.open();
        Wire wire = new Wire(TestServer.get().port(), Optional.empty())) {
      Slot slot = clinic.aSlot(3);
      int before = wire.roundTrips();
      try (FacilityServices desk =
          FacilityServices.open(
              new FacilityConnection(through(wire, clinic.facility().deskSettings())),
              new DecisionClock.OfDatabase(),
              () -> new byte[16])) {
        // The login, its question, and the end of the transaction.
        assertThat(wire.roundTrips() - before).isEqualTo(3);
        for (int patient = 1; patient < 3; patient++) {
          int opened = wire.roundTrips();
          desk.allocations()
              .allocate(clinic.request(), Clinic.wish(slot, patient, TokenPriority.PAID));
          assertThat(wire.roundTrips() - opened).isEqualTo(4);
        }
      }
    }
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
