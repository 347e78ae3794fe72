package opd.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What `scripts/bench console` runs: one allocation in a console, then one in psql, in turn, each
/// typed into a process that stays, and timed until its answer is read to the end.
final class SessionLoad {
  private SessionLoad() {}

  /// @param arguments how many commands to time and how many before them, how many patients there
  ///   are, a file with psql's statements, and the two commands to start, with `--` between them
  public static void main(String[] arguments) throws IOException {
    int commands = Integer.parseInt(arguments[0]);
    int warming = Integer.parseInt(arguments[1]);
    int patients = Integer.parseInt(arguments[2]);
    String statements = Files.readString(Path.of(arguments[3]));
    List<String> starts = List.of(arguments).subList(4, arguments.length);
    int between = starts.indexOf("--");
    long[] console = new long[commands];
    long[] psql = new long[commands];
    int admitted = 0;
    try (TypedInto desk = new TypedInto(starts.subList(0, between));
        TypedInto sql = new TypedInto(starts.subList(between + 1, starts.size()))) {
      for (int command = -warming; command < commands; command++) {
        int number = command + warming;
        int slot = number % BenchSlots.COUNT;
        int patient = (int) (number * 7919L % patients);
        long begin = System.nanoTime();
        String end = desk.command(BenchSlots.allocate(slot, patient));
        long inTheMiddle = System.nanoTime();
        // Others than the console's, which would be refused.
        int other = (patient + patients / 2) % patients;
        String variables =
            "\\set client_id 0\n\\set s %d\n\\set p %d\n\\set r %d\n"
                .formatted(slot + 1, other + 1, number);
        sql.ask(variables + statements + "\\echo done\n", "done"::equals);
        if (command >= 0) {
          console[command] = inTheMiddle - begin;
          psql[command] = System.nanoTime() - inTheMiddle;
          admitted += TypedInto.isDone(end) ? 1 : 0;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s %s %.2f%n",
        Percentiles.of(console, 50, 95, 99),
        Percentiles.of(psql, 50, 95, 99),
        admitted / (double) commands);
  }
}
