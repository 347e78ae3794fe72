package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.connection.Transactions;
import opd.store.schema.FacilityStore;
import opd.testing.ForgetfulPooler;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hospitals in one database, and a login whose settings in the database lead into the other
/// one: nothing is read or written there, however the connection came about.
final class OwnFacilityTest {
  private static final String PASSWORD = "of the login";

  @TempDir private Path folder;
  private CommandLineFixture line;
  private TestFacility other;
  private Prompt superuser;
  private String login;

  @BeforeEach
  void aLoginThatIsLedAstray() throws SQLException {
    line = new CommandLineFixture();
    other = TestFacility.create();
    superuser = Prompt.asSuperuser(line.facility());
    login = line.facility().name().schema() + "_astray";
    superuser.run(
        "create role %s login superuser password '%s'".formatted(login, PASSWORD),
        "alter role %s set search_path = %s, public".formatted(login, other.name().schema()),
        "alter role %s set lock_timeout = '1h'".formatted(login),
        "alter role %s set statement_timeout = '1h'".formatted(login),
        "alter role %s set default_transaction_isolation = 'serializable'".formatted(login));
    line.with("OPD_DB_USER", login).with("OPD_DB_PASSWORD", PASSWORD);
  }

  @AfterEach
  void drop() throws SQLException {
    superuser.run("drop role " + login);
    superuser.close();
    other.close();
    line.close();
  }

  private long doctors(TestFacility facility) throws SQLException {
    return superuser.number("select count(*) from " + facility.name().schema() + ".doctor");
  }

  @Test
  void theProgramsOwnSettingsWinOverThoseOfTheLogin() throws SQLException {
    assertThat(line.run("doctor", "add", "RAO", "--name", "Dr. Rao").exit()).isZero();
    assertThat(doctors(line.facility())).isEqualTo(1);
    assertThat(doctors(other)).isZero();
    assertThat(line.run("audit").exit()).isZero();
    assertThat(line.run("db", "migrate").exit()).isZero();
  }

  @Test
  void whereTheBoundsCannotBeSetNothingIsDecided() throws IOException, SQLException {
    try (ForgetfulPooler pooler = new ForgetfulPooler(TestServer.get().port(), true)) {
      line.with("OPD_DB_URL", pooler.url(TestServer.get().url()));
      for (String command :
          List.of(
              "doctor add RAO --name Rao",
              "doctor list",
              "audit",
              "audit --follow",
              "audit verify")) {
        CommandLineFixture.Result result = line.json(command.split(" ", -1));
        assertThat(result.exit()).as(command + result.out() + result.err()).isEqualTo(8);
        assertThat(result.error().path("code").asText()).as(command).isEqualTo("ACCESS_DENIED");
        assertThat(result.error().path("message").asText())
            .as(command)
            .contains("lock_timeout is \"1h\" and must be \"1s\"");
        assertThat(result.error().path("hint").asText())
            .as(command)
            .contains("alter role LOGIN set lock_timeout = '1s'");
      }
      assertThat(doctors(line.facility())).isZero();
      superuser.run("alter role %s set lock_timeout = '1000ms'".formatted(login));
      line.hangUp();
      assertThat(line.run("doctor", "add", "RAO", "--name", "Dr. Rao").exit())
          .as("a login that brings it")
          .isZero();
    }
    assertThat(doctors(other)).isZero();
    assertThat(doctors(line.facility())).isEqualTo(1);
  }

  @Test
  void aLaterConnectionProvesItselfToo() throws IOException, SQLException {
    try (ForgetfulPooler pooler = new ForgetfulPooler(TestServer.get().port(), false)) {
      DatabaseSettings place =
          new DatabaseSettings(
              pooler.url(TestServer.get().url()),
              login,
              PASSWORD,
              line.facility().name(),
              Duration.ofSeconds(10));
      try (FacilityConnection database = new FacilityConnection(place)) {
        Transactions transactions = new Transactions(database, new DecisionClock.OfDatabase());
        transactions.open(transaction -> FacilityStore.find(transaction, place.facility()));
        pooler.forget();
        superuser.run(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '%s'"
                .formatted(login));
        assertThatExceptionOfType(OpdException.class)
            .isThrownBy(() -> transactions.dryRun(FacilityStore::now))
            .withMessageContaining("lock_timeout")
            .extracting(OpdException::code)
            .isEqualTo(ErrorCode.ACCESS_DENIED);
      }
    }
  }
}
