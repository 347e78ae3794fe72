package opd.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import opd.testing.Prompt;
import opd.testing.TestServer;

/// Desks at work while their server is killed for good and its standby takes its place.
final class FailOver {
  private static final int CAPACITY = 8;
  private static final String FACILITY = "pair";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private FailOver() {}

  /// @param told everything that desks were told
  /// @param reached whether it happened while they worked
  record Result(List<Told> told, boolean reached, Reckoning.Result reckoned) {}

  /// @param folder for both clusters; does not exist yet
  /// @param wishes of each desk
  static Result run(Path folder, Programs programs, long seed, int wishes) throws Exception {
    Path home = folder.resolve("primary");
    TestServer.lendHome(home);
    try (OwnCluster primary = new OwnCluster(home, Optional.empty())) {
      primary.start();
      FrontDesk local = primary.desk(FACILITY);
      local.must("db", "migrate");
      Morning.openSlots(local, CAPACITY);
      try (Pair pair = new Pair(primary, folder.resolve("standby"))) {
        return run(pair, programs, seed, wishes);
      }
    }
  }

  private static Result run(Pair pair, Programs programs, long seed, int wishes) throws Exception {
    FrontDesk desk = pair.desk(FACILITY);
    Told refused =
        pair.deskAtStandby(FACILITY)
            .tell(new Wish("standby", Morning.allocate(new Random(seed)), TIMEOUT));
    AtomicBoolean reached = new AtomicBoolean();
    List<Told> all =
        new ArrayList<>(
            new DesksAtWork(
                    random -> programs.desk(desk, random), DesksAtWork.DESKS, wishes, TIMEOUT)
                .work(
                    "fail-over",
                    seed,
                    () -> {
                      pair.failOver();
                      reached.set(true);
                      return false;
                    }));
    all.add(refused);
    try (Prompt superuser = pair.prompt(FACILITY)) {
      Reckoning.Result reckoned =
          new Reckoning(programs.each(desk), superuser, Reckoning.Settling.BY_REQUEST_ID).of(all);
      List<String> problems =
          refused.exit() == Told.UNAVAILABLE
              ? List.of()
              : List.of("a standby took a change: " + refused);
      return new Result(all, reached.get(), reckoned.and(problems));
    }
  }
}
