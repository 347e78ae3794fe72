package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import opd.domain.FacilityRole;
import opd.testing.OwnDatabase;
import org.junit.jupiter.api.Test;

/// A hospital and its test database on one server: the roles, and their passwords, are the same.
final class SharedRolesTest {
  @Test
  void theTestDatabaseDoesNotReplaceThePasswordsUnasked() throws SQLException {
    try (CommandLineFixture line = new CommandLineFixture();
        OwnDatabase test = new OwnDatabase("")) {
      var administrator = line.facility().administrator();
      as(line, administrator.user(), administrator.password());
      line.with("OPD_DESK_PASSWORD", "the hospital's");
      assertThat(line.run("db", "roles").exit()).isZero();
      assertThat(line.run("db", "roles").err()).as("again, in the same database").isEmpty();

      line.with("OPD_DB_URL", test.administrator().url());
      assertThat(line.run("db", "migrate").exit()).isZero();
      line.with("OPD_DESK_PASSWORD", "the test's");
      CommandLineFixture.Result refused = line.json("db", "roles");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.error().path("message").asText()).contains("\"opd\"");
      assertThat(refused.error().path("hint").asText()).contains("--replace-passwords");
      assertThat(logsIn(line, "the hospital's")).isTrue();

      line.with("OPD_DESK_PASSWORD", "");
      CommandLineFixture.Result kept = line.run("db", "roles");
      assertThat(kept.exit()).isZero();
      assertThat(kept.err()).contains("warning", "\"opd\"");
      assertThat(logsIn(line, "the hospital's")).isTrue();

      line.with("OPD_DESK_PASSWORD", "the test's");
      assertThat(line.run("db", "roles", "--replace-passwords").exit()).isZero();
      assertThat(logsIn(line, "the test's")).isTrue();
    }
  }

  private static boolean logsIn(CommandLineFixture line, String password) {
    var administrator = line.facility().administrator();
    as(line, line.facility().name().role(FacilityRole.DESK), password);
    boolean isIn = line.run("doctor", "list").exit() == 0;
    as(line, administrator.user(), administrator.password());
    return isIn;
  }

  private static void as(CommandLineFixture line, String user, String password) {
    line.with("OPD_DB_USER", user).with("OPD_DB_PASSWORD", password);
  }
}
