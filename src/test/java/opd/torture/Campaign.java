package opd.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import opd.testing.Prompt;
import opd.testing.Wire;
import opd.testing.Wire.Afterwards;
import opd.testing.Wire.Cut;
import opd.testing.Wire.Manner;

/// Rounds of faults on one cluster, each in a facility of its own, and the count of what was
/// reached. A round draws all it does from its seed.
final class Campaign {
  private static final int CAPACITY = 8;
  // One for each command takes long.
  private static final int AS_FEW_BY_PROCESSES = 10;
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  private final OwnCluster cluster;
  private final int desks;
  private final UnaryOperator<FrontDesk> way;
  private final Programs programs;
  private final Tally tally = new Tally();
  private int rounds;
  private int deadlocks;

  Campaign(OwnCluster cluster) {
    this(cluster, Programs.HERE);
  }

  /// @param programs of the desks
  Campaign(OwnCluster cluster, Programs programs) {
    this(cluster, DesksAtWork.DESKS, UnaryOperator.identity(), programs);
  }

  /// @param desks at work at the same time
  /// @param way by which a desk on another machine reaches the cluster
  Campaign(OwnCluster cluster, int desks, UnaryOperator<FrontDesk> way) {
    this(cluster, desks, way, Programs.HERE);
  }

  private Campaign(OwnCluster cluster, int desks, UnaryOperator<FrontDesk> way, Programs programs) {
    this.cluster = cluster;
    this.desks = desks;
    this.way = way;
    this.programs = programs;
  }

  private FrontDesk remoteDesk(String facility) {
    return way.apply(cluster.remoteDesk(facility));
  }

  /// Whether what starts the server is what desks reach it by.
  private boolean isPooled() {
    return desks != DesksAtWork.DESKS;
  }

  /// So many of each desk, where there are eight, and fewer where there are more.
  int wishes(int ofEight) {
    return Math.max(2, ofEight * DesksAtWork.DESKS / desks);
  }

  /// So often in a round of eight desks, and once where many take long to get over it.
  int times(int ofEight) {
    return isPooled() ? 1 : ofEight;
  }

  Tally tally() {
    return tally;
  }

  /// Desks at work.
  ///
  /// @param wishes of each desk
  /// @param times how often the trouble should be reached
  void trouble(Fault fault, long seed, int wishes, int times) throws Exception {
    String facility = nextRound();
    FrontDesk desk =
        fault == Fault.SERVER_KILLED && !isPooled() ? cluster.desk(facility) : remoteDesk(facility);
    Random random = new Random(seed);
    // A short time is over before the server is back; of many each waits for the others.
    boolean isShort = fault == Fault.SERVER_KILLED && !isPooled() && random.nextBoolean();
    Duration timeout = Duration.ofSeconds(isShort ? 1 : isPooled() ? 30 : 10);
    List<Told> all;
    Duration down;
    try (Trouble trouble = new Trouble(fault, cluster, facility, random, times)) {
      all = work(desk, wishes, timeout).work(round(), seed, trouble);
      tally.reach(fault, trouble.reached());
      down = trouble.down();
    }
    reckon(fault + ", seed " + seed, facility, all, down);
  }

  /// Desks go on while a newer program migrates their facility, and its desks join them.
  void migrated(long seed, int wishes) throws Exception {
    String facility = nextRound();
    String name = Fault.MIGRATED + ", seed " + seed;
    FrontDesk desk = remoteDesk(facility);
    FrontDesk newer = cluster.desk(facility).by(programs.newer().orElseThrow());
    List<Told> all =
        new ArrayList<>(
            work(desk, wishes, ENOUGH)
                .work(
                    round(),
                    seed,
                    () -> {
                      boolean wasOlder = !newer.must("db", "migrate").contains("\"applied\":0");
                      tally.reach(Fault.MIGRATED, wasOlder ? 1 : 0);
                      return false;
                    }));
    all.stream()
        .filter(told -> !told.isDecided() && told.exit() != Told.NOT_FOUND)
        .forEach(told -> tally.fail(name, "did not go on: " + told));
    Programs joined = programs.afterMigration();
    all.addAll(
        new DesksAtWork(random -> joined.desk(desk, random), desks, wishes, ENOUGH)
            .work(round() + "-joined", seed, () -> false));
    reckon(name, facility, joined.each(cluster.desk(facility)), all, Duration.ZERO);
    check(name, facility, newer);
  }

  private DesksAtWork work(FrontDesk desk, int wishes, Duration timeout) {
    return new DesksAtWork(random -> programs.desk(desk, random), desks, wishes, timeout);
  }

  /// Desks at work, whom nobody disturbs.
  void undisturbed(long seed, int wishes) throws Exception {
    String facility = nextRound();
    FrontDesk desk = remoteDesk(facility);
    List<Told> all = work(desk, wishes, ENOUGH).work(round(), seed, () -> false);
    reckon("undisturbed, seed " + seed, facility, all);
  }

  /// Desks at work, and the server is killed as soon as the last has its answer.
  void killedAfterwards(long seed, int wishes) throws Exception {
    String facility = nextRound();
    FrontDesk desk = remoteDesk(facility);
    cluster.flush();
    List<Told> all = work(desk, wishes, ENOUGH).work(round(), seed, () -> false);
    cluster.kill();
    cluster.start();
    reckon("killed afterwards, seed " + seed, facility, all);
  }

