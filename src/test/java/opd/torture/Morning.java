package opd.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What desks do in a busy hour: mostly allocations, and whatever else happens to tokens, drawn
/// from a seed. Many wishes name a token that does not exist, or is past changing.
final class Morning {
  private static final String DAY = "20300107";
  private static final int SLOTS = 6;
  private static final List<String> PRIORITIES = List.of("follow-up", "paid", "emergency");

  private Morning() {}

  /// Two doctors with three hours each.
  static void openSlots(FrontDesk desk, int capacity) {
    for (String doctor : List.of("RAO", "SEN")) {
      desk.must("doctor", "add", doctor, "--name", "Dr. " + doctor);
      desk.must(
          "slot",
          "open",
          "--doctor",
          doctor,
          "--start",
          "2030-01-07T09:00",
          "--minutes",
          "60",
          "--every",
          "60",
          "--until",
          "2030-01-07T12:00",
          "--capacity",
          Integer.toString(capacity));
    }
  }

  /// A command without its request's id.
  static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> words.addAll(List.of("cancel", token(random)));
      case 3 -> words.addAll(List.of("no-show", token(random)));
      case 4 -> words.addAll(List.of("complete", token(random)));
      case 5, 6 -> words.addAll(List.of("reallocate", token(random)));
      case 7 ->
          words.addAll(
              List.of(
                  "slot",
                  "delay",
                  slot(random),
                  "--minutes",
                  Integer.toString(random.nextInt(30))));
      default -> words.addAll(allocate(random));
    }
    return List.copyOf(words);
  }

  static List<String> allocate(Random random) {
    int patient = random.nextInt(5_000);
    List<String> words =
        new ArrayList<>(
            List.of(
                "allocate",
                "--slot",
                slot(random),
                "--phone",
                "9876%06d".formatted(patient),
                "--name",
                "Patient " + patient,
                "--priority",
                PRIORITIES.get(random.nextInt(PRIORITIES.size())),
                "--source",
                "walk-in"));
    switch (random.nextInt(4)) {
      case 0 -> words.add("--or-next");
      case 1 -> words.add("--replace");
      default -> {}
    }
    return words;
  }

  static String slot(Random random) {
    int slot = random.nextInt(SLOTS);
    return "%s-%s-%02d00".formatted(slot < SLOTS / 2 ? "RAO" : "SEN", DAY, 9 + slot % (SLOTS / 2));
  }

  private static String token(Random random) {
    return "%s-%02d".formatted(slot(random), 1 + random.nextInt(30));
  }
}
