package opd.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /// Whoever decides does so within bounds, whatever session of the server it is given.
  private static final List<String> BOUNDED =
      List.of(
          """
          create function is_bounded() returns trigger language plpgsql as $$ begin
            if current_setting('lock_timeout') <> '1s'
               or current_setting('statement_timeout') <> '5s'
               or current_setting('idle_in_transaction_session_timeout') <> '2s' then
              raise exception 'decided without a bound';
            end if;
            return new;
          end $$\
          """,
          // Comes before a gate, which lifts a bound.
          "create trigger bounded before insert on request for each row execute function is_bounded()");

  private final OwnCluster cluster;
  private final int desks;
  private final UnaryOperator<FrontDesk> way;
  private final Map<Fault, Integer> reached = new EnumMap<>(Fault.class);
  private final List<String> problems = new ArrayList<>();
  private int rounds;
  private int deadlocks;
  private int commands;
  private int unknownThatHappened;
  private int unknownThatDidNot;

  Campaign(OwnCluster cluster) {
    this(cluster, DesksAtWork.DESKS, UnaryOperator.identity());
  }

  /// @param desks at work at the same time
  /// @param way by which a desk on another machine reaches the cluster
  Campaign(OwnCluster cluster, int desks, UnaryOperator<FrontDesk> way) {
    this.cluster = cluster;
    this.desks = desks;
    this.way = way;
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

  /// How often each fault really met a command.
  Map<Fault, Integer> reached() {
    return reached;
  }

  List<String> problems() {
    return problems;
  }

  int commands() {
    return commands;
  }

  int unknownThatHappened() {
    return unknownThatHappened;
  }

  int unknownThatDidNot() {
    return unknownThatDidNot;
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
      all = new DesksAtWork(desk, desks, wishes, timeout).work(round(), seed, trouble);
      count(fault, trouble.reached());
      down = trouble.down();
    }
    reckon(fault + ", seed " + seed, facility, all, down);
  }

  /// Desks at work, whom nobody disturbs.
  void undisturbed(long seed, int wishes) throws Exception {
    String facility = nextRound();
    FrontDesk desk = remoteDesk(facility);
    List<Told> all =
        new DesksAtWork(desk, desks, wishes, Duration.ofSeconds(10))
            .work(round(), seed, () -> false);
    reckon("undisturbed, seed " + seed, facility, all);
  }

  /// Desks at work, and the server is killed as soon as the last has its answer.
  void killedAfterwards(long seed, int wishes) throws Exception {
    String facility = nextRound();
    FrontDesk desk = remoteDesk(facility);
    cluster.flush();
    List<Told> all =
        new DesksAtWork(desk, desks, wishes, Duration.ofSeconds(10))
            .work(round(), seed, () -> false);
    cluster.kill();
    cluster.start();
    reckon("killed afterwards, seed " + seed, facility, all);
  }

  /// Commands cut at random messages in random ways.
  void cuts(long seed, CutWork work, int cuts) throws Exception {
    String facility = nextRound();
    try (Prompt superuser = cluster.prompt(facility)) {
      CutRound round = new CutRound(work, remoteDesk(facility), superuser, cluster.start().port());
      Wire.Heard heard = round.listen(cuts);
      List<Cut> all = new ArrayList<>();
      for (Afterwards afterwards : Afterwards.values()) {
        for (Manner manner : Manner.values()) {
          all.addAll(CutRound.everywhere(heard, List.of(manner), afterwards));
        }
      }
      Collections.shuffle(all, new Random(seed));
      CutRound.Result result =
          round.run(
              heard,
              all.subList(0, cuts),
              Duration.ofMillis(1_500),
              Reckoning.Settling.BY_REQUEST_ID);
      count(Fault.CONNECTION_CUT, result.reached());
      add("cuts of " + work + ", seed " + seed, cuts, result.problems(), result.reckoned());
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
      KilledClients killed = new KilledClients(remoteDesk(facility), gate, folder);
      for (int client = 0; client < clients; client++) {
        String name = round() + "-" + client;
        all.addAll(
            switch (client % 3) {
              case 0 -> killed.list(name, random);
              case 1 -> killed.commandAtWork(name, random);
              default -> killed.command(name, random);
            });
      }
      count(Fault.CLIENT_KILLED, killed.kills());
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
    try (Connection connection = cluster.connect(facility);
        Statement statement = connection.createStatement()) {
      for (String each : BOUNDED) {
        statement.execute(each);
      }
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
    FailOver.Result result = FailOver.run(folder, seed, wishes);
    count(Fault.FAIL_OVER, result.reached() ? 1 : 0);
    add(
        "fail-over, seed " + seed,
        result.told().size(),
        result.reckoned().problems(),
        result.reckoned());
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
    try (Prompt superuser = cluster.prompt(facility)) {
      Reckoning.Result result =
          new Reckoning(cluster.desk(facility), superuser, Reckoning.Settling.BY_REQUEST_ID)
              .of(all, down);
      add(round, all.size(), result.problems(), result);
    }
  }

  private void add(String round, int told, List<String> wrong, Reckoning.Result reckoned)
      throws IOException {
    // Nobody ever waits for each other by himself, as all take their locks in one order.
    int circles = deadlocks() - deadlocks;
    if (circles > 0 && !round.startsWith(Fault.DEADLOCK.name())) {
      problems.add("%s: %d deadlocks".formatted(round, circles));
    }
    commands += told;
    unknownThatHappened += reckoned.unknownThatHappened();
    unknownThatDidNot += reckoned.unknownThatDidNot();
    wrong.forEach(problem -> problems.add(round + ": " + problem));
  }

  private void count(Fault fault, int times) {
    reached.merge(fault, times, Integer::sum);
  }
}
