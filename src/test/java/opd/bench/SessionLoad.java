package opd.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What `scripts/bench console` runs: one allocation in a console, then one in psql, in turn, each
/// typed into a process that stays, and timed until its answer is read to the end.
final class SessionLoad {
  private static final int DOCTORS = 20;
  private static final int HOURS = 10;
  private static final int SLOTS = DOCTORS * HOURS;

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
    Process desk = start(starts.subList(0, between));
    Process sql = start(starts.subList(between + 1, starts.size()));
    try {
      for (int command = -warming; command < commands; command++) {
        int number = command + warming;
        int slot = number % SLOTS;
        int patient = (int) (number * 7919L % patients);
        long begin = System.nanoTime();
        String end =
            ask(desk, allocate(slot, patient), line -> line.startsWith("{\"line\":")).strip();
        long inTheMiddle = System.nanoTime();
        // Others than the console's, which would be refused.
        int other = (patient + patients / 2) % patients;
        String variables =
            "\\set client_id 0\n\\set s %d\n\\set p %d\n\\set r %d\n"
                .formatted(slot + 1, other + 1, number);
        ask(sql, variables + statements + "\\echo done\n", "done"::equals);
        if (command >= 0) {
          console[command] = inTheMiddle - begin;
          psql[command] = System.nanoTime() - inTheMiddle;
          admitted += isAdmitted(end) ? 1 : 0;
        }
      }
    } finally {
      // With nothing more to read, both end by themselves.
      desk.outputWriter().close();
      sql.outputWriter().close();
    }
    System.out.printf(
        Locale.ROOT,
        "%s %s %.2f%n",
        Percentiles.of(console, 50, 95, 99),
        Percentiles.of(psql, 50, 95, 99),
        admitted / (double) commands);
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String allocate(int slot, int patient) {
    return "allocate --slot D%d-20350101-%02d00 --phone +9198%08d --priority paid --source walk-in\n"
        .formatted(slot / HOURS, 8 + slot % HOURS, patient);
  }

  /// @return the last line of the answer
  private static String ask(Process process, String text, Predicate<String> isLast)
      throws IOException {
    BufferedWriter in = process.outputWriter();
    in.write(text);
    in.flush();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !isLast.test(line)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(process.info().command().orElse("a process") + " ended");
    }
    return line;
  }

  private static boolean isAdmitted(String end) {
    if (end.contains("\"exit\":0,")) {
      return true;
    }
    if (end.contains("\"exit\":3,")) {
      return false;
    }
    throw new IllegalStateException(end);
  }
}
