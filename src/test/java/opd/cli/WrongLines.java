package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import opd.testing.HostileText;

/// Makes up wrong command lines, always the same ones from the same seed: right ones in which
/// something was mistyped, forgotten, doubled, swapped, or made to do harm.
final class WrongLines {
  /// `!` begins what changes something; values stand in braces.
  private static final List<String> RIGHT =
      """
      !doctor add {new-doctor} --name {name} --specialization {text}
      !doctor add {new-doctor} --name {name} --specialization {text}
      !doctor add {doctor} --name {name}
      doctor show {doctor}
      doctor list
      !doctor activate {doctor}
      !doctor deactivate {new-doctor}
      !slot open --doctor {other-doctor} --start {time} --minutes {length} --capacity {capacity}
      !slot open --doctor {doctor} --start {time} --end {time} --capacity {capacity}
      !slot open --doctor {doctor} --start 2030-01-07T09:30Z --minutes {length} --capacity {capacity}
      !slot open --doctor {doctor} --start {time} --minutes {length} --capacity {capacity} --every {length} --until {time}
      !slot open --doctor IYER --start {time} --minutes {length} --capacity {capacity}
      slot list --facility mian
      slot list --doctor {doctor} --date {date}
      slot show {slot}
      !slot delay {slot} --minutes {minutes}
      !slot cancel {closed-slot} --reason {text}
      !slot complete {closed-slot}
      !patient add --phone {new-phone} --name {name} --member {member}
      !patient add --phone {phone} --name {name}
      !patient change --phone {phone} --name {name}
      !patient change --phone {phone} --new-phone {new-phone}
      patient find {text}
      patient show {phone}
      !allocate --slot {slot} --phone {phone} --name {name} --priority {priority} --source {source}
      !allocate --slot {open-slot} --phone {new-phone} --name {name} --priority {priority} --source {source}
      !allocate --slot {slot} --phone {phone} --priority {priority} --source {source} --member {member} --request-id {request}
      !allocate --doctor {doctor} --phone {phone} --priority {priority} --source {source} --or-next
      !allocate --slot {slot} --phone {phone} --priority {priority} --source {source} --replace --dry-run
      !allocate --slot MINI-20300107-0900 --phone 9876500010 --priority {priority} --source {source}
      !allocate --slot MINI-20300107-0900 --phone 9876500010 --priority {priority} --source {source}
      !cancel {token} --reason {text}
      !no-show {token} --request-id {request}
      !complete {token}
      !reallocate {token} --to {slot}
      !reallocate {token}
      !reallocate {stuck-token}
      !arrive {token}
      !call {token} --room {text}
      !next --doctor {doctor} --room {text}
      !park {token} --reason {text}
      !return {token}
      !undo {token} --reason {text}
      !move {token} --to {slot} --dry-run
      !slot change RAO-20300107-1300 --capacity 1 --dry-run
      !slot change {slot} --capacity {capacity} --minutes {length} --dry-run
      !slot reopen {closed-slot} --reason {text} --dry-run
      queue {slot} --all
      queue --doctor {doctor} --date {date}
      slip {token}
      audit --slot {slot} --kind {kind} --limit {limit}
      audit --patient {phone} --since {time} --until {time} --limit {limit}
      audit --token {token} --actor {name} --limit {limit}
      audit explain {token}
      config
      """
          .lines()
          .toList();

  private static final List<String> GLOBAL =
      List.of("--actor", "--zone", "--timeout", "--facility", "--color", "--output", "--db");

  private enum Mistake {
    COMMAND_MISTYPED,
    OPTION_MISTYPED,
    WORD_LEFT_OUT,
    WORD_TOO_MANY,
    WORD_TWICE,
    WORDS_SWAPPED,
    VALUE_WRONG,
    TWO_VALUES_WRONG,
    NOTHING
  }

  private final RandomGenerator random;
  private final WrongValues values;
  private final WrongLists lists;

