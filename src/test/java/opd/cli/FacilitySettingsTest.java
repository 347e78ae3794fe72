package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Region and zone are settled before the first slot is opened.
final class FacilitySettingsTest {
  private CommandLineFixture line;

  @BeforeEach
  void asAdministrator() {
    line = new CommandLineFixture();
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void eachChangeBeforeTheFirstSlotIsInTheLog() {
    assertThat(line.json("db", "migrate", "--zone", "Asia/Kolkata").json().path("zone").asText())
        .isEqualTo("Asia/Kolkata");
    assertThat(line.json("db", "migrate", "--region", "us").json().path("region").asText())
        .isEqualTo("US");
    assertThat(line.run("db", "migrate").exit()).isZero();

    var entries = line.json("audit", "--kind", "FACILITY_SET").jsonLines();
    assertThat(entries).hasSize(3);
    assertThat(entries.get(1).path("facts").path("zone").asText()).isEqualTo("Asia/Kolkata");
    assertThat(entries.get(2).path("facts").path("region").asText()).isEqualTo("US");
    assertThat(entries.get(2).path("chain").asText()).isEqualTo("facility");
    assertThat(line.json("audit", "verify").json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void afterTheFirstSlotTheyAreFixed() {
    line.withSlot(3);
    for (String[] change : new String[][] {{"--zone", "Asia/Kolkata"}, {"--region", "US"}}) {
      var refused = line.json("db", "migrate", change[0], change[1]);
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.error().path("code").asText()).isEqualTo("INVALID_INPUT");
      assertThat(refused.error().path("hint").asText()).contains("leave");
    }
    assertThat(line.run("db", "migrate", "--zone", "UTC", "--region", "IN").exit()).isZero();
    assertThat(line.json("audit", "--kind", "FACILITY_SET").jsonLines()).hasSize(1);
  }

  @Test
  void aRowThatIsNoFacilitysIsADifferenceAndNoFaultOfTheProgram() throws Exception {
    line.withSlot(3);
    try (var connection = line.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update facility set zone = 'Nowhere', clock = 'SIMULATION'");
      var verified = line.json("audit", "verify");
      assertThat(verified.exit()).isEqualTo(7);
      assertThat(verified.out()).contains("\"field\":\"zone\"", "\"field\":\"clock\"");
      assertThat(line.run("audit", "verify").exit()).isEqualTo(7);

      statement.execute("delete from facility");
      var removed = line.json("audit", "verify");
      assertThat(removed.exit()).isEqualTo(7);
      assertThat(removed.error().path("message").asText()).contains("was removed");
    }
  }
}
