package opd.torture;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import opd.store.connection.DatabaseSettings;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import opd.testing.TestServer;

/// A facility on the shared test server whose desks' connections are cut.
final class CutFacility implements AutoCloseable {
  private final TestFacility facility = TestFacility.create();
  private final Prompt superuser = Prompt.asSuperuser(facility);

  CutFacility() throws SQLException {}

  Prompt superuser() {
    return superuser;
  }

  CutRound round(CutWork work) {
    return new CutRound(work, desk(), List.of(desk()), superuser, TestServer.get().port());
  }

  FrontDesk desk() {
    DatabaseSettings settings = facility.deskSettings();
    return new FrontDesk(
        Map.of(
            "OPD_DB_URL",
            settings.url() + "?sslmode=disable",
            "OPD_DB_USER",
            settings.user(),
            "OPD_DB_PASSWORD",
            settings.password(),
            "OPD_FACILITY",
            facility.name().value(),
            "OPD_ACTOR",
            "desk",
            "HOME",
            "/proc/nonexistent"));
  }

  @Override
  public void close() throws SQLException {
    superuser.close();
    facility.close();
  }
}
