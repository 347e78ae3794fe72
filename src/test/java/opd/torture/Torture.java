package opd.torture;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// What `scripts/torture` runs: rounds of faults drawn from a seed, for some minutes.
final class Torture {
  private static final List<Fault> ALL = List.of(Fault.values());
  private static final List<Fault> OF_ONE_PROGRAM =
      ALL.stream().filter(fault -> fault != Fault.MIGRATED).toList();
  private static final int WISHES = 25;
  private static final int CUTS = 60;
  private static final int CLIENTS = 6;
  private static final int POOLED_DESKS = 200;

  /// What reaches desks behind a pooler, which has its connections already.
  private static final List<Fault> BEHIND_POOLER =
      List.of(
          Fault.BACKEND_TERMINATED,
          Fault.LOCK_TIMEOUT,
          Fault.STATEMENT_TIMEOUT,
          Fault.DEADLOCK,
          Fault.SERVER_KILLED,
          Fault.STATEMENT_CANCELLED,
          Fault.SERIALIZATION_FAILURE,
          Fault.CLIENT_KILLED,
          Fault.DISK_FULL);

  private Torture() {}

  /// @param arguments minutes, seed, a folder that does not exist yet, and either `pooler` for 200
  ///   desks who share ten connections of a PgBouncer in transaction mode; or the name of a build
  ///   beside this one, its checkout, and the checkout of a newer one, which migrates
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofSeconds(Math.round(60 * Double.parseDouble(arguments[0])));
    long seed = Long.parseLong(arguments[1]);
    Path folder = Path.of(arguments[2]);
    long end = System.nanoTime() + time.toNanos();
    System.out.println("seed " + seed);
    boolean isPooled = arguments.length == 4;
    Programs programs = arguments.length > 4 ? beside(arguments) : Programs.HERE;
    List<Fault> faults = isPooled ? BEHIND_POOLER : programs.isOnlyHere() ? OF_ONE_PROGRAM : ALL;
    Campaign campaign;
    try (OwnCluster cluster = new OwnCluster(folder.resolve("home"), Optional.empty())) {
      cluster.start();
      cluster.makeTalkative();
      SplittableRandom random = new SplittableRandom(seed);
      if (isPooled) {
        try (PgBouncer pooler =
            // Two hundred logins at a time would be most of the work on a small machine.
            new PgBouncer(
                cluster.start(), folder.resolve("pooler"), Map.of("auth_type", "plain"))) {
          // So many at once would otherwise wait for the JVM's first steps.
          new Campaign(cluster).undisturbed(seed, WISHES);
          campaign = new Campaign(cluster, POOLED_DESKS, pooler::before);
          rounds(campaign, faults, random, end);
        }
      } else {
        campaign = new Campaign(cluster, programs);
        rounds(campaign, faults, random, end);
      }
    }
    System.exit(report(campaign.tally(), faults, programs, System.out) ? 0 : 1);
  }

  private static Programs beside(String[] arguments) {
    return new Programs(
        List.of(Build.in(Path.of(arguments[4]), arguments[3])),
        Optional.of(Build.in(Path.of(arguments[5]), "the next schema's program")));
  }

  private static void rounds(
      Campaign campaign, List<Fault> faults, SplittableRandom random, long end) throws Exception {
    for (int round = 0; System.nanoTime() < end; round++) {
      round(campaign, faults.get(round % faults.size()), random.nextLong());
    }
  }

  /// Each kind in turn, so that all come also in a short time; what they do is drawn.
  private static void round(Campaign campaign, Fault fault, long seed) throws Exception {
    switch (fault) {
      case CONNECTION_CUT -> {
        campaign.cuts(seed, CutWork.ALLOCATION, CUTS / 2);
        campaign.cuts(seed, CutWork.CALL, CUTS / 2);
      }
      case CLIENT_KILLED -> campaign.killedClients(seed, CLIENTS);
      case FAIL_OVER -> campaign.failOver(seed, WISHES);
      case MIGRATED -> campaign.migrated(seed, WISHES);
      case SERVER_KILLED ->
          campaign.trouble(fault, seed, campaign.wishes(WISHES), campaign.times(3));
      case STATEMENT_TIMEOUT -> campaign.trouble(fault, seed, campaign.wishes(WISHES) / 2, 1);
      case BACKEND_TERMINATED,
          STATEMENT_CANCELLED,
          LOCK_TIMEOUT,
          DEADLOCK,
          SERIALIZATION_FAILURE,
          DISK_FULL,
          READ_ONLY,
          TOO_MANY_CONNECTIONS ->
          campaign.trouble(fault, seed, campaign.wishes(WISHES), campaign.times(6));
    }
    Tally tally = campaign.tally();
    System.err.printf("%s  %s, %d problems%n", fault, tally.reached(), tally.problems().size());
  }

  /// @return whether everything held and everything was reached
  private static boolean report(
      Tally tally, List<Fault> expected, Programs programs, PrintStream out) {
    List<String> failures = new ArrayList<>(tally.problems());
    int faults = 0;
    for (Fault fault : expected) {
      int times = tally.reached().getOrDefault(fault, 0);
      faults += times;
      out.printf("%6d  %s%n", times, fault.words());
      if (times == 0) {
        failures.add("never reached: " + fault.words());
      }
    }
    out.printf("%6d  faults%n", faults);
    out.printf("%6d  commands%n", tally.commands());
    out.printf("%6d  unknown outcomes that had happened%n", tally.unknownThatHappened());
    out.printf("%6d  unknown outcomes that had not%n", tally.unknownThatDidNot());
    if (!programs.isOnlyHere()) {
      out.printf("%6d  outcomes told again by another program%n", tally.acrossPrograms());
      for (String program : programs.afterMigration().names()) {
        int commands = tally.commandsByProgram().getOrDefault(program, 0);
        out.printf("%6d  commands of %s%n", commands, program);
        if (commands == 0) {
          failures.add("never at work: " + program);
        }
      }
    }
    failures.forEach(failure -> out.println("FAILED  " + failure));
    int passed = tally.commands() - tally.problems().size();
    out.printf("%d passed, %d failed%n", passed, failures.size());
    return failures.isEmpty();
  }
}
