package opd.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What desks do in a busy hour: mostly allocations, and whatever else happens to tokens, slots and
/// doctors, drawn from a seed. Many wishes name a token that does not exist, or is past changing.
final class Morning {
  private static final String DATE = "2030-01-07";
  private static final List<String> DOCTORS = List.of("RAO", "SEN");
  private static final int FIRST_HOUR = 9;
  private static final int HOURS = 3;
  private static final List<String> PRIORITIES = List.of("follow-up", "paid", "emergency");

  private Morning() {}

  /// Two doctors with three hours each.
  static void openSlots(FrontDesk desk, int capacity) {
    for (String doctor : DOCTORS) {
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
    return switch (random.nextInt(20)) {
      case 0, 1 -> List.of("cancel", token(random));
      case 2 -> List.of(random.nextBoolean() ? "no-show" : "complete", token(random));
      case 3 -> List.of("reallocate", token(random));
      case 4, 5, 6 -> correction(random);
      case 7, 8 -> ofSlotOrDoctor(random);
      case 9, 10, 11, 12 -> serving(random);
      default -> allocate(random);
    };
  }

  private static List<String> correction(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> List.of("undo", token(random), "--reason", "wrong click");
      case 2, 3 -> List.of("move", token(random), "--to", slot(random));
      case 4 -> List.of("slot", "change", slot(random), "--capacity", number(random, 4, 12));
      default ->
          List.of(
              "slot", "change", slot(random), "--capacity", number(random, 4, 12), "--displace");
    };
  }

  /// Slots are opened again more often than closed: most are to stay open.
  private static List<String> ofSlotOrDoctor(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> List.of("slot", "delay", slot(random), "--minutes", number(random, 0, 30));
      case 1 -> List.of("slot", "cancel", slot(random), "--reason", "wrong slot");
      case 2 -> List.of("slot", "complete", slot(random));
      case 3 ->
          List.of(
              "doctor",
              "late",
              doctor(random),
              "--minutes",
              number(random, 0, 30),
              "--from",
              DATE + "T08:00");
      case 4 -> leave(random);
      default -> List.of("slot", "reopen", slot(random), "--reason", "wrong slot");
    };
  }

  /// For half an hour, which is one slot.
  private static List<String> leave(Random random) {
    String doctor = doctor(random);
    int hour = FIRST_HOUR + random.nextInt(HOURS);
    return List.of(
        "doctor",
        "leave",
        doctor,
        "--from",
        "%sT%02d:00".formatted(DATE, hour),
        "--until",
        "%sT%02d:30".formatted(DATE, hour),
        "--reason",
        "called away",
        "--cover",
        DOCTORS.get(1 - DOCTORS.indexOf(doctor)));
  }

  private static List<String> serving(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> List.of("arrive", token(random));
      case 1 -> List.of("call", token(random), "--room", room(random));
      case 2 -> List.of("call", "--slot", slot(random), "--present", "--room", room(random));
      case 3 -> List.of("park", token(random), "--reason", "blood test");
      case 4 -> List.of("return", token(random));
      default -> next(random);
    };
  }

  static List<String> next(Random random) {
    List<String> words =
        new ArrayList<>(List.of("next", "--slot", slot(random), "--room", room(random)));
    switch (random.nextInt(4)) {
      case 0 -> words.add("--no-show");
      case 1 -> words.add("--park");
      default -> {}
    }
    return List.copyOf(words);
  }

  private static String room(Random random) {
    return number(random, 1, 3);
  }

  private static String number(Random random, int from, int to) {
    return Integer.toString(random.nextInt(from, to + 1));
  }

  private static String doctor(Random random) {
    return DOCTORS.get(random.nextInt(DOCTORS.size()));
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
    return List.copyOf(words);
  }

  static String slot(Random random) {
    return "%s-%s-%02d00"
        .formatted(doctor(random), DATE.replace("-", ""), FIRST_HOUR + random.nextInt(HOURS));
  }

  private static String token(Random random) {
    return "%s-%02d".formatted(slot(random), 1 + random.nextInt(30));
  }
}
