package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import opd.testing.Extent;
import opd.testing.Mutant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of wrong commands, files and values: each gets the exit code and the error of the
/// contract, and none changes anything that it should not.
@Tag("integration")
@Order(1)
final class WrongInputTest {
  private static final int DESKS = 2;

  private static final int LINES = Extent.of(3_000, 20_000);

  /// One whose lines meet each kind; `-Dopd.seed=7` draws others.
  private static final long SEED = Long.getLong("opd.seed", 4);

  @Test
  void noWrongCommandEndsOtherwiseThanTheContractSays() throws Exception {
    List<String> faults = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(DESKS)) {
      List<Future<WrongInput.Report>> reports =
          LongStream.range(0, DESKS)
              .mapToObj(desk -> threads.submit(() -> WrongInput.run(SEED + desk, LINES / DESKS)))
              .toList();
      for (Future<WrongInput.Report> report : reports) {
        faults.addAll(report.get().faults());
        report.get().counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
      }
    }
    System.out.println(LINES + " wrong commands from seed " + SEED + ": " + counts);
    assertThat(faults).as("seed " + SEED).isEmpty();
    assertThat(counts).containsKeys(WrongLines.kinds().toArray(String[]::new));
  }

  @Test
  void aProgramThatShowsTextAsItIsIsCaught(@TempDir Path folder) throws Exception {
    Mutant mutant =
        new Mutant(
            "domain/PlainText.java", "return '\"' + revealed(shown) + '\"';", "return shown;");
    assertThat(faults(mutant, folder, "as it is")).anyMatch(fault -> fault.contains("as it is"));
  }

  @Test
  void aProgramThatTakesAnyTextIsCaught(@TempDir Path folder) throws Exception {
    Mutant mutant = new Mutant("domain/PlainText.java", "if (harmful.find()) {", "if (false) {");
    assertThat(faults(mutant, folder, "")).isNotEmpty();
  }

  @Test
  void aProgramThatChangesSomethingAndThenReportsAnErrorIsCaught(@TempDir Path folder)
      throws Exception {
    Mutant mutant =
        new Mutant(
            "cli/Program.java",
            """
                  context.settings().checkPrinting();
                  if (!isHelp(parsed)) {
                    context.isForRooms(Description.isForRooms(parsed));
                    context.checkWork();
                    context.lists(Description.listing(parsed));
                  }
            """,
            "");
    String fault = "something was changed by what ended with 2";
    assertThat(faults(mutant, folder, fault)).anyMatch(found -> found.startsWith(fault));
  }

  @Test
  void aProgramThatFailsByItselfIsCaught(@TempDir Path folder) throws Exception {
    Mutant mutant =
        new Mutant(
            "domain/Inputs.java",
            "catch (NumberFormatException e)",
            "catch (ArithmeticException e)");
    assertThat(faults(mutant, folder, "exit 1")).anyMatch(fault -> fault.startsWith("exit 1"));
  }

  /// Up to the first that contains the text.
  private static List<String> faults(Mutant mutant, Path folder, String sought) throws Exception {
    return mutant.ask(folder, WrongInput.class, "faults", 1L, 1_200, sought);
  }
}
