package opd.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import opd.cli.CommandLineFixture.Result;

/// Judges what came of a wrong command line by the contract alone, written down here once more.
final class Contract {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// By error code, those of a server in trouble left out.
  static final Map<String, Integer> EXITS =
      Map.ofEntries(
          Map.entry("USAGE", 2),
          Map.entry("INVALID_INPUT", 2),
          Map.entry("NAME_DIFFERS", 2),
          Map.entry("DOCTOR_EXISTS", 2),
          Map.entry("PATIENT_EXISTS", 2),
          Map.entry("SLOT_OVERLAPS", 2),
          Map.entry("DOCTOR_INACTIVE", 2),
          Map.entry("REQUEST_ID_REUSED", 2),
          Map.entry("FACILITY_NOT_FOUND", 4),
          Map.entry("DOCTOR_NOT_FOUND", 4),
          Map.entry("SLOT_NOT_FOUND", 4),
          Map.entry("TOKEN_NOT_FOUND", 4),
          Map.entry("PATIENT_NOT_FOUND", 4),
          Map.entry("DATABASE_UNAVAILABLE", 5),
          Map.entry("ACCESS_DENIED", 8));

  static final Set<String> REFUSALS =
      Set.of(
          "SLOT_FULL",
          "SLOT_CLOSED",
          "DUPLICATE_TOKEN",
          "TOKEN_NOT_ACTIVE",
          "TOKEN_NOT_DISPLACED",
          "ALREADY_REALLOCATED",
          "NO_FREE_PLACE",
          "CAPACITY_TAKEN",
          "NOTHING_TO_UNDO",
          "NOBODY_WAITING");

  /// Of a fault of the program, as `opd explain INTERNAL` shows it.
  private static final String EXAMPLE = "this is a fault of the program: IllegalStateException";

  private static final Set<String> OUTCOMES = Set.of("ADMITTED", "REJECTED", "INVALID");

  private final WrongLine line;
  private final Result result;
  private final boolean isChanged;
  private final Consumer<String> reached;
  private final List<String> faults = new ArrayList<>();
  private boolean isAnyAccepted;

  private Contract(WrongLine line, Result result, boolean isChanged, Consumer<String> reached) {
    this.line = line;
    this.result = result;
    this.isChanged = isChanged;
    this.reached = reached;
  }

  /// What breaks the contract.
  ///
  /// @param isChanged whether any table is not as it was before
  /// @param reached told of each error code and refusal
  static List<String> faults(
      WrongLine line, Result result, boolean isChanged, Consumer<String> reached) {
    Contract contract = new Contract(line, result, isChanged, reached);
    contract.judge();
    return contract.faults.stream()
        .map(fault ->
            "%s: %s\n  out: %s\n  err: %s"
                .formatted(fault, line, shown(result.out()), shown(result.err())))
        .toList();
  }

  private static String shown(String text) {
    return Visible.of(text.length() > 400 ? text.substring(0, 400) + "…" : text);
  }

  private void judge() {
    reached.accept("exit " + result.exit());
    for (String printed : List.of(result.out(), result.err())) {
      String own = result.exit() == 0 ? printed.replace(EXAMPLE, "") : printed;
      if (own.contains("Exception") || own.contains("\tat ")) {
        faults.add("a stack trace");
      }
      if (!isSettingForPrograms()) {
        Visible.firstHarmful(printed)
            .ifPresent(character -> faults.add("shows U+%04X as it is".formatted(character)));
      }
    }
    boolean isJson = isFormatUnclear() ? result.err().startsWith("{") : line.isJson();
    if (isJson) {
      judgeJson();
    } else {
      judgeText();
    }
    if (isChanged && !mayHaveChanged()) {
      faults.add("something was changed by what ended with " + result.exit());
    }
  }

  /// A program that asks for a setting is given it exactly.
  private boolean isSettingForPrograms() {
    return line.isJson() && line.words().getFirst().equals("config");
  }

  /// Whether the command line itself says, though wrongly, how to print.
  private boolean isFormatUnclear() {
    return line.words().stream()
        .anyMatch(word -> word.startsWith("-o") || word.startsWith("--output"));
  }

