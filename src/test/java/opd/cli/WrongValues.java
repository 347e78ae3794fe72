package opd.cli;

import java.util.List;
import java.util.random.RandomGenerator;
import opd.testing.HostileText;

/// Draws values for the parts of a command: right ones, and ones that somebody mistyped, mixed up,
/// or made to do harm.
final class WrongValues {
  private static final String DAY = "20300107";

  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "501",
          "1441",
          "2147483648",
          "-2147483649",
          "999999999999999999",
          "9999999999999999999999",
          "1e3",
          "0x10",
          "NaN",
          "Infinity",
          "3.5",
          "٣",
          "1_000",
          " 7 ",
          "+5",
          "--5",
          "１２");

  private static final List<String> TIMES =
      List.of(
          "24:00",
          "25:00",
          "09:60",
          "9:00",
          "09:00:00.1",
          "2030-02-30T09:00Z",
          "2030-01-07",
          "2030-01-07T09:00+19:00",
          "2030-01-07T09:00:30Z",
          "-999999999-01-01T00:00Z",
          "+999999999-12-31T23:59Z",
          "+294277-01-01T00:00Z",
          "0000-01-01T00:00Z",
          "now",
          "T",
          "2030-13-01T00:00Z",
          "1970-01-01T00:00+18:00",
          "+1000000000-01-01T00:00Z");

  private static final List<String> DATES =
      List.of(
          "2030-02-30",
          "2030-1-7",
          "07.01.2030",
          "+999999999-12-31",
          "-999999999-01-01",
          "+294277-01-01",
          "0000-01-01",
          "yesterday",
          "-4713-11-23",
          "20300107");

  private static final List<String> LABELS =
      List.of(
          "RAO-20300107-0915",
          "RAO-20300230-0900",
          "RAO-99991231-2359",
          "RAO-00000101-0000",
          "RAO-20300107-2400",
          "RAO-20300107-0900-00",
          "RAO-20300107-0900-999999999999",
          "RAO-0900",
          "RAO-0900-1",
          "NOBODY-20300107-0900",
          "RAO-20300107-0900-99",
          "999999",
          "0",
          "-1",
          "1; drop table slot",
          "RAO--0900",
          "rao-20300107-0900",
          "ＲＡＯ-20300107-0900",
          "last",
          "#3");

  private static final List<String> WORDS =
      List.of(
          "nobody",
          "RAQ",
          "1X",
          "A",
          "payed",
          "emergency!",
          "walkin",
          "URGENT",
          "ı",
          "İSTANBUL",
          "12",
          "+",
          "+91",
          "abc",
          "00919876500001",
          "98765 00001 ext 5",
          "+1-800-FLOWERS",
          "mian",
          "Main",
          "xml",
          "/etc/shadow",
          "..",
          "~",
          "*",
          "?",
          "--",
          "-",
          "-o",
          "--name",
          "=",
          "'",
          "\"",
          "\\",
          "@list",
          "%",
          "true",
          "null");

  private final RandomGenerator random;
  private int made;

  WrongValues(RandomGenerator random) {
    this.random = random;
  }

  /// One that the command takes, though the rules may not.
  String right(String type) {
    made++;
    return switch (type) {
      case "doctor" -> "RAO";
      case "other-doctor" -> oneOf("RAO", "IYER");
      case "new-doctor" -> "D" + made;
      case "slot", "open-slot" ->
          "RAO-" + DAY + "-" + (type.equals("slot") ? oneOf("0900", "1000", "1300") : "1300");
      case "closed-slot" -> "RAO-" + DAY + "-" + oneOf("1100", "1200");
      case "token" ->
          "RAO-"
              + DAY
              + "-"
              + oneOf(
                  "0900-01",
                  "0900-02",
                  "0900-03",
                  "1000-01",
                  "1000-02",
                  "1000-03",
                  "1100-01",
                  "1200-01",
                  "1300-" + (10 + random.nextInt(80)));
      case "stuck-token" -> "MINI-" + DAY + "-0900-01";
      case "phone" -> "98765%05d".formatted(random.nextInt(1, 40));
      case "new-phone" -> "99%08d".formatted(made);
      case "member" -> oneOf("1", "2", "9");
      case "name" -> "Patient " + random.nextInt(1, 40);
      case "text" -> oneOf("Cardiology", "called away", "asha", "3210");
      case "request" -> "r" + random.nextInt(50);
      case "priority" -> oneOf("paid", "FOLLOW_UP", "follow-up", "emergency");
      case "source" -> oneOf("app", "walk-in", "ONLINE", "staff");
      case "time" ->
          "2031-%02d-%02dT%02d:00Z"
              .formatted(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24));
      case "date" -> oneOf("2030-01-07", "today", "tomorrow");
      case "minutes" -> oneOf("0", "20", "60");
      case "length" -> oneOf("15", "30", "60");
      case "capacity" -> oneOf("1", "12", "500");
      case "limit" -> oneOf("1", "5");
      case "kind" -> oneOf("token-displaced", "SLOT_OPENED", "allocation_rejected");
      default -> throw new IllegalArgumentException(type);
    };
  }

  /// Of any kind but the right one, mostly.
  String wrong(String right) {
    return switch (random.nextInt(8)) {
      case 0 -> draw(NUMBERS);
      case 1 -> draw(TIMES);
      case 2 -> draw(DATES);
      case 3 -> draw(LABELS);
      case 4 -> draw(WORDS);
      default -> mistyped(right);
    };
  }

  String word() {
    return draw(WORDS);
  }

  /// With a character too many, too few, or another.
  String mistyped(String text) {
    StringBuilder typed = new StringBuilder(text);
    int at = random.nextInt(text.length() + 1);
    String inserted = Character.toString("abZ09-_:.+ '\"\\,;#%".charAt(random.nextInt(18)));
    if (at == text.length() || random.nextBoolean()) {
      return typed.insert(at, inserted).toString();
    }
    return random.nextBoolean()
        ? typed.deleteCharAt(at).toString()
        : typed.replace(at, at + 1, inserted).toString();
  }

  HostileText kind() {
    return oneOf(HostileText.values());
  }

  String hostile(HostileText kind) {
    return kind.draw(random);
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T draw(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
