package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;

import opd.testing.Extent;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However many desks work at once, the log puts their work in one order that gives every answer
/// they saw, and in which nobody stands before one who was done when they began.
@Order(27)
final class CrowdOrderTest {
  private static final int OPERATIONS = Extent.of(128, 192);

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 12, 32})
  void aCrowdIsLikeOneDeskAfterTheOther(int desks) throws Exception {
    Crowd.Report report = Crowd.gather(desks, desks, OPERATIONS / desks);
    assertThat(report.faults()).isEmpty();
    // Without work that overlaps, an order would be no feat.
    assertThat(report.overlapping()).isPositive();
  }
}
