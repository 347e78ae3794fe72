package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opd.testing.Await;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is only read can be read on a hot standby; what changes something cannot be done there.
@Tag("integration")
@Order(5)
final class StandbyTest {
  private static final String FACILITY = "read";
  private static final String SLOT = "RAO-20300107-0900";

  @TempDir private static Path folder;
  private static OwnCluster primary;
  private static Pair pair;
  private static FrontDesk desk;
  private static FrontDesk board;

  @BeforeAll
  static void start() throws Exception {
    Path home = folder.resolve("home");
    TestServer.lendHome(home);
    primary = new OwnCluster(home, Optional.empty());
    primary.start();
    desk = primary.desk(FACILITY);
    desk.must("db", "migrate");
    Morning.openSlots(desk, 8);
    pair = new Pair(primary, folder.resolve("standby"));
    board = pair.deskAtStandby(FACILITY);
    desk.must(allocate(1));
    // A COMMIT waits until the standby has it, not until it shows it.
    Await.until(
        "the standby shows it",
        Await.PATIENCE,
        () -> board.give("queue", SLOT).out().contains(SLOT + "-01"));
  }

  @AfterAll
  static void stop() {
    if (pair != null) {
      pair.close();
    }
    primary.close();
  }

  private static String[] allocate(int patient) {
    return "allocate --slot %s --phone 98765%05d --name Patient --priority paid --source app"
        .formatted(SLOT, patient)
        .split(" ");
  }

  @Test
  void whatOnlyReadsWorksThere() {
    for (String command :
        List.of(
            "doctor list",
            "slot list --all",
            "slot show " + SLOT,
            "queue " + SLOT,
            "owed --date 2030-01-07",
            "patient find Patient",
            "slip " + SLOT + "-01",
            "audit",
            "audit explain " + SLOT + "-01",
            "audit seal",
            "db backup " + folder.resolve("of-the-standby"))) {
      FrontDesk.Printed printed = board.give(command.split(" "));
      assertThat(printed.exit()).as(command + ": " + printed).isZero();
    }
    assertThat(board.must("audit", "verify")).contains("\"ok\":true");
  }

  @Test
  void whatChangesSomethingIsToldToGoToThePrimary() {
    FrontDesk.Printed refused = board.give(allocate(2));
    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.err()).contains("takes no changes").contains("primary");
    assertThat(board.give("queue", SLOT).out()).doesNotContain("9876500002");
  }

  @Test
  void ofSeveralServersThePrimaryIsLookedFor() {
    assertThat(pair.deskOfBoth(FACILITY).must(allocate(3))).contains("ADMITTED");
  }

  /// The snapshot of a standby does not say who is still at work on the primary.
  @Test
  void aFollowerThereMissesNothingOfATransactionThatBeganEarlierAndEndsLater() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool();
        Connection early = primary.connect(FACILITY);
        Statement statement = early.createStatement()) {
      early.setAutoCommit(false);
      statement.execute(
          "insert into request (id, digest, kind, outcome)"
              + " values ('early', sha256('x'), 'CHANGE_REJECTED', '{}')");
      statement.execute(
          "insert into audit_entry (actor, kind, request_id, slot_id, facts)"
              + " select 'raw', 'CHANGE_REJECTED', 'early', id,"
              + " '{\"wish\":\"DELAY\",\"code\":\"SLOT_CLOSED\",\"slotStatus\":\"COMPLETED\"}'"
              + " from slot where label = 'SEN-20300107-0900'");
      int before = (int) board.must("audit").lines().count();
      Future<FrontDesk.Printed> following =
          threads.submit(() ->
              board.give(
                  "audit",
                  "--follow",
                  "--since",
                  "2020-01-01T00:00Z",
                  "--limit",
                  Integer.toString(before + 3)));
      desk.must(allocate(4));
      Await.until(
          "the standby shows it",
          Await.PATIENCE,
          () -> board.give("queue", SLOT).out().contains("9876500004"));
      early.commit();
      FrontDesk.Printed printed = following.get();
      assertThat(printed.err()).contains("once a second: the server is a standby");
      assertThat(printed.out().lines()).hasSize(before + 3).doesNotHaveDuplicates();
      assertThat(printed.out()).contains("\"requestId\":\"early\"");
    }
  }
}
