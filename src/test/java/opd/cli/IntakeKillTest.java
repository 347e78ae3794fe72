package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import opd.testing.Await;
import opd.testing.Extent;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A list whose intake is killed again and again, as a power cut does, or loses its connection in
/// the middle: once a run comes to the end, everything is as if nothing had happened.
@Tag("integration")
@Order(5)
final class IntakeKillTest {
  private static final int LINES = Extent.of(1_200, 3_000);
  private static final int PATIENTS = Extent.of(300, 700);
  private static final int BREAKS = Extent.of(5, 10);
  private static final List<Integer> LOST_CONNECTIONS = List.of(2, 6);
  private static final int MOST_LINES_BEFORE_A_BREAK = 150;
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final int KILLED = 137;

  @TempDir private Path folder;
  private int kills;

  @Test
  void aListThatWasKilledAgainAndAgainEndsAsAnUndisturbedOne() throws Exception {
    long seed = Long.getLong("opd.seed", 1);
    Random random = new Random(seed);
    try (CommandLineFixture undisturbed = new CommandLineFixture();
        CommandLineFixture disturbed = new CommandLineFixture()) {
      MorningList.openSlots(undisturbed, 40);
      MorningList.openSlots(disturbed, 40);
      Path list = list(random);
      CommandLineFixture.Result expected = undisturbed.json("allocate", "--from", list.toString());
      assertThat(expected.exit()).as(expected.err()).isEqualTo(2);

      breakOff(disturbed, list, random);
      CommandLineFixture.Result last = disturbed.json("allocate", "--from", list.toString());

      System.out.printf("%d of %d kills hit in the middle%n", kills, BREAKS);
      assertThat(kills).as("kills that hit in the middle, seed %d", seed).isPositive();
      assertThat(last.exit()).as("seed %d: %s", seed, last.err()).isEqualTo(expected.exit());
      assertEqual(seed, results(last), results(expected));
      assertEqual(seed, tables(disturbed.facility()), tables(undisturbed.facility()));
      CommandLineFixture.Result verified = disturbed.json("audit", "verify");
      assertThat(verified.json().path("ok").asBoolean())
          .as("seed %d: %s", seed, verified.out())
          .isTrue();
      assertThat(last.out()).contains("ADMITTED", "SLOT_FULL", "DUPLICATE_TOKEN", "INVALID");
      assertThat(last.jsonLines().stream().map(line -> line.path("displaced")))
          .anyMatch(JsonNode::isObject);
    }
  }

  /// A line that repeats another's request id begins a new transaction: with one here and there,
  /// the list takes many, short and long.
  private Path list(Random random) throws IOException {
    List<String> lines = new ArrayList<>(MorningList.lines(random, LINES, PATIENTS));
    for (int number = 1; number < LINES; number++) {
      switch (random.nextInt(60)) {
        case 0 -> {
          lines.set(number - 1, lines.get(number) + "twice-" + number);
          lines.set(number, lines.get(number) + "twice-" + number);
          number++;
        }
        case 1 -> lines.set(number, lines.get(random.nextInt(number)));
        case 2 -> lines.set(number, lines.get(number).replace("Patient", "Somebody Else"));
        case 3 -> lines.set(number, lines.get(number).replace(",98765", ",1"));
        default -> {}
      }
    }
    return Files.writeString(
        folder.resolve("list"), MorningList.HEADER + String.join("\n", lines) + "\n");
  }

  private void breakOff(CommandLineFixture line, Path list, Random random) throws Exception {
    try (Prompt prompt = Prompt.asSuperuser(line.facility())) {
      for (int number = 0; number < BREAKS; number++) {
        Path results = folder.resolve("results" + number);
        Process process =
            line.process("allocate", "--from", list.toString(), "-o", "json", "--timeout", "30")
                .redirectOutput(results.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
          int more = 1 + random.nextInt(MOST_LINES_BEFORE_A_BREAK);
          long before = requests(prompt);
          if (LOST_CONNECTIONS.contains(number)) {
            await(process, prompt, "select count(*) from request", now -> now >= before + more);
            loseConnection(process, prompt, line.facility());
          }
          switch (random.nextInt(3)) {
            case 0 -> awaitResults(process, results, more);
            case 1 -> {
              long reached = requests(prompt);
              await(process, prompt, "select count(*) from request", now -> now >= reached + more);
            }
            default -> {
              long reached = requests(prompt);
              await(process, prompt, "select count(*) from request", now -> now > reached);
              await(process, prompt, writers("count(*)", line.facility()), now -> now > 0);
            }
          }
        } finally {
          process.destroyForcibly();
        }
        if (process.waitFor() == KILLED) {
          kills++;
        }
      }
    }
  }

