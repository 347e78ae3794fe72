package opd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import opd.output.text.FigureDefinitions;
import org.junit.jupiter.api.Test;

/// Names, definitions and arithmetic of the figures.
final class FigureTableTest {
  @Test
  void everyFigureHasANameOfItsOwnAndADefinitionInTheHelp() {
    Set<String> names = new HashSet<>();
    Set<String> words = new HashSet<>();
    String help = String.join("\n", FigureDefinitions.lines());
    for (Figure figure : FigureTable.ALL) {
      assertThat(names.add(figure.name())).as(figure.name()).isTrue();
      assertThat(words.add(figure.words())).as(figure.words()).isTrue();
      assertThat(figure.definition()).as(figure.name()).matches("[A-Z].{8,}\\.");
      assertThat(help).contains("\n  " + figure.name());
    }
    assertThat(FigureDefinitions.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void everythingThatIsCountedIsInAFigure() {
    Set<Count> shown = new HashSet<>();
    for (Figure figure : FigureTable.ALL) {
      switch (figure.formula()) {
        case Formula.Sum(var counts) -> shown.addAll(counts);
        case Formula.SumBeside(var count, var _) -> shown.add(count);
        case Formula.Share(var part, var _) -> shown.add(part);
        case Formula _ -> {}
      }
    }
    assertThat(Count.values()).containsExactlyInAnyOrderElementsOf(shown);
  }

  @Test
  void everyGroupingHasHeadsThatFitEightyColumns() {
    for (Grouping by : Grouping.values()) {
      int width =
          Headline.of(by).stream().mapToInt(head -> 2 + Math.max(5, head.head().length())).sum();
      assertThat(width).as(by.word()).isLessThan(80);
    }
  }

  @Test
  void sharesAreRoundedHalfUpAndThereIsNoneOfNothing() {
    assertThat(Ratio.permille(1, 2000)).hasValue(1);
    assertThat(Ratio.permille(1, 2001)).hasValue(0);
    assertThat(Ratio.permille(2, 3)).hasValue(667);
    assertThat(Ratio.permille(0, 0)).isEqualTo(OptionalLong.empty());
  }

  /// As in textbooks: 10 of 100 are 5.5 % to 17.4 %, none of 20 is 0 % to 16.1 %.
  @Test
  void theIntervalIsWilsons() {
    assertThat(Ratio.wilson(10, 100, false)).hasValue(55);
    assertThat(Ratio.wilson(10, 100, true)).hasValue(174);
    assertThat(Ratio.wilson(0, 20, false)).hasValue(0);
    assertThat(Ratio.wilson(0, 20, true)).hasValue(161);
    assertThat(Ratio.wilson(20, 20, true)).hasValue(1000);
    assertThat(Ratio.wilson(0, 0, true)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void quantilesAreByNearestRank() {
    Lengths lengths = new Lengths();
    for (int length = 20; length > 0; length--) {
      lengths.add(length);
    }
    assertThat(lengths.quantile(50)).isEqualTo(10);
    assertThat(lengths.quantile(90)).isEqualTo(18);
    assertThat(lengths.quantile(100)).isEqualTo(20);
    assertThat(lengths.within(15)).isEqualTo(15);
  }
}
