package opd.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import opd.testing.Prompt;

/// Processes of the program that are killed at random points, single commands and lists.
final class KilledClients {
  private static final int KILLED = 137;
  private static final String AT_WORK =
      "select count(*) from pg_stat_activity where application_name = 'opd' and xact_start is not null";
  private static final int LONGEST_MILLISECONDS = 1_500;
  private static final int LINES = 80;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final FrontDesk desk;
  private final Prompt superuser;
  private final Path folder;
  private int kills;

  KilledClients(FrontDesk desk, Prompt superuser, Path folder) {
    this.desk = desk;
    this.superuser = superuser;
    this.folder = folder;
  }

  /// How many processes were killed before they ended.
  int kills() {
    return kills;
  }

  /// @param name what the request's id begins with
  List<Told> command(String name, Random random) throws Exception {
    Wish wish = new Wish(name, Morning.allocate(random), TIMEOUT);
    Process process =
        OtherProcess.start(
            desk, folder, Stream.concat(wish.line().stream(), Stream.of("-o", "json")).toList());
    kill(process, random);
    return List.of(told(wish, process));
  }

  /// A list; each of its lines is a wish that may be repeated as a command.
  List<Told> list(String name, Random random) throws Exception {
    List<Wish> wishes = new ArrayList<>();
    StringBuilder csv = new StringBuilder("slot,phone,name,priority,source,request_id\n");
    for (int line = 0; line < LINES; line++) {
      int patient = random.nextInt(5_000);
      String slot = Morning.slot(random);
      String id = name + "-" + line;
      csv.append("%s,9876%06d,Patient %d,paid,walk-in,%s%n".formatted(slot, patient, patient, id));
      wishes.add(
          new Wish(
              id,
              List.of(
                  "allocate",
                  "--slot",
                  slot,
                  "--phone",
                  "9876%06d".formatted(patient),
                  "--name",
                  "Patient " + patient,
                  "--priority",
                  "paid",
                  "--source",
                  "walk-in"),
              TIMEOUT));
    }
    Path file = Files.writeString(folder.resolve(name + ".csv"), csv);
    Process process =
        OtherProcess.start(
            desk, folder, List.of("allocate", "--from", file.toString(), "-o", "json"));
    kill(process, random);
    return wishes.stream().map(wish -> unknown(wish)).toList();
  }

  /// At any moment of its life, or while the server works for it.
  private void kill(Process process, Random random) throws InterruptedException, SQLException {
    boolean isKilled;
    if (random.nextBoolean()) {
      isKilled = OtherProcess.killAfter(process, random.nextInt(LONGEST_MILLISECONDS));
    } else {
      long wanted = 1 + random.nextInt(4);
      AtomicLong seen = new AtomicLong();
      isKilled =
          OtherProcess.killWhen(process, () -> seen.addAndGet(superuser.number(AT_WORK)) >= wanted);
    }
    kills += isKilled ? 1 : 0;
  }

  private Told told(Wish wish, Process process) throws IOException {
    if (process.exitValue() == KILLED) {
      return unknown(wish);
    }
    return new Told(
        wish,
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")),
        Duration.ZERO);
  }

  private static Told unknown(Wish wish) {
    return new Told(wish, Told.UNKNOWN, "", "killed", Duration.ZERO);
  }
}
