package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The long programme of desks that meet at a slot: three at a time, statement by statement in
/// orders drawn from a seed, and crowds of 2 to 32.
public final class Meetings {
  private static final int DESKS = 3;
  private static final int TRIPLES = 5;
  private static final int ORDERS = 20;
  private static final int MOST_IN_A_CROWD = 32;
  private static final int OPERATIONS = 320;

  private final RandomGenerator random;
  private final List<String> faults = new ArrayList<>();
  private int orders;
  private int waits;
  private int crowds;
  private int overlapping;

  private Meetings(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// @param arguments minutes and seed
  public static void main(String[] arguments) throws Exception {
    Instant end =
        Instant.now().plus(Duration.ofSeconds(Math.round(60 * Double.parseDouble(arguments[0]))));
    Meetings meetings = new Meetings(Long.parseLong(arguments[1]));
    do {
      meetings.meet();
      meetings.gather();
    } while (Instant.now().isBefore(end));
    System.exit(meetings.report(arguments[1]) ? 0 : 7);
  }

  private void meet() throws Exception {
    try (Interleavings interleavings = new Interleavings(DESKS)) {
      for (int count = 0; count < TRIPLES; count++) {
        List<Wish> wishes =
            random
                .ints(DESKS, 0, Wish.values().length)
                .mapToObj(any -> Wish.values()[any])
                .toList();
        for (int order = 0; order < ORDERS; order++) {
          interleavings.play(wishes, Integer.MAX_VALUE, random::nextInt);
        }
      }
      Interleavings.Report report = interleavings.report();
      faults.addAll(report.faults());
      orders += report.played();
      waits += report.waits().values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private void gather() throws Exception {
    int desks = random.nextInt(2, MOST_IN_A_CROWD + 1);
    Crowd.Report report = Crowd.gather(random.nextLong(1_000_000), desks, OPERATIONS / desks);
    faults.addAll(report.faults());
    crowds++;
    overlapping += report.overlapping();
  }

  private boolean report(String seed) {
    faults.forEach(System.out::println);
    if (waits == 0 || overlapping == 0) {
      faults.add("nobody ever met");
    }
    System.out.printf(
        "seed %s: %d orders of three desks' statements, waiting %d times; %d crowds with %d overlapping"
            + " decisions%n",
        seed, orders, waits, crowds, overlapping);
    System.out.printf("%d passed, %d failed%n", orders + crowds - faults.size(), faults.size());
    return faults.isEmpty();
  }
}
