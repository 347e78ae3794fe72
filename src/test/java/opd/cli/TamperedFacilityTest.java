package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where the facility's own row or its schema's history was changed past the guards, the command
/// that verifies the log gets to its end and says so.
final class TamperedFacilityTest {
  private CommandLineFixture line;

  @BeforeEach
  void aSlot() {
    line = new CommandLineFixture().withSlot(1);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aClockThatNoProgramKnowsIsADifference() throws SQLException {
    tamper(
        "alter table facility drop constraint facility_clock_is_known",
        "update facility set clock = 'SUNDIAL'");
    var verified = line.json("audit", "verify");
    assertThat(verified.exit()).isEqualTo(7);
    assertThat(verified.out()).contains("\"field\":\"clock\"", "SUNDIAL");
    assertThat(line.run("audit", "verify").out()).contains("clock: expected DATABASE");
  }

  @Test
  void aVersionOfTheSchemaThatWasSetBackIsADifference() throws SQLException {
    tamper(
        "delete from flyway_schema_history where version = '5'",
        "update flyway_schema_history set version = '3.1' where version = '4'");
    var verified = line.json("audit", "verify");
    assertThat(verified.exit()).isEqualTo(7);
    assertThat(verified.out()).contains("flyway_schema_history", "3.1");
  }

  private void tamper(String... statements) throws SQLException {
    try (var connection = line.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
