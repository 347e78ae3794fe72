package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import opd.testing.Extent;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Many real processes at the same moment on one slot.
@Order(29)
final class ManyProcessesTest {
  private static final int PROCESSES = Extent.of(10, 16);
  private static final int CAPACITY = 5;

  private record Ended(int exit, String out, String err) {}

  @Test
  void everyProcessGetsAnHonestOutcomeAndTheRulesHold() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(CAPACITY)) {
      List<Ended> results = new ArrayList<>();
      List<Process> processes = new ArrayList<>();
      for (int patient = 1; patient <= PROCESSES; patient++) {
        processes.add(start(line, patient));
      }
      for (Process process : processes) {
        results.add(ended(process));
      }

      List<JsonNode> outcomes = new ArrayList<>();
      for (Ended ended : results) {
        assertThat(ended.exit()).as(ended.err()).isIn(0, 3);
        JsonNode outcome = new ObjectMapper().readTree(ended.out());
        assertThat(outcome.path("outcome").asText())
            .isEqualTo(ended.exit() == 0 ? "ADMITTED" : "REJECTED");
        outcomes.add(outcome);
      }
      JsonNode queue = line.json("queue", CommandLineFixture.SLOT, "--all").json();
      List<Integer> numbers = new ArrayList<>();
      queue.path("tokens").forEach(token -> numbers.add(token.path("sequence").asInt()));
      long admitted =
          outcomes.stream().filter(o -> o.path("outcome").asText().equals("ADMITTED")).count();
      assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, (int) admitted).boxed().toList());
      assertThat(queue.path("slot").path("counts").path("ACTIVE").asInt()).isEqualTo(CAPACITY);
      // Each token that somebody was given is there, and nobody was given another's.
      assertThat(outcomes.stream().flatMap(o -> o.path("token").findValuesAsText("label").stream()))
          .doesNotHaveDuplicates()
          .hasSize((int) admitted);
    }
  }

  private static Process start(CommandLineFixture line, int patient) throws IOException {
    return line.process(
            "allocate",
            "--slot",
            CommandLineFixture.SLOT,
            "--phone",
            "98765432%02d".formatted(patient),
            "--name",
            "Patient " + patient,
            "--priority",
            patient % 4 == 0 ? "emergency" : patient % 2 == 0 ? "paid" : "follow-up",
            "--source",
            "walk-in",
            "-o",
            "json",
            // Cold starts on a busy machine take turns, and nobody is to give up.
            "--timeout",
            "600")
        .start();
  }

  private static Ended ended(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), "UTF-8");
    String err = new String(process.getErrorStream().readAllBytes(), "UTF-8");
    return new Ended(process.waitFor(), out, err);
  }
}
