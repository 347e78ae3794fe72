package opd.report;

import java.util.Optional;
import opd.domain.Days;
import opd.service.FacilityServices;
import opd.testing.Await;

/// Waits for the transactions of other tests on the same server, before whose end a report leaves
/// out what was written meanwhile.
public final class Settled {
  private Settled() {}

  /// Returns once a report reaches everything that was written by now.
  public static void await(FacilityServices desk, Days days) {
    var asked = new Report.Asked(days, Optional.empty(), false);
    try {
      Await.until(
          "older transactions have ended",
          Await.PATIENCE,
          () -> desk.reports().of(asked, _ -> {}).later() == 0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
