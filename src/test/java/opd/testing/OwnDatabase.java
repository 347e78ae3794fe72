package opd.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import opd.domain.FacilityName;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.Removal;

/// A database of a test's own on the [TestServer], with one facility at most, dropped when it is
/// closed.
public final class OwnDatabase implements AutoCloseable {
  private final FacilityName facility =
      new FacilityName("d" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36));
  private final DatabaseSettings here;
  private final DatabaseSettings elsewhere;

  /// @param options of `create database`
  public OwnDatabase(String options) throws SQLException {
    elsewhere = TestServer.get().builder(facility);
    String url = elsewhere.url();
    here =
        new DatabaseSettings(
            url.substring(0, url.lastIndexOf('/') + 1) + facility.schema(),
            elsewhere.user(),
            elsewhere.password(),
            facility,
            Duration.ofSeconds(10));
    elsewhere("create database %s %s".formatted(facility.schema(), options));
  }

  public FacilityName facility() {
    return facility;
  }

  public DatabaseSettings administrator() {
    return here;
  }

  /// A prompt of the superuser in it.
  public Prompt prompt() throws SQLException {
    return new Prompt(DriverManager.getConnection(here.url(), here.user(), here.password()));
  }

  private void elsewhere(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(elsewhere.url(), elsewhere.user(), elsewhere.password());
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Override
  public void close() throws SQLException {
    elsewhere("drop database %s with (force)".formatted(facility.schema()));
    new Removal(elsewhere).dropIfThere();
  }
}
