package opd.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import opd.testing.Await;
import opd.testing.Prompt;
import opd.testing.Wire;
import opd.testing.Wire.Afterwards;
import opd.testing.Wire.Cut;
import opd.testing.Wire.Direction;
import opd.testing.Wire.Manner;
import opd.testing.Wire.Place;

/// Commands whose connection is cut, each at another message of its conversation.
final class CutRound {
  private static final int DESKS = 6;
  // Each is a JVM that starts.
  private static final int PROCESSES = 2;
  // They only wait.
  private static final int DESKS_AT_BLACK_HOLES = 30;
  private static final int AROUND = 5;
  private static final Duration ENOUGH = Duration.ofSeconds(10);
  // For whom goes on elsewhere, or is interrupted: however busy the machine is.
  private static final Duration PLENTY = Duration.ofSeconds(60);

  private final CutWork work;
  private final FrontDesk direct;
  private final List<FrontDesk> settling;
  private final Prompt superuser;
  private final int serverPort;

  /// What came of the cuts.
  ///
  /// @param exits how often each exit code was given
  record Result(
      List<Told> told, int reached, Map<Integer, Integer> exits, Reckoning.Result reckoned) {
    List<String> problems() {
      return reckoned.problems();
    }
  }

  /// @param work what is cut
  /// @param direct a desk whose facility is new
  /// @param settling desks of each program that works there
  CutRound(
      CutWork work, FrontDesk direct, List<FrontDesk> settling, Prompt superuser, int serverPort) {
    this.work = work;
    this.direct = direct;
    this.settling = settling;
    this.superuser = superuser;
    this.serverPort = serverPort;
  }

  /// The command as it is spoken when nobody disturbs it.
  ///
  /// @param cuts how many are to follow: each gets a slot
  Wire.Heard listen(int cuts) throws IOException {
    work.prepare(direct, cuts + 1);
    try (Wire wire = new Wire(serverPort, Optional.empty())) {
      Told told = through(wire).tell(wish(0, ENOUGH));
      if (told.exit() != 0) {
        throw new IllegalStateException(told.toString());
      }
      return wire.heard();
    }
  }

  /// A cut at every place of every message.
  static List<Cut> everywhere(Wire.Heard heard, List<Manner> manners, Afterwards afterwards) {
    List<Cut> cuts = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      int messages = direction == Direction.TO_SERVER ? heard.toServer() : heard.toClient();
      for (int message = 1; message <= messages; message++) {
        for (Place place : Place.values()) {
          Manner manner = manners.get(cuts.size() % manners.size());
          cuts.add(new Cut(direction, message, place, manner, afterwards));
        }
      }
    }
    return cuts;
  }

  /// Those at the messages where the outcome is decided: the last statements and the COMMIT.
  static List<Cut> aroundCommit(Wire.Heard heard, List<Cut> cuts) {
    return cuts.stream()
        .filter(cut ->
            switch (cut.direction()) {
              case TO_SERVER -> cut.message() > heard.commit() - AROUND;
              case TO_CLIENT -> cut.message() > heard.told() - AROUND;
            })
        .toList();
  }

  /// @param blackHole the time of a command whose network swallows everything; the others have
  ///   plenty
  Result run(Wire.Heard heard, List<Cut> cuts, Duration blackHole, Reckoning.Settling how)
      throws Exception {
    // A black hole stays one until all is reckoned: no desk tells the server that it is gone.
    Queue<Wire> wires = new ConcurrentLinkedQueue<>();
    try (ExecutorService desks = Executors.newFixedThreadPool(desksFor(cuts))) {
      List<Future<CutTrial>> trials = new ArrayList<>();
      for (Cut cut : cuts) {
        boolean isShort =
            isSwallowed(cut) || isInOtherProcess() && cut.afterwards() == Afterwards.STAYS_DOWN;
        Wish wish = wish(trials.size() + 1, isShort ? blackHole : PLENTY);
        trials.add(desks.submit(() -> trial(cut, wish, wires)));
      }
      return reckon(heard, trials, how);
    } finally {
      wires.forEach(Wire::close);
    }
  }

  private Result reckon(Wire.Heard heard, List<Future<CutTrial>> trials, Reckoning.Settling how)
      throws Exception {
    List<String> problems = new ArrayList<>();
    List<Told> all = new ArrayList<>();
    Map<Integer, Integer> exits = new HashMap<>();
    int reached = 0;
    for (Future<CutTrial> future : trials) {
      CutTrial trial = future.get();
      all.add(trial.told());
      exits.merge(trial.told().exit(), 1, Integer::sum);
      reached += trial.isCut() ? 1 : 0;
      trial.problem(heard).ifPresent(problems::add);
    }
    Reckoning.Result reckoned = new Reckoning(settling, superuser, how).of(all);
    return new Result(all, reached, exits, reckoned.and(problems));
  }

  /// On a busy machine a short time may be over, and nothing have happened, before the conversation
  /// comes to its cut: then it is held again with all the time it needs.
  ///
  /// @param wires where the ones that were made go
  private CutTrial trial(Cut cut, Wish wish, Queue<Wire> wires) throws IOException {
    Wire wire = new Wire(serverPort, Optional.of(cut));
    wires.add(wire);
    Told told =
        isSwallowed(cut) || cut.afterwards() == Afterwards.HEALS || isInOtherProcess()
            ? through(wire).tell(wish)
            : tellUntilCut(wire, wish);
    wire.missKeepAlives();
    boolean ranOut = told.exit() == Told.UNAVAILABLE && !wire.isCut();
    return ranOut && wish.timeout().compareTo(ENOUGH) < 0
        ? trial(cut, wish.within(ENOUGH), wires)
        : new CutTrial(cut, told, wire.isCut(), wire.beginnings());
  }

  private static boolean isSwallowed(Cut cut) {
    return cut.manner() == Manner.BLACK_HOLE;
  }

  /// Then a desk that is cut off cannot be interrupted, and has little time instead.
  private boolean isInOtherProcess() {
    return direct.other().isPresent();
  }

  private int desksFor(List<Cut> cuts) {
    if (isInOtherProcess()) {
      return PROCESSES;
    }
    boolean onlyBlackHoles = cuts.stream().allMatch(CutRound::isSwallowed);
    return onlyBlackHoles ? DESKS_AT_BLACK_HOLES : DESKS;
  }

  /// A desk that is interrupted once it is cut off: nothing gets through any more. However long a
  /// busy machine takes until then, its time is not over before.
  private Told tellUntilCut(Wire wire, Wish wish) {
    Thread desk = Thread.currentThread();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread.startVirtualThread(() -> {
      while (!wire.isCut() && !isOver.get()) {
        Await.pause();
      }
      synchronized (isOver) {
        if (!isOver.get()) {
          desk.interrupt();
        }
      }
    });
    try {
      return through(wire).tell(wish);
    } finally {
      synchronized (isOver) {
        isOver.set(true);
      }
      Thread.interrupted();
    }
  }

  private FrontDesk through(Wire wire) {
    return direct.with(
        Map.of(
            "OPD_DB_URL",
            direct
                .environment()
                .get("OPD_DB_URL")
                .replace(":" + serverPort + "/", ":" + wire.port() + "/")));
  }

  private Wish wish(int slot, Duration timeout) {
    return new Wish("cut-" + slot, work.words(slot), timeout);
  }
}
