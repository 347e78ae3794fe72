package opd.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import opd.testing.Extent;
import org.junit.jupiter.api.Test;

/// Lists that were mutated at random, always the same ones from the same seed, and read without a
/// facility: whatever they hold, each line gives one result, and nothing else happens.
final class ListFuzzTest {
  private static final int LISTS = Extent.of(8_000, 20_000);
  private static final int LARGEST = 4_000;
  private static final List<String> SNIPPETS =
      List.of(
          ",",
          ";",
          "\t",
          "\"",
          "\"\"",
          "\n",
          "\r",
          "\r\n",
          "'",
          "=",
          "sep=;\n",
          "\u0000",
          "\u00ff",
          "\u00ef\u00bb\u00bf",
          "\u00ff\u00fe",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\\",
          "\u00c2\u00a0",
          "0",
          "-",
          ",,,,,",
          "PK\u0003\u0004",
          "null",
          "1e400",
          "\ud83d");

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(Long.getLong("opd.seed", 1));

  @Test
  void whateverAListHoldsReadingItEndsInResultsOrAnError() throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    for (String folder : List.of("lists", "rosters")) {
      for (Path file : ListCorpusTest.files(folder)) {
        byte[] content = Files.readAllBytes(file);
        if (content.length <= LARGEST) {
          corpus.add(content);
        }
      }
    }
    int errors = 0;
    int results = 0;
    int invalid = 0;
    for (int number = 0; number < LISTS; number++) {
      byte[] list = mutated(corpus.get(random.nextInt(corpus.size())));
      ReadList read = random.nextInt(4) == 0 ? ReadList.roster(list) : ReadList.allocations(list);
      checkNumbers(read, list);
      errors += read.error() == null ? 0 : 1;
      results += read.lines().size();
      invalid += (int) read.lines().stream().filter(line -> line.contains(" INVALID ")).count();
    }
    System.out.printf("%d lists: %d none, %d lines, %d invalid%n", LISTS, errors, results, invalid);
    // Neither all of them are refused at once, nor is all that is left right.
    assertThat(errors).isBetween(LISTS / 10, LISTS * 9 / 10);
    assertThat(invalid).isBetween(results / 10, results * 9 / 10);
  }

  /// The numbers of the lines ascend, and there is no line beyond the last.
  private static void checkNumbers(ReadList read, byte[] list) {
    String text = new String(list, ISO_8859_1);
    long physical = text.chars().filter(each -> each == '\n' || each == '\r').count() + 2;
    long before = 0;
    for (String line : read.lines()) {
      long number = Long.parseLong(line.substring(0, line.indexOf(' ')));
      assertThat(number).as(text).isGreaterThan(before).isLessThanOrEqualTo(physical);
      before = number;
    }
  }

  private byte[] mutated(byte[] original) {
    String text = new String(original, ISO_8859_1);
    for (int times = random.nextInt(1, 5); times > 0; times--) {
      int at = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), at + random.nextInt(12));
      String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
      text =
          switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + snippet + text.substring(at);
            case 2 -> text.substring(0, at) + snippet + text.substring(to);
            case 3 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(to);
            case 4 -> text.substring(0, at);
            case 5 -> text + text.substring(at);
            default -> text.replace(",", snippet);
          };
    }
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void eachLineGivesOneResultAndEachWrongOneItsField() {
    for (int number = 0; number < LISTS / 20; number++) {
      List<String> expected = new ArrayList<>();
      byte[] list = madeUp(expected);
      ReadList read = ReadList.allocations(list);
      assertThat(read.error()).isNull();
      assertThat(read.warnings()).isEmpty();
      assertThat(read.lines()).as(new String(list, UTF_8)).hasSameSizeAs(expected);
      assertThat(read.lines())
          .zipSatisfy(expected, (line, start) -> assertThat(line).startsWith(start));
    }
  }

  /// @param expected gets what each line's result begins with
  private byte[] madeUp(List<String> expected) {
    String separator = pick(",", ";", "\t");
    String end = pick("\n", "\r\n");
    List<String> lines = new ArrayList<>();
    if (!separator.equals("\t") && random.nextBoolean()) {
      lines.add("sep=" + separator);
    }
    String empties = separator.repeat(random.nextInt(3));
    lines.add(
        String.join(
                separator,
                pick("slot", "Slot", " SLOT\u00a0"),
                pick("phone", "Mobile No.", "Phone Number"),
                pick("name", "Patient Name"),
                pick("priority", "Priority"),
                pick("source", "source "))
            + empties);
    for (int row = random.nextInt(1, 12); row > 0; row--) {
      if (random.nextInt(6) == 0) {
        lines.add(pick("", " ", separator.repeat(4), separator.repeat(6)));
      }
      lines.add(row(separator, lines.size() + 1, expected) + empties);
    }
    String text = String.join(end, lines) + pick("", end, end + separator.repeat(4) + end);
    return switch (random.nextInt(4)) {
      case 0 -> ("\ufeff" + text).getBytes(UTF_8);
      case 1 -> ("\ufeff" + text).getBytes(UTF_16LE);
      case 2 -> ("\ufeff" + text).getBytes(UTF_16BE);
      default -> text.getBytes(UTF_8);
    };
  }

  private String row(String separator, int number, List<String> expected) {
    List<String> columns = List.of("slot", "phone", "name", "priority", "source");
    List<String> cells =
        new ArrayList<>(
            List.of(
                pick("RAO-20300107-0900", " rao-20300107-0900"),
                pick("9876543201", "'+919876543201", "\u00a09876543201 "),
                pick("Asha Rao", "\"Asha\"", "'=Asha"),
                pick("paid", "Follow Up", "EMERGENCY"),
                pick("app", "walk in", "Walk-In")));
    if (random.nextInt(3) > 0) {
      expected.add(number + " RAO-20300107-0900 +919876543201 1 ");
      return String.join(separator, cells);
    }
    int wrong = random.nextInt(columns.size());
    cells.set(
        wrong,
        switch (columns.get(wrong)) {
          case "phone" -> pick("12", "", "none");
          case "name" -> pick("Asha\u202e", "x".repeat(201));
          default -> pick("", "?", "RAO-0960", "paidd");
        });
    String field = columns.get(wrong);
    expected.add(number + " INVALID " + field + ": ");
    return String.join(separator, cells);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