  private boolean mayHaveChanged() {
    if (!line.mayChange() || line.isDryRun()) {
      return false;
    }
    return switch (result.exit()) {
      case 0, 3 -> true;
      // Of a list and of a script, what was right has happened.
      case 2, 4 -> (line.isList() || line.isScript()) && isAnyAccepted;
      default -> false;
    };
  }

  private void judgeText() {
    switch (result.exit()) {
      case 0, 3 -> {}
      case 2, 4, 5, 7, 8 -> {
        // A list says below its results what is wrong with which line.
        boolean isSaid = result.err().lines().anyMatch(text -> text.startsWith("error: "));
        isAnyAccepted = !isSaid;
        if (!isSaid && !line.isList()) {
          faults.add("no error is named");
        }
      }
      default -> faults.add("exit " + result.exit());
    }
  }

  private void judgeJson() {
    if (line.isScript()) {
      judgeScript();
      return;
    }
    List<JsonNode> errors =
        result
            .err()
            .lines()
            .filter(text -> text.startsWith("{"))
            .map(this::parsed)
            .map(node -> node.path("error"))
            .toList();
    switch (result.exit()) {
      case 0 -> expect(errors.isEmpty(), "an error, and exit 0");
      case 3 -> expect(errors.isEmpty(), "an error, and exit 3");
      case 2, 4, 5, 7, 8 -> {
        boolean isBelowResults = line.isList() && result.exit() == 2 && errors.isEmpty();
        boolean isDifference = result.exit() == 7;
        expect(isBelowResults || isDifference || errors.size() == 1, errors.size() + " errors");
        errors.forEach(error -> judgeError(error, result.exit()));
        expect(
            line.isList() || result.exit() == 7 || result.out().isEmpty(), "an error, and results");
      }
      default -> faults.add("exit " + result.exit());
    }
    result.out().lines().map(this::parsed).forEach(this::judgeResult);
  }

  private void judgeResult(JsonNode node) {
    String outcome = node.path("outcome").asText();
    isAnyAccepted |= outcome.equals("ADMITTED") || outcome.equals("REJECTED");
    if (outcome.equals("REJECTED")) {
      String code = node.path("code").asText();
      reached.accept(code);
      expect(REFUSALS.contains(code), "the refusal " + code);
      expect(line.isList() || result.exit() == 3, "a refusal with exit " + result.exit());
    }
    if (line.isList()) {
      expect(OUTCOMES.contains(outcome), "the outcome " + outcome);
      expect(node.path("line").asLong() > 0, "a result without its line");
      if (outcome.equals("INVALID")) {
        expect(EXITS.containsKey(node.path("code").asText()), "the code " + node.path("code"));
        expect(!node.path("reason").asText().isEmpty(), "an invalid line without a reason");
      }
    }
  }

  private void judgeScript() {
    int worst = 0;
    int ends = 0;
    for (JsonNode node : result.out().lines().map(this::parsed).toList()) {
      if (node.has("exit") && node.has("line")) {
        ends++;
        int exit = node.path("exit").asInt();
        isAnyAccepted |= exit == 0 || exit == 3;
        worst = worse(worst, exit);
        if (node.path("error").isObject()) {
          judgeError(node.path("error"), exit);
        } else {
          expect(exit == 0 || exit == 3, "exit " + exit + " without an error");
        }
      }
    }
    expect(
        result.exit() == worst || ends == 0,
        "exit %d of a script, worst %d".formatted(result.exit(), worst));
    expect(Set.of(0, 2, 3, 4, 5, 8).contains(result.exit()), "exit " + result.exit());
  }

  private static int worse(int one, int other) {
    List<Integer> order = List.of(1, 6, 5, 8, 7, 2, 4, 3, 0);
    return order.indexOf(one) <= order.indexOf(other) ? one : other;
  }

  private void judgeError(JsonNode error, int exit) {
    String code = error.path("code").asText();
    reached.accept(code);
    expect(
        Integer.valueOf(exit).equals(EXITS.get(code)),
        "the code %s with exit %d".formatted(code, exit));
    expect(!error.path("message").asText().isBlank(), "an error without a message");
    expect(
        error.path("hint").isTextual() || error.path("hint").isNull(), "an error without a hint");
  }

  private JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      faults.add("no JSON");
      return MAPPER.createObjectNode();
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
