package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import opd.cli.console.CommandLines;
import opd.cli.session.Surroundings;
import opd.decision.Warning;
import opd.domain.ErrorCode;
import opd.domain.Refusal;
import opd.output.StandardOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `opd help`, `opd explain` and `opd schema`, and what is said of a word that is not known. None
/// of it needs a database.
final class HelpTest {
  private static final Path TEXTS = Path.of("src", "main", "resources", "opd", "cli");

  private static CommandLineFixture.Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Program.run(
            new Surroundings(
                Map.of("HOME", "/proc/nonexistent"),
                null,
                new StandardOutput(out),
                new PrintWriter(err),
                false,
                0,
                0),
            arguments);
    return new CommandLineFixture.Result(exit, out.toString(), err.toString());
  }

  private static List<Path> texts(String folder) throws IOException {
    try (Stream<Path> files = Files.list(TEXTS.resolve(folder))) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyCodeHasItsPage() {
    Map.of(
            "refusals", List.<Enum<?>>of(Refusal.values()),
            "warnings", List.<Enum<?>>of(Warning.values()),
            "errors", List.<Enum<?>>of(ErrorCode.values()))
        .forEach((folder, codes) ->
            assertThat(codes)
                .allSatisfy(code ->
                    assertThat(TEXTS.resolve(folder).resolve(code.name() + ".txt"))
                        .as(code.name())
                        .exists()));
  }

  @Test
  void everyPageHasCauseExampleAndRemedyAndFitsEightyColumns() throws IOException {
    for (String folder : List.of("refusals", "warnings", "errors")) {
      for (Path page : texts(folder)) {
        String code = page.getFileName().toString().replace(".txt", "");
        CommandLineFixture.Result explained = run("explain", code);
        assertThat(explained.exit()).as(code).isZero();
        assertThat(explained.out()).startsWith(code + ": a").contains("\nExample:\n  ");
        assertThat(explained.out()).contains("\nWhat to do:\n  ");
        assertThat(explained.out().lines()).as(code).allMatch(line -> line.length() <= 80);
      }
    }
    CommandLineFixture.Result all = run("explain");
    assertThat(
            all.out().lines().filter(line -> !line.startsWith(" ")).map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(Explanations.codes());
    assertThat(all.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aCodeIsFoundAsItIsTyped() {
    assertThat(run("explain", "slot-full").out()).startsWith("SLOT_FULL: a refusal");
    assertThat(run("explain", "AMBIGUOUS").out()).contains("(exit 2)");
    assertThat(run("explain", "SLOT_FUL").err()).contains("did you mean SLOT_FULL?");
    assertThat(run("explain", "../help/rules").exit()).isEqualTo(2);
    assertThat(run("explain", "RAO-0900-03").err()).contains("opd audit explain TOKEN");
    assertThat(run("explain", "SLOT_FULL", "-o", "json").json().path("code").asText())
        .isEqualTo("SLOT_FULL");
  }

  @Test
  void theCodesAreListedForProgramsAndSpreadsheets() {
    List<JsonNode> all = run("explain", "-o", "json").jsonLines();
    assertThat(all)
        .allSatisfy(each -> OutputSchema.checked("code", each))
        .extracting(each -> each.path("code").asText())
        .containsExactlyElementsOf(Explanations.codes());
    assertThat(run("explain", "SLOT_FULL", "-o", "json").json())
        .isEqualTo(all.get(Explanations.codes().indexOf("SLOT_FULL")));
    List<String> rows = run("explain", "-o", "csv").out().lines().toList();
    assertThat(rows).hasSize(1 + all.size()).startsWith("code,summary");
    assertThat(run("explain", "--columns", "code").out().lines().skip(1))
        .containsExactlyElementsOf(Explanations.codes());
    assertThat(run("explain", "SLOT_FULL", "-o", "csv").exit()).isEqualTo(2);
  }

  @Test
  void everyTopicBeginsWithExamples() throws IOException {
    List<String> files = new ArrayList<>();
    for (Path page : texts("help")) {
      String name = page.getFileName().toString().replace(".txt", "");
      files.add(name);
      CommandLineFixture.Result topic = run("help", name);
      assertThat(topic.out()).as(name).startsWith("Examples:\n  ");
      assertThat(topic.out().lines()).as(name).allMatch(line -> line.length() <= 80);
    }
    assertThat(files).containsExactlyInAnyOrderElementsOf(HelpCommand.TOPICS);
    assertThat(run("help", "rules", "-o", "json").json().path("topic").asText()).isEqualTo("rules");
  }

  /// A page says TOKEN, SLOT or COMMAND where somebody types one.
  @Test
  void theCommandsInThemCanBeTyped() throws IOException {
    int checked = 0;
    for (String folder : List.of("help", "refusals", "warnings", "errors")) {
      for (Path page : texts(folder)) {
        for (String line : Files.readString(page).replace("\\\n", "").lines().toList()) {
          String typed = line.strip().replaceFirst(" {2,}.*", "").replaceFirst("[;|>].*", "");
          typed =
              typed.replaceAll("\\bTOKEN\\b", "RAO-0900-07").replaceAll("\\bSLOT\\b", "RAO-0900");
          if (typed.startsWith("opd ") && !typed.contains("…") && !typed.matches(".*[A-Z]{4,}.*")) {
            List<String> words = CommandLines.of(typed, false).getFirst();
            CommandReference.withCommands(root -> root.parseArgs(words.toArray(String[]::new)));
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(75);
  }

  @Test
  void helpIsPrintedForWhoeverAsksForIt() {
    String help = run("--help").out();
    assertThat(run()).isEqualTo(new CommandLineFixture.Result(0, help, ""));
    assertThat(run("help").out()).isEqualTo(help);
    assertThat(help).contains("exit-codes").contains("opd explain CODE");
    assertThat(help.indexOf("Examples:")).isBetween(0, help.indexOf("The database:"));
    assertThat(run("help", "slot", "open").out()).isEqualTo(run("slot", "open", "--help").out());
    assertThat(run("help", "use").out()).startsWith("Usage: opd use ");
    assertThat(run("help", "SLOT_FULL").err()).contains("opd explain SLOT_FULL");
    assertThat(run("help", "slot", "opne").exit()).isEqualTo(2);
    assertThat(run("help", "list").err()).contains("did you mean 'opd help lists'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cancell",
        "cance",
        "complet",
        "no-shoe",
        "noshow",
        "cancle",
        "db stob",
        "erase",
        "mov",
        "nex",
        "und",
        "patient eras",
        "db restor",
        "doctor leav",
        "doctor deactivat"
      })
  void noUnknownWordLeadsToWhatTakesSomethingAway(String typed) {
    CommandLineFixture.Result wrong = run(typed.split(" "));
    assertThat(wrong.exit()).isEqualTo(2);
    Set<String> takesAway = new TreeSet<>(Suggestions.TAKE_AWAY);
    takesAway.removeAll(List.of(typed.split(" ")));
    assertThat(wrong.err().split("[^a-z-]+")).doesNotContainAnyElementsOf(takesAway);
  }

  @Test
  void whatCannotBeSeenIsNamed() {
    assertThat(run("queue", "\u2014all").err())
        .contains("\"\u2014all\" begins with the character U+2014, which is no hyphen")
        .contains("type it as --all");
    assertThat(run("queue", "\u2013o", "json").err()).contains("type it as -o");
    assertThat(run("queue", "\u2013\u2013doctor=RAO").exit()).isEqualTo(2);
    assertThat(run("queue", "a", "b\u00a0c").err()).contains("b<U+00A0>c");
    assertThat(run("que\u200due").err()).contains("\"que<U+200D>ue\"");
  }

  @Test
  void everySchemaIsWholeAndNamed() throws IOException {
    JsonNode defined = new ObjectMapper().readTree(Texts.read("schemas.json")).path("$defs");
    Set<String> names = new TreeSet<>();
    defined.fieldNames().forEachRemaining(names::add);
    names.remove("error-fields");
    assertThat(SchemaCommand.RESULTS).containsExactlyInAnyOrderElementsOf(names);
    assertThat(run("schema").out().lines()).containsExactlyElementsOf(SchemaCommand.RESULTS);
    for (String reference : defined.findValuesAsText("$ref")) {
      assertThat(defined.has(reference.replace("#/$defs/", ""))).as(reference).isTrue();
    }
    assertThat(run("schema", "queue").out()).contains("\"$id\": \"opd:queue\"");
    assertThat(run("schema", "queu").err()).contains("did you mean queue?");
  }
}
