package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import opd.testing.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists taken in by several processes at once: the same slots and many of the same people, in
/// other orders, and some of the same lines.
final class ManyIntakesTest {
  private static final int PROCESSES = 3;
  private static final int POOL = 1500;
  private static final int LINES = 1000;
  private static final int PATIENTS = 400;

  @TempDir private Path folder;

  @Test
  void listsAtTheSameMomentKeepEveryRuleAndNeverDeadlock() throws Exception {
    long seed = Long.getLong("opd.seed", 1);
    try (CommandLineFixture line = new CommandLineFixture()) {
      MorningList.openSlots(line, 30);
      List<Path> lists = lists(new Random(seed));
      try (Prompt prompt = Prompt.asSuperuser(line.facility())) {
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < PROCESSES; number++) {
          processes.add(start(line, lists.get(number), number));
        }
        for (int number = 0; number < PROCESSES; number++) {
          int exit = processes.get(number).waitFor();
          assertThat(exit).as("seed %d: %s", seed, Files.readString(errors(number))).isIn(0, 2, 3);
          assertThat(Files.readAllLines(results(number))).as("seed %d", seed).hasSize(LINES);
        }
        assertThat(brokenRules(prompt)).as("seed %d", seed).isEmpty();
        assertThat(prompt.number("select count(*) from token where status = 'DISPLACED'"))
            .as("displaced, seed %d", seed)
            .isPositive();
      }
      CommandLineFixture.Result verified = line.json("audit", "verify");
      assertThat(verified.json().path("ok").asBoolean())
          .as("seed %d: %s", seed, verified.out())
          .isTrue();
    }
  }

  private List<Path> lists(Random random) throws IOException {
    List<String> pool = new ArrayList<>(MorningList.lines(random, POOL, PATIENTS));
    List<Path> lists = new ArrayList<>();
    for (int number = 0; number < PROCESSES; number++) {
      Collections.shuffle(pool, random);
      lists.add(
          Files.writeString(
              folder.resolve("list" + number),
              MorningList.HEADER + String.join("\n", pool.subList(0, LINES)) + "\n"));
    }
    return lists;
  }

  private Process start(CommandLineFixture line, Path list, int number) throws IOException {
    return line.process("allocate", "--from", list.toString(), "-o", "json", "--timeout", "60")
        .redirectOutput(results(number).toFile())
        .redirectError(errors(number).toFile())
        .start();
  }

  private Path results(int number) {
    return folder.resolve("results" + number);
  }

  private Path errors(int number) {
    return folder.resolve("errors" + number);
  }

  /// Slots over their capacity, with gaps in their numbers, or with a patient who waits twice.
  private static List<String> brokenRules(Prompt prompt) throws Exception {
    return prompt.column(
        """
        select s.label || ' is over its capacity' from slot s
          where s.capacity < (select count(*) from token t
            where t.slot_id = s.id and t.status = 'ACTIVE')
        union all
        select s.label || ' has gaps in its numbers' from slot s join token t on t.slot_id = s.id
          join slot_count c on c.slot_id = s.id
          group by s.id, c.slot_id having count(*) <> max(t.sequence_number) or min(t.sequence_number) <> 1
            or count(distinct t.sequence_number) <> count(*) or count(*) <> c.last_sequence
        union all
        select s.label || ' holds a patient twice' from slot s join token t on t.slot_id = s.id
          where t.status = 'ACTIVE' group by s.id, t.patient_id having count(*) > 1\
        """);
  }
}
