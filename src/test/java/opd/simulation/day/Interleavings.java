package opd.simulation.day;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import opd.store.table.Inspection;
import opd.testing.Await;
import opd.testing.Clinic;

/// Lets desks do something to the same slot, one statement at a time, in any order. What comes of
/// it must be what comes of some order of the whole operations.
final class Interleavings implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final int MOST_FAULTS = 10;
  // Who comes to a gate or is done is seen at once; only who waits for a lock is looked for after
  // it.
  private static final int MOMENT_MILLIS = 5;

  private final Object monitor = new Object();
  private final Clinic clinic = Clinic.at("08:00");
  private final Inspection inspection = Inspection.open(clinic.facility().deskSettings());
  private final List<GatedDesk> desks = new ArrayList<>();
  private final Map<List<Wish>, Map<List<Integer>, List<String>>> serial = new HashMap<>();
  private final Map<String, Integer> waits = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final SmallWorld.Doctors doctors;
  private int played;
  private int worlds;
  private volatile Instant now = Clinic.time("08:00");

  Interleavings(int deskCount) throws SQLException, IOException {
    doctors = SmallWorld.invite(clinic, deskCount);
    for (int desk = 0; desk < deskCount; desk++) {
      desks.add(new GatedDesk(clinic, monitor, () -> now));
    }
  }

  /// @param played in how many orders of statements
  /// @param waits how often a desk waited for another's lock, by who met
  record Report(List<String> faults, int played, Map<String, Integer> waits) {
    Report and(Report other) {
      List<String> both = new ArrayList<>(faults);
      both.addAll(other.faults);
      Map<String, Integer> sum = new HashMap<>(waits);
      other.waits.forEach((who, count) -> sum.merge(who, count, Integer::sum));
      return new Report(both, played + other.played, sum);
    }
  }

  /// Plays these meetings of two in orders of statements in which a desk is left in the middle of
  /// its work at most once.
  ///
  /// @param each of so many places where a desk may be left one is taken, in each meeting others; 1
  ///   for every order there is
  static Report playAll(List<List<Wish>> meetings, int each) throws Exception {
    try (Interleavings interleavings = new Interleavings(2)) {
      for (int number = 0; number < meetings.size(); number++) {
        interleavings.explore(meetings.get(number), new Sample(each, number % each), MOST_FAULTS);
      }
      return interleavings.report();
    }
  }

  /// Up to the first fault that is found. Only classes of the JDK go in and out, so that a mutant
  /// in a class loader of its own can be asked.
  ///
  /// @param sql run as the superuser before, to lift the database's own guards
  static List<String> faults(List<String> sql) throws Exception {
    try (Interleavings interleavings = new Interleavings(2)) {
      interleavings.clinic.prompt().run(sql.toArray(String[]::new));
      interleavings.explore(List.of(Wish.ALLOCATE, Wish.ALLOCATE), new Sample(1, 0), 1);
      return interleavings.report().faults();
    }
  }

  private void explore(List<Wish> wishes, Sample sample, int mostFaults) throws Exception {
    ChoiceTree tree = new ChoiceTree();
    int left = sample.first();
    boolean goesOn = true;
    while (goesOn && faults.size() < mostFaults) {
      play(wishes, 1, tree::choose);
      goesOn = tree.next();
      // Who begins is the first choice, and both do.
      for (; goesOn && left > 0 && tree.known() > 1; left--) {
        goesOn = tree.skip();
      }
      left = sample.each() - 1;
    }
  }

  /// One of so many, and how many are left out before the first of them.
  private record Sample(int each, int first) {}

  /// Plays one order of statements.
  ///
  /// @param interruptions how often a desk may be left that could go on
  /// @param choice which of so many desks goes on; 0 is the one that went on last, if it can
  void play(List<Wish> wishes, int interruptions, IntUnaryOperator choice) throws Exception {
    SmallWorld world = nextWorld(wishes);
    for (int desk = 0; desk < wishes.size(); desk++) {
      desks.get(desk).begin(world.work(wishes.get(desk), desk), clinic.request());
    }
    StringBuilder order = new StringBuilder();
    // Who was done before another had begun was first.
    Set<List<Integer>> precedence = new LinkedHashSet<>();
    int left = interruptions;
    Integer last = -1;
    List<Integer> free = settled(wishes);
    while (!free.isEmpty()) {
      List<Integer> options = new ArrayList<>(free);
      boolean canGoOn = options.remove(last);
      if (canGoOn) {
        options.addFirst(last);
      }
      boolean isFixed = options.size() == 1 || canGoOn && left == 0;
      Integer next = options.get(isFixed ? 0 : choice.applyAsInt(options.size()));
      left -= canGoOn && !next.equals(last) ? 1 : 0;
      last = next;
      if (!desks.get(next).hasBegun()) {
        done(wishes.size()).forEach(before -> precedence.add(List.of(before, next)));
      }
      order.append((char) ('A' + next));
      desks.get(next).letPass();
      free = settled(wishes);
    }
    played++;
    judge(wishes, world, precedence, order);
  }

  private SmallWorld nextWorld(List<Wish> wishes) {
    SmallWorld world = SmallWorld.make(clinic, doctors, worlds++, wishes);
    now = world.now();
    return world;
  }

  private void judge(
      List<Wish> wishes, SmallWorld world, Set<List<Integer>> precedence, StringBuilder order)
      throws Exception {
    List<String> answers =
        IntStream.range(0, wishes.size()).mapToObj(desk -> desks.get(desk).answer()).toList();
    List<String> story = world.story(answers, inspection);
    var possible =
        serial(wishes).entrySet().stream()
            .filter(entry ->
                precedence.stream()
                    .allMatch(pair ->
                        entry.getKey().indexOf(pair.getFirst())
                            < entry.getKey().indexOf(pair.getLast())))
            .map(Map.Entry::getValue)
            .toList();
    if (!possible.contains(story)) {
      faults.add(
          "%s in the order %s is like no order of the whole operations:\n  %s\nbut they give\n  %s"
              .formatted(
                  wishes,
                  order,
                  String.join("\n  ", story),
                  possible.stream()
                      .map(other -> String.join("\n  ", other))
                      .collect(Collectors.joining("\n or\n  "))));
    }
  }

  /// What comes of each order of the whole operations.
  private Map<List<Integer>, List<String>> serial(List<Wish> wishes) throws Exception {
    Map<List<Integer>, List<String>> known = serial.get(wishes);
    if (known == null) {
      known = new HashMap<>();
      for (List<Integer> order : orders(wishes.size())) {
        SmallWorld world = nextWorld(wishes);
        String[] answers = new String[wishes.size()];
        for (int desk : order) {
          answers[desk] =
              desks.get(desk).answerAtOnce(world.work(wishes.get(desk), desk), clinic.request());
        }
        known.put(order, world.story(List.of(answers), inspection));
      }
      serial.put(wishes, known);
    }
    return known;
  }

  private static List<List<Integer>> orders(int count) {
    if (count == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (List<Integer> shorter : orders(count - 1)) {
      for (int place = 0; place < count; place++) {
        List<Integer> order = new ArrayList<>(shorter);
        order.add(place, count - 1);
        orders.add(order);
      }
    }
    return orders;
  }

  /// Waits until every desk is done, stands at its gate, or waits for another's lock.
  ///
  /// @return those at their gates; none when all are done
  private List<Integer> settled(List<Wish> wishes) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    boolean isDeadlock = false;
    while (Instant.now().isBefore(deadline)) {
      List<Integer> running = running(wishes.size());
      WaitingDesks blocked = blocked(running);
      List<Integer> free = atGates(wishes.size());
      boolean isAllDone = done(wishes.size()).size() == wishes.size();
      // Nobody comes to a gate while it is looked who waits for whom.
      if (blocked.size() == running.size() && (isAllDone || !free.isEmpty())) {
        waits.merge(wishes.toString(), blocked.size(), Integer::sum);
        return free;
      }
      // The server ends it after a while, and the program tries again: nobody else would notice.
      if (!isDeadlock && blocked.isCircle()) {
        faults.add(wishes + ": they wait for each other");
        isDeadlock = true;
      }
    }
    throw new AssertionError(wishes + ": nobody goes on");
  }

  /// Those who neither are done nor stand at a gate, after a moment.
  private List<Integer> running(int count) throws InterruptedException {
    synchronized (monitor) {
      List<Integer> running = runningNow(count);
      if (!running.isEmpty()) {
        monitor.wait(MOMENT_MILLIS);
        running = runningNow(count);
      }
      return running;
    }
  }

  private List<Integer> runningNow(int count) {
    return IntStream.range(0, count)
        .filter(desk -> !desks.get(desk).isDone() && !desks.get(desk).isAtGate())
        .boxed()
        .toList();
  }

  private List<Integer> atGates(int count) {
    synchronized (monitor) {
      return IntStream.range(0, count).filter(desk -> desks.get(desk).isAtGate()).boxed().toList();
    }
  }

  private List<Integer> done(int count) {
    synchronized (monitor) {
      return IntStream.range(0, count).filter(desk -> desks.get(desk).isDone()).boxed().toList();
    }
  }

  private WaitingDesks blocked(List<Integer> running) throws SQLException {
    Map<Integer, Integer> byPort = new HashMap<>();
    for (int desk : running) {
      byPort.put(desks.get(desk).portAtServer(), desk);
    }
    return WaitingDesks.of(clinic.prompt(), byPort);
  }

  /// The log run again and every invariant looked at, too.
  Report report() {
    List<String> all = new ArrayList<>(faults);
    clinic
        .desk()
        .verification()
        .verify(Optional.empty(), Optional.empty(), entries -> {})
        .differences()
        .forEach(difference -> all.add("the log: " + difference));
    inspection
        .faults()
        .forEach((sentence, found) -> found.forEach(fault -> all.add(sentence + ": " + fault)));
    return new Report(all, played, Map.copyOf(waits));
  }

  @Override
  public void close() throws SQLException, IOException {
    for (GatedDesk desk : desks) {
      desk.close();
    }
    inspection.close();
    clinic.close();
  }
}
