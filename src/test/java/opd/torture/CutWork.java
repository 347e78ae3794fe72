package opd.torture;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is cut: many commands of one kind, each at a slot of its own, so that none waits for
/// another's lock.
enum CutWork {
  /// All slots are one doctor's.
  ALLOCATION {
    @Override
    void prepare(FrontDesk desk, int slots) {
      desk.must("doctor", "add", "CUT", "--name", "Dr. Cut");
      desk.feed(
          "doctor,start,minutes,capacity\n"
              + lines(
                  slots,
                  number -> "CUT,2030-01-07T%02d:%02d,1,2".formatted(number / 60, number % 60)),
          "slot",
          "open",
          "--from",
          "-",
          "--timeout",
          ENOUGH_SECONDS);
    }

    @Override
    List<String> words(int slot) {
      return List.of(
          "allocate",
          "--slot",
          "CUT-20300107-%02d%02d".formatted(slot / 60, slot % 60),
          "--phone",
          "98%08d".formatted(slot),
          "--name",
          "Patient " + slot,
          "--priority",
          "paid",
          "--source",
          "walk-in");
    }
  },
  /// Each doctor has one slot, as a call locks the doctor, with two patients who wait.
  CALL {
    @Override
    void prepare(FrontDesk desk, int slots) {
      desk.script(lines(slots, number -> "doctor add CUT%d --name 'Dr. Cut'".formatted(number)));
      desk.feed(
          "doctor,start,minutes,capacity\n"
              + lines(slots, number -> "CUT%d,2030-01-07T09:00,60,2".formatted(number)),
          "slot",
          "open",
          "--from",
          "-",
          "--timeout",
          ENOUGH_SECONDS);
      desk.feed(
          "slot,phone,name,priority,source\n"
              + lines(
                  2 * slots,
                  number ->
                      "CUT%d-20300107-0900,98%08d,Patient %d,paid,walk-in"
                          .formatted(number / 2, number, number)),
          "allocate",
          "--from",
          "-");
    }

    @Override
    List<String> words(int slot) {
      return List.of("next", "--slot", "CUT%d-20300107-0900".formatted(slot), "--room", "1");
    }
  };

  // For hundreds of slots at once.
  private static final String ENOUGH_SECONDS = "60";

  /// Opens slots, numbered from 0.
  abstract void prepare(FrontDesk desk, int slots);

  /// The command without the request's id.
  abstract List<String> words(int slot);

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
  }
}
