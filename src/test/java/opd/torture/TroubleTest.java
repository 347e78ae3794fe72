package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Eight desks go on through whatever happens to their server, a short while each;
/// `scripts/torture` does the same for as long as one likes.
@Tag("integration")
@Order(3)
final class TroubleTest {
  private static final long SEED = Long.getLong("opd.seed", System.nanoTime());

  private static final int WISHES = 8;

  @TempDir private static Path folder;
  private static OwnCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    System.out.println("seed " + SEED);
    cluster = new OwnCluster(folder.resolve("home"), Optional.of(TestServer.get().home()));
    cluster.makeTalkative();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "SERVER_KILLED",
        "BACKEND_TERMINATED",
        "STATEMENT_CANCELLED",
        "LOCK_TIMEOUT",
        "DEADLOCK",
        "SERIALIZATION_FAILURE",
        "DISK_FULL",
        "READ_ONLY",
        "TOO_MANY_CONNECTIONS"
      })
  void nothingAcknowledgedIsLostAndNothingHappensTwice(Fault fault) throws Exception {
    Campaign campaign = new Campaign(cluster);
    // A slow machine may miss what takes two at the same moment.
    for (int round = 0; round < 5 && campaign.reached().getOrDefault(fault, 0) == 0; round++) {
      campaign.trouble(fault, SEED + round, wishes(fault), fault == Fault.SERVER_KILLED ? 2 : 1);
    }

    assertThat(campaign.problems()).isEmpty();
    assertThat(campaign.reached().get(fault)).isPositive();
  }

  /// A session that works, or even a statement, is not easily met.
  private static int wishes(Fault fault) {
    return fault == Fault.STATEMENT_CANCELLED || fault == Fault.BACKEND_TERMINATED
        ? 3 * WISHES
        : WISHES;
  }

  @Test
  void theServersOwnDefaultsDoNotChangeWhatIsDecided() throws Exception {
    Campaign campaign = new Campaign(cluster);
    run("alter database opd set default_transaction_isolation = 'serializable'");
    campaign.undisturbed(SEED, WISHES);
    run("alter database opd reset default_transaction_isolation");
    assertThat(campaign.problems()).isEmpty();
  }

  @Test
  void whatWasAcknowledgedOutlivesAKillThatFollowsAtOnce() throws Exception {
    Campaign campaign = new Campaign(cluster);
    campaign.killedAfterwards(SEED, WISHES);
    assertThat(campaign.problems()).isEmpty();
  }

  @Test
  void aServerThatAcknowledgesBeforeTheDiskHasItIsFoundOut() throws Exception {
    Campaign campaign = new Campaign(cluster);
    // Nobody writes the log meanwhile but a COMMIT that waits for it, and none does.
    run(
        "alter system set wal_writer_delay = '10s'",
        "alter system set wal_writer_flush_after = '1GB'",
        "select pg_reload_conf()",
        "alter database opd set synchronous_commit = off");
    campaign.killedAfterwards(SEED, WISHES);
    run(
        "alter database opd reset synchronous_commit",
        "alter system reset wal_writer_delay",
        "alter system reset wal_writer_flush_after",
        "select pg_reload_conf()");
    assertThat(campaign.problems()).anyMatch(problem -> problem.contains("is lost: opd"));
  }

  @Test
  void desksGoOnAtTheStandbyWhenThePrimaryIsKilled() throws Exception {
    Campaign campaign = new Campaign(cluster);
    campaign.failOver(SEED, WISHES);
    assertThat(campaign.problems()).isEmpty();
    assertThat(campaign.reached().get(Fault.FAIL_OVER)).isEqualTo(1);
  }

  @Test
  void aKilledCommandHappenedOnceOrNotAtAll() throws Exception {
    Campaign campaign = new Campaign(cluster);
    for (int round = 0;
        round < 5 && campaign.reached().getOrDefault(Fault.CLIENT_KILLED, 0) == 0;
        round++) {
      campaign.killedClients(SEED + round, 2);
    }
    assertThat(campaign.problems()).isEmpty();
    assertThat(campaign.reached().getOrDefault(Fault.CLIENT_KILLED, 0)).isPositive();
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