  /// Commands cut at random messages in random ways.
  void cuts(long seed, CutWork work, int cuts) throws Exception {
    String facility = nextRound();
    Random random = new Random(seed);
    try (Prompt superuser = cluster.prompt(facility)) {
      FrontDesk desk = programs.commands(remoteDesk(facility), random);
      int times = desk.other().isPresent() ? cuts / AS_FEW_BY_PROCESSES : cuts;
      CutRound round =
          new CutRound(
              work, desk, programs.each(remoteDesk(facility)), superuser, cluster.start().port());
      Wire.Heard heard = round.listen(times);
      List<Cut> all = new ArrayList<>();
      for (Afterwards afterwards : Afterwards.values()) {
        for (Manner manner : Manner.values()) {
          all.addAll(CutRound.everywhere(heard, List.of(manner), afterwards));
        }
      }
      Collections.shuffle(all, random);
      CutRound.Result result =
          round.run(
              heard,
              all.subList(0, times),
              Duration.ofMillis(1_500),
              Reckoning.Settling.BY_REQUEST_ID);
      tally.reach(Fault.CONNECTION_CUT, result.reached());
      add("cuts of " + work + ", seed " + seed, result.told(), result.reckoned());
    }
  }

  /// Processes that are killed.
  void killedClients(long seed, int clients) throws Exception {
    String facility = nextRound();
    Path folder = Files.createDirectories(cluster.home().resolveSibling(facility));
    List<Told> all = new ArrayList<>();
    Random random = new Random(seed);
    try (Connection superuser = cluster.connect(facility)) {
      Gate gate = new Gate(superuser, "request");
      for (int client = 0; client < clients; client++) {
        String name = round() + "-" + client;
        FrontDesk desk = programs.commands(remoteDesk(facility), random);
        KilledClients killed = new KilledClients(desk, gate, folder);
        all.addAll(
            switch (client % 3) {
              case 0 -> killed.list(name, random);
              case 1 -> killed.commandAtWork(name, random);
              default -> killed.command(name, random);
            });
        tally.reach(Fault.CLIENT_KILLED, killed.kills());
      }
    }
    reckon("killed clients, seed " + seed, facility, all);
  }

  /// What the ids of this round's requests begin with.
  private String round() {
    return "round" + rounds;
  }

  /// The facility of the next round: each has its own, whose log stays short.
  private String nextRound() throws IOException, SQLException {
    beginRound();
    String facility = cluster.newFacility();
    FrontDesk desk = cluster.desk(facility);
    desk.must("db", "migrate");
    Morning.openSlots(desk, CAPACITY);
    try (Prompt superuser = cluster.prompt(facility)) {
      Bounds.demand(superuser);
    }
    return facility;
  }

  private void beginRound() throws IOException {
    rounds++;
    deadlocks = deadlocks();
  }

  /// Desks whose server is killed for good, and its standby promoted.
  void failOver(long seed, int wishes) throws Exception {
    beginRound();
    Path folder = cluster.home().resolveSibling("pair" + rounds);
    FailOver.Result result = FailOver.run(folder, programs, seed, wishes);
    tally.reach(Fault.FAIL_OVER, result.reached() ? 1 : 0);
    add("fail-over, seed " + seed, result.told(), result.reckoned());
  }

  private int deadlocks() throws IOException {
    return cluster.logged().getOrDefault(Fault.DEADLOCK, 0);
  }

  private void reckon(String round, String facility, List<Told> all)
      throws SQLException, IOException {
    reckon(round, facility, all, Duration.ZERO);
  }

  private void reckon(String round, String facility, List<Told> all, Duration down)
      throws SQLException, IOException {
    FrontDesk local = cluster.desk(facility);
    reckon(round, facility, programs.each(local), all, down);
    if (!programs.isOnlyHere()) {
      check(round, facility, local);
    }
  }

  private void reckon(
      String round, String facility, List<FrontDesk> asked, List<Told> all, Duration down)
      throws SQLException, IOException {
    try (Prompt superuser = cluster.prompt(facility)) {
      add(
          round,
          all,
          new Reckoning(asked, superuser, Reckoning.Settling.BY_REQUEST_ID).of(all, down));
    }
  }

  /// Without what the torture put there, all is as the migrations of the newest program make it.
  private void check(String round, String facility, FrontDesk newest) throws SQLException {
    try (Prompt superuser = cluster.prompt(facility)) {
      Bounds.demandNoMore(superuser);
      superuser.run(
          "drop function if exists gate() cascade",
          "drop sequence if exists gate_count, trouble_count");
    }
    FrontDesk.Printed checked = newest.give("check");
    if (checked.exit() != 0) {
      tally.fail(round, "check: " + checked);
    }
  }

  private void add(String round, List<Told> told, Reckoning.Result reckoned) throws IOException {
    // Nobody ever waits for each other by himself, as all take their locks in one order.
    int circles = deadlocks() - deadlocks;
    if (circles > 0 && !round.startsWith(Fault.DEADLOCK.name())) {
      tally.fail(round, circles + " deadlocks");
    }
    tally.add(round, told, reckoned);
  }
}
