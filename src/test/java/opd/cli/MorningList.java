package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Slots of one morning and lists of people who want to be there: more than there are places, with
/// every priority, some of them twice.
final class MorningList {
  static final String HEADER = "slot,phone,name,priority,source,request_id\n";

  private static final int SLOTS = 12;
  private static final List<String> SOURCES = List.of("app", "walk-in", "phone", "online");

  private MorningList() {}

  static void openSlots(CommandLineFixture line, int smallestCapacity) {
    assertThat(line.run("doctor", "add", "RAO", "--name", "Dr. Rao").exit()).isZero();
    for (int slot = 0; slot < SLOTS; slot++) {
      CommandLineFixture.Result opened =
          line.run(
              "slot",
              "open",
              "--doctor",
              "RAO",
              "--start",
              "2030-01-07T%02d:00Z".formatted(6 + slot),
              "--minutes",
              "60",
              "--capacity",
              Integer.toString(smallestCapacity + slot));
      assertThat(opened.exit()).as(opened.err()).isZero();
    }
  }

  /// Emergencies come more and more often, so that they find full slots.
  ///
  /// @return lines without request ids
  static List<String> lines(RandomGenerator random, int count, int patients) {
    return IntStream.range(0, count)
        .mapToObj(number -> {
          int patient = random.nextInt(patients);
          boolean isEmergency = random.nextInt(count) < number / 3;
          String priority = isEmergency ? "emergency" : random.nextBoolean() ? "paid" : "follow-up";
          return "RAO-20300107-%02d00,98765%05d,Patient %d,%s,%s,"
              .formatted(
                  6 + random.nextInt(SLOTS),
                  patient,
                  patient,
                  priority,
                  SOURCES.get(random.nextInt(SOURCES.size())));
        })
        .toList();
  }
}