  WrongLines(RandomGenerator random) {
    this.random = random;
    this.values = new WrongValues(random);
    this.lists = new WrongLists(random, values);
  }

  /// What is to be reached in a run that is not too short: every kind of mistake, error and
  /// refusal.
  static List<String> kinds() {
    List<String> kinds =
        new ArrayList<>(List.of("SOUP", "SCRIPT", "VARIABLE", "NO_VALUES", "NO_SERVER"));
    Arrays.stream(Mistake.values()).map(Enum::name).forEach(kinds::add);
    Arrays.stream(HostileText.values()).map(Enum::name).forEach(kinds::add);
    Arrays.stream(HostileText.values())
        .filter(HostileText::isAllowed)
        .forEach(kind -> kinds.add("stored " + kind));
    kinds.addAll(WrongLists.kinds());
    GLOBAL.forEach(option -> kinds.add(kind(option)));
    kinds.addAll(Contract.REFUSALS);
    kinds.addAll(Contract.EXITS.keySet());
    kinds.addAll(List.of("exit 0", "exit 2", "exit 3", "exit 4", "exit 5", "exit 8"));
    return kinds;
  }

  WrongLine next() {
    int percent = random.nextInt(100);
    if (percent < 45) {
      return mistaken();
    }
    if (percent < 80) {
      return hostile();
    }
    if (percent < 92) {
      return lists.next(random.nextBoolean());
    }
    if (percent < 95) {
      return soup();
    }
    return percent < 99 ? withSetting() : script();
  }

  /// A right command, its values still in braces.
  private List<String> draw() {
    return new ArrayList<>(Arrays.asList(values.draw(RIGHT).split(" ")));
  }

  private WrongLine line(String kind, List<String> words, HostileText text, String value) {
    boolean mayChange = words.getFirst().startsWith("!");
    List<String> plain = new ArrayList<>(words);
    plain.set(0, words.getFirst().substring(mayChange ? 1 : 0));
    WrongLine.Stored stored = text == null ? null : new WrongLine.Stored(text, value);
    return new WrongLine(
        kind, plain, Map.of(), new byte[0], random.nextBoolean(), mayChange, stored);
  }

  private WrongLine mistaken() {
    Mistake mistake = random.nextBoolean() ? Mistake.VALUE_WRONG : values.oneOf(Mistake.values());
    List<String> words = draw();
    boolean isFixed = words.stream().noneMatch(WrongLines::isValue);
    switch (mistake) {
      case VALUE_WRONG -> spoil(words);
      case TWO_VALUES_WRONG -> {
        spoil(words);
        spoil(words);
      }
      default -> {}
    }
    fill(words);
    int any = random.nextInt(words.size());
    switch (mistake) {
      case COMMAND_MISTYPED -> words.set(0, mistyped(words.getFirst()));
      case OPTION_MISTYPED ->
          words.replaceAll(word -> word.startsWith("--") ? values.mistyped(word) : word);
      case WORD_LEFT_OUT -> words.set(any, any == 0 ? words.getFirst() : "");
      case WORD_TOO_MANY -> words.add(values.word());
      case WORD_TWICE -> words.add(words.get(any).replace("!", ""));
      case WORDS_SWAPPED -> {
        String last = words.removeLast();
        words.add(Math.min(1, words.size()), last);
      }
      case VALUE_WRONG, TWO_VALUES_WRONG, NOTHING -> {}
    }
    if (mistake == Mistake.WORD_LEFT_OUT) {
      words.removeIf(String::isEmpty);
    }
    return line(isFixed ? "NO_VALUES" : mistake.name(), words, null, "");
  }

  private String mistyped(String command) {
    boolean mayChange = command.startsWith("!");
    return (mayChange ? "!" : "") + values.mistyped(command.substring(mayChange ? 1 : 0));
  }

  private static boolean isValue(String word) {
    return word.startsWith("{");
  }

  private void fill(List<String> words) {
    words.replaceAll(
        word -> isValue(word) ? values.right(word.substring(1, word.length() - 1)) : word);
  }