  private static long requests(Prompt prompt) throws SQLException {
    return prompt.number("select count(*) from request");
  }

  /// The sessions that write tokens of this facility at this moment.
  private static String writers(String what, TestFacility facility) {
    return "select "
        + what
        + " from (select distinct l.pid from pg_locks l where l.mode = 'RowExclusiveLock'"
        + " and l.relation = '"
        + facility.name().schema()
        + ".token'::regclass) writer";
  }

  private static void loseConnection(Process process, Prompt prompt, TestFacility facility)
      throws SQLException {
    await(
        process,
        prompt,
        writers("count(*) filter (where pg_terminate_backend(pid))", facility),
        now -> now > 0);
  }

  /// Until the number is as wanted, or the process has ended.
  private static void await(Process process, Prompt prompt, String query, LongPredicate isReached)
      throws SQLException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (process.isAlive() && !isReached.test(prompt.number(query))) {
      assertThat(Instant.now()).as("no progress: %s", query).isBefore(deadline);
      Await.pause();
    }
  }

  /// Until as many lines that were not decided by an earlier run are printed.
  private static void awaitResults(Process process, Path results, int more) throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    int printed = 0;
    try (BufferedReader reader = Files.newBufferedReader(results)) {
      while (printed < more && process.isAlive()) {
        String line = reader.readLine();
        if (line == null) {
          Await.pause();
        } else if (line.contains("\"replayed\":false")) {
          printed++;
        }
        assertThat(Instant.now()).as("no progress").isBefore(deadline);
      }
    }
  }

  private static void assertEqual(long seed, List<String> actual, List<String> expected) {
    assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
    IntStream.range(0, actual.size())
        .filter(index -> !actual.get(index).equals(expected.get(index)))
        .findFirst()
        .ifPresent(index ->
            assertThat(actual.get(index)).as("seed %d", seed).isEqualTo(expected.get(index)));
  }

  private static List<String> results(CommandLineFixture.Result result) {
    return result
        .out()
        .lines()
        .map(line -> withoutIdsAndTimes(line).replaceAll(",\"replayed\":(true|false)", ""))
        .toList();
  }

  private static String withoutIdsAndTimes(String text) {
    return text.replaceAll("\"(id|token_id|patient)\" ?: ?\\d+", "\"$1\":0")
        .replaceAll("\"createdAt\" ?: ?\"[^\"]*\"", "\"createdAt\":0");
  }

  private static List<String> tables(TestFacility facility) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Prompt prompt = Prompt.asSuperuser(facility)) {
      for (String query :
          List.of(
              "select concat_ws('|', label, active, displaced, last_sequence) from slot"
                  + " join slot_count on slot_id = id order by label",
              "select concat_ws('|', phone, name, member) from patient order by phone, member",
              "select concat_ws('|', s.label, t.sequence_number, p.phone, t.priority, t.source,"
                  + " t.status, t.version) from token t join slot s on s.id = t.slot_id"
                  + " join patient p on p.id = t.patient_id order by s.label, t.sequence_number",
              "select concat_ws('|', s.label, a.number, a.kind, a.actor, a.rule, a.facts::text,"
                  + " case when a.kind <> 'SLOT_OPENED' then a.request_id end)"
                  + " from audit_entry a join slot s on s.id = a.slot_id"
                  + " order by s.label, a.number",
              "select concat_ws('|', p.phone, a.number, a.kind, a.request_id) from audit_entry a"
                  + " join patient p on p.id = a.patient_id and a.slot_id is null"
                  + " order by p.phone, a.number",
              "select concat_ws('|', id, encode(digest, 'hex'), outcome::text) from request"
                  + " where outcome->>'type' in ('Admitted', 'Rejected') order by id")) {
        prompt.column(query).forEach(row -> rows.add(withoutIdsAndTimes(row)));
      }
    }
    return rows;
  }
}
