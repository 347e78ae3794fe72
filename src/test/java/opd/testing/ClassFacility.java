package opd.testing;

import java.sql.SQLException;
import opd.domain.ClockSource;

/// One facility for all tests of a class, one after the other: each finds it as it was made. Only
/// for those that leave its schema and its roles alone, and no process at work in it.
public final class ClassFacility implements AutoCloseable {
  private final TestFacility facility;
  private final KeptRows rows;

  /// With the database's clock.
  public ClassFacility() {
    this(ClockSource.DATABASE);
  }

  public ClassFacility(ClockSource clock) {
    this.facility = TestFacility.borrow(clock);
    try {
      this.rows = new KeptRows(facility);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// For the next test; closing it leaves it to the one after.
  public TestFacility anew() {
    try {
      rows.putBack();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return facility.lent();
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    facility.close();
  }
}
