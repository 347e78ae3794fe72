package opd.torture;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What `scripts/torture` runs: rounds of faults drawn from a seed, for some minutes.
final class Torture {
  private static final int WISHES = 25;
  private static final int CUTS = 60;
  private static final int CLIENTS = 6;

  private Torture() {}

  /// @param arguments minutes, seed, and a folder that does not exist yet
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofSeconds(Math.round(60 * Double.parseDouble(arguments[0])));
    long seed = Long.parseLong(arguments[1]);
    Path folder = Path.of(arguments[2]);
    long end = System.nanoTime() + time.toNanos();
    System.out.println("seed " + seed);
    Campaign campaign;
    try (OwnCluster cluster = new OwnCluster(folder.resolve("home"), Optional.empty())) {
      cluster.start();
      cluster.makeTalkative();
      campaign = new Campaign(cluster);
      SplittableRandom random = new SplittableRandom(seed);
      for (int round = 0; System.nanoTime() < end; round++) {
        round(campaign, round, random.nextLong());
      }
    }
    System.exit(report(campaign, System.out) ? 0 : 1);
  }

  /// Each kind in turn, so that all come also in a short time; what they do is drawn.
  private static void round(Campaign campaign, int number, long seed) throws Exception {
    List<Fault> faults = List.of(Fault.values());
    Fault fault = faults.get(number % faults.size());
    switch (fault) {
      case CONNECTION_CUT -> {
        campaign.cuts(seed, CutWork.ALLOCATION, CUTS / 2);
        campaign.cuts(seed, CutWork.CALL, CUTS / 2);
      }
      case CLIENT_KILLED -> campaign.killedClients(seed, CLIENTS);
      case FAIL_OVER -> campaign.failOver(seed, WISHES);
      case SERVER_KILLED -> campaign.trouble(fault, seed, WISHES, 3);
      case STATEMENT_TIMEOUT -> campaign.trouble(fault, seed, WISHES / 2, 1);
      case BACKEND_TERMINATED,
          STATEMENT_CANCELLED,
          LOCK_TIMEOUT,
          DEADLOCK,
          SERIALIZATION_FAILURE,
          DISK_FULL,
          READ_ONLY,
          TOO_MANY_CONNECTIONS ->
          campaign.trouble(fault, seed, WISHES, 6);
    }
    System.err.printf(
        "%s  %s, %d problems%n", fault, campaign.reached(), campaign.problems().size());
  }

  /// @return whether everything held and everything was reached
  private static boolean report(Campaign campaign, PrintStream out) {
    List<String> failures = new ArrayList<>(campaign.problems());
    int faults = 0;
    for (Fault fault : Fault.values()) {
      int times = campaign.reached().getOrDefault(fault, 0);
      faults += times;
      out.printf("%6d  %s%n", times, fault.words());
      if (times == 0) {
        failures.add("never reached: " + fault.words());
      }
    }
    out.printf("%6d  faults%n", faults);
    out.printf("%6d  commands%n", campaign.commands());
    out.printf("%6d  unknown outcomes that had happened%n", campaign.unknownThatHappened());
    out.printf("%6d  unknown outcomes that had not%n", campaign.unknownThatDidNot());
    failures.forEach(failure -> out.println("FAILED  " + failure));
    int passed = campaign.commands() - campaign.problems().size();
    out.printf("%d passed, %d failed%n", passed, failures.size());
    return failures.isEmpty();
  }
}
