package opd.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Processes of the program that are killed, single commands and lists: while the server works for
/// them, or at any moment of their lives.
final class KilledClients {
  private static final int KILLED = 137;
  private static final int LONGEST_MILLISECONDS = 1_500;
  private static final int LINES = 80;
  // A busy machine takes long until a command begins, which is to be killed and not to give up.
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final FrontDesk desk;
  private final Gate gate;
  private final Path folder;
  private int kills;

  /// @param gate on the outcomes of requests
  KilledClients(FrontDesk desk, Gate gate, Path folder) {
    this.desk = desk;
    this.gate = gate;
    this.folder = folder;
  }

  /// How many processes were killed before they ended.
  int kills() {
    return kills;
  }

  /// A command, killed at any moment of its life, or not at all.
  ///
  /// @param name what the request's id begins with
  List<Told> command(String name, Random random) throws Exception {
    Wish wish = new Wish(name, Morning.words(random), TIMEOUT);
    Process process = start(wish);
    kills += OtherProcess.killAfter(process, random.nextInt(LONGEST_MILLISECONDS)) ? 1 : 0;
    return List.of(told(wish, process));
  }

  /// A command, killed while the server works for it.
  ///
  /// @param name what the request's id begins with
  List<Told> commandAtWork(String name, Random random) throws Exception {
    // Whatever comes of these, it is stored, so that the gate is passed.
    List<String> words = random.nextBoolean() ? Morning.allocate(random) : Morning.next(random);
    Wish wish = new Wish(name, words, TIMEOUT);
    gate.shutAfter(0);
    Process process = start(wish);
    gate.awaitADesk();
    kills += OtherProcess.kill(process) ? 1 : 0;
    gate.open();
    return List.of(told(wish, process));
  }

  private Process start(Wish wish) throws IOException {
    return OtherProcess.start(
        desk, folder, Stream.concat(wish.line().stream(), Stream.of("-o", "json")).toList());
  }

  /// A list, killed while the server works for it; each of its lines is a wish that may be repeated
  /// as a command.
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
    gate.shutAfter(random.nextInt(LINES / 4));
    Process process =
        OtherProcess.start(
            desk, folder, List.of("allocate", "--from", file.toString(), "-o", "json"));
    gate.awaitADesk();
    kills += OtherProcess.kill(process) ? 1 : 0;
    gate.open();
    return wishes.stream().map(this::unknown).toList();
  }

  private Told told(Wish wish, Process process) throws IOException {
    if (process.exitValue() == KILLED) {
      return unknown(wish);
    }
    return new Told(
        wish,
        desk.program(),
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")),
        Duration.ZERO);
  }

  private Told unknown(Wish wish) {
    return new Told(wish, desk.program(), Told.UNKNOWN, "", "killed", Duration.ZERO);
  }
}