  /// Replaces a value by a wrong one.
  private void spoil(List<String> words) {
    int at = place(words);
    if (at >= 0) {
      String type = words.get(at);
      words.set(at, values.wrong(values.right(type.substring(1, type.length() - 1))));
    }
  }

  private int place(List<String> words) {
    List<Integer> places = new ArrayList<>();
    for (int index = 0; index < words.size(); index++) {
      if (isValue(words.get(index))) {
        places.add(index);
      }
    }
    return places.isEmpty() ? -1 : values.draw(places);
  }

  private WrongLine hostile() {
    HostileText kind = values.kind();
    String text = values.hostile(kind);
    List<String> words = draw();
    int at = place(words);
    boolean isOption = at < 0 || random.nextInt(6) == 0;
    boolean isStored = !isOption && List.of("{name}", "{text}").contains(words.get(at));
    fill(words);
    if (isOption) {
      words.addAll(List.of(values.oneOf("--actor", "--request-id"), text));
    } else {
      words.set(at, text);
    }
    return line(kind.name(), words, isStored ? kind : null, text);
  }

  /// Words in no order.
  private WrongLine soup() {
    List<String> words = new ArrayList<>();
    for (int count = random.nextInt(1, 7); count > 0; count--) {
      List<String> some = draw();
      fill(some);
      words.add(values.draw(some).replace("!", ""));
    }
    words.set(0, "!" + words.getFirst());
    return line("SOUP", words, null, "");
  }

  private WrongLine withSetting() {
    List<String> words = draw();
    fill(words);
    if (random.nextInt(12) == 0) {
      // Nobody listens there.
      words.addAll(List.of("--db", "postgresql://127.0.0.1:1/x", "--timeout", "0.1"));
      return line("NO_SERVER", words, null, "");
    }
    String option = values.draw(GLOBAL);
    String value = setting(option);
    if (random.nextBoolean()) {
      words.addAll(List.of(option, value));
      return line(kind(option), words, null, "");
    }
    WrongLine right = line("VARIABLE", words, null, "");
    Map<String, String> variables =
        option.equals("--db")
            ? Map.of(values.oneOf("OPD_DB_URL", "OPD_DB_PASSWORD", "OPD_DB_USER"), value)
            : Map.of("OPD_" + option.substring(2).toUpperCase(Locale.ROOT), value);
    boolean isJson = right.isJson() && !option.equals("--output");
    return new WrongLine(
        right.kind(), right.words(), variables, right.input(), isJson, right.mayChange(), null);
  }

  private static String kind(String option) {
    return "OPTION_" + option.substring(2).toUpperCase(Locale.ROOT);
  }

  private String setting(String option) {
    return switch (option) {
      case "--db" ->
          values.oneOf(
              "jdbc:postgresql:",
              "postgresql://",
              "jdbc:mysql://localhost/x",
              "%",
              "postgresql://localhost:port/x",
              "jdbc:postgresql://[::1/x",
              "postgresql://a b/c");
      case "--timeout" -> values.oneOf("-1", "never", "1e9", "NaN", "0", "", "\u0663", "1e-400");
      default -> random.nextBoolean() ? values.hostile(values.kind()) : values.word();
    };
  }

  private WrongLine script() {
    StringBuilder script = new StringBuilder();
    for (int count = random.nextInt(1, 5); count > 0; count--) {
      List<String> words = draw();
      fill(words);
      String line = String.join(" ", words).replace("!", "");
      script.append(
          switch (random.nextInt(5)) {
            case 0 -> line;
            case 1 -> line + " '" + values.word();
            case 2 -> values.hostile(values.kind());
            case 3 -> line + "\\";
            default -> values.mistyped(line) + " ; " + values.word();
          });
      script.append('\n');
    }
    List<String> words =
        random.nextBoolean() ? List.of("console") : List.of("console", "--stop-on-error");
    return new WrongLine(
        "SCRIPT", words, Map.of(), script.toString().getBytes(UTF_8), true, true, null);
  }
}
