package opd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is published tells of no single patient, neither at once nor by subtraction.
final class PublishingTest {
  private static final Figure REQUESTS = FigureTable.named("requests");
  private static final Figure ADMITTED = FigureTable.named("admitted");
  private static final Figure REFUSED = FigureTable.named("refused");

  private static Report.Row row(String group, long admitted, long refused) {
    return new Report.Row(
        group,
        Map.of(REQUESTS, admitted + refused, ADMITTED, admitted, REFUSED, refused),
        Set.of());
  }

  private static List<Report.Row> published(List<Report.Row> rows) {
    return Publishing.of(rows, Optional.of(Grouping.DOCTOR));
  }

  @Test
  void largeFiguresArePublishedAsTheyAre() {
    List<Report.Row> rows = List.of(row("A", 20, 10), row("B", 30, 11), row(null, 50, 21));
    assertThat(published(rows)).isEqualTo(rows);
  }

  @Test
  void aSmallFigureTakesOthersWithItFromWhichItWouldFollow() {
    List<Report.Row> published =
        published(List.of(row("A", 20, 2), row("B", 30, 11), row("C", 9, 40), row(null, 59, 53)));
    Report.Row first = published.getFirst();
    assertThat(first.value(REFUSED)).as("below 5").isEmpty();
    assertThat(first.hidden()).as("and one of the two it adds up with").hasSizeGreaterThan(1);
    long hidden = published.stream().filter(each -> each.hidden().contains(REFUSED)).count();
    assertThat(hidden).as("and one of the other groups' at least").isGreaterThan(1);
  }

  @Test
  void whatIsLeftOutIsAtLeastFiveTogether() {
    List<Report.Row> published =
        published(List.of(row("A", 20, 1), row("B", 30, 1), row("C", 9, 40), row(null, 59, 42)));
    assertThat(published.get(2).hidden()).contains(REFUSED);
  }

  /// A reader who knows that everything is a whole number and at least 0 looks for another table
  /// with the same published figures, in which the hidden one differs.
  @Test
  void everyHiddenFigureCouldBeAnother() {
    Random random = new Random(7);
    int hidden = 0;
    for (int table = 0; table < 200; table++) {
      List<Report.Row> rows = randomTable(random);
      List<Report.Row> published = published(rows);
      List<Publishing.Equation> equations = equations(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        for (Figure figure : published.get(row).hidden()) {
          hidden++;
          Publishing.Cell cell = new Publishing.Cell(row, figure);
          assertThat(
                  HiddenCells.thatFollow(
                      equations, one -> published.get(one.row()).hidden().contains(one.figure())))
              .as(cell + " of " + rows)
              .doesNotContain(cell);
        }
      }
    }
    assertThat(hidden).isGreaterThan(500);
  }

  private static List<Report.Row> randomTable(Random random) {
    List<Report.Row> rows = new ArrayList<>();
    long admitted = 0;
    long refused = 0;
    int groups = 2 + random.nextInt(5);
    for (int group = 0; group < groups; group++) {
      long given = random.nextInt(random.nextBoolean() ? 6 : 60);
      long not = random.nextInt(random.nextBoolean() ? 6 : 60);
      rows.add(row("G" + group, given, not));
      admitted += given;
      refused += not;
    }
    rows.add(row(null, admitted, refused));
    return rows;
  }

  private static List<Publishing.Equation> equations(int rows) {
    List<Publishing.Equation> equations = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int in = row;
      equations.add(
          new Publishing.Equation(
              Stream.of(REQUESTS, ADMITTED, REFUSED)
                  .map(figure -> new Publishing.Cell(in, figure))
                  .toList()));
    }
    for (Figure figure : List.of(REQUESTS, ADMITTED, REFUSED)) {
      equations.add(
          new Publishing.Equation(
              Stream.iterate(rows - 1, row -> row >= 0, row -> row - 1)
                  .map(row -> new Publishing.Cell(row, figure))
                  .toList()));
    }
    return equations;
  }

  @Test
  void sharesAndQuantilesGoWithWhatTheyAreOf() {
    Tally tally = new Tally();
    for (int wait = 0; wait < 9; wait++) {
      tally.add(Spread.WAIT, wait * 300L);
      tally.add(Count.CALLED, 1);
    }
    tally.add(Count.SAME_DAY_GIVEN, 40);
    tally.add(Count.SAME_DAY_NO_SHOW, 2);
    tally.add(Count.SAME_DAY_COMPLETED, 38);
    tally.add(Count.NO_SHOW, 2);
    tally.add(Count.COMPLETED, 38);
    assertThat(hidden(tally))
        .contains("leadTime.sameDay.noShow", "leadTime.sameDay.noShowPercent")
        .contains("leadTime.sameDay.noShowHigh", "waitSeconds.longest", "waitSeconds.p90")
        .contains("within15Percent")
        .doesNotContain("waitSeconds.count");
  }

  /// Where no place was moved or made good in another slot, those given add up to those admitted:
  /// two of twenty would follow from the other eighteen.
  @Test
  void whatIsMostlyASumIsTakenForOne() {
    Tally tally = new Tally();
    tally.add(Count.ADMITTED, 20);
    tally.add(Count.SAME_DAY_GIVEN, 18);
    tally.add(Count.WEEK_GIVEN, 2);
    assertThat(hidden(tally))
        .contains("leadTime.week.given")
        .containsAnyOf("admitted", "leadTime.sameDay.given");
  }

  @Test
  void boundsBetweenWhichOnlyFewLieAreLeftOut() {
    Tally tally = new Tally();
    for (int minutes = 1; minutes <= 20; minutes++) {
      tally.add(Spread.WAIT, minutes * 60L);
      tally.add(Spread.WAIT, 40 * 60L);
      tally.add(Count.CALLED, 2);
    }
    tally.add(Spread.WAIT, 70 * 60L);
    tally.add(Count.CALLED, 1);
    assertThat(hidden(tally))
        .as("one waited longer than an hour")
        .contains("within60Percent")
        .doesNotContain("within15Percent", "within30Percent");
    for (int more = 0; more < 4; more++) {
      tally.add(Spread.WAIT, 70 * 60L);
      tally.add(Count.CALLED, 1);
    }
    assertThat(hidden(tally)).doesNotContain("within60Percent");
    Tally close = new Tally();
    for (int patient = 0; patient < 10; patient++) {
      close.add(Spread.WAIT, 60);
      close.add(Spread.WAIT, 70 * 60L);
      close.add(Count.CALLED, 2);
    }
    close.add(Spread.WAIT, 20 * 60L);
    close.add(Count.CALLED, 1);
    assertThat(hidden(close))
        .as("one waited from 15 to 30 minutes")
        .contains("within15Percent", "within30Percent");
  }

  /// A doctor's code may be any word.
  @Test
  void aDoctorCalledEmergencyIsNoPriority() {
    Map<Figure, Long> all =
        Map.of(ADMITTED, 60L, FigureTable.named("emergencies"), 3L, REFUSED, 0L, REQUESTS, 60L);
    Map<Figure, Long> one =
        Map.of(ADMITTED, 30L, FigureTable.named("emergencies"), 0L, REFUSED, 0L, REQUESTS, 30L);
    List<Report.Row> rows =
        List.of(
            new Report.Row("EMERGENCY", one, Set.of()),
            row("RAO", 30, 0),
            new Report.Row(null, all, Set.of()));
    assertThat(published(rows).getFirst().hidden()).doesNotContain(ADMITTED);
    assertThat(Publishing.of(rows, Optional.of(Grouping.PRIORITY)).getFirst().hidden())
        .contains(ADMITTED);
  }

  private static Set<String> hidden(Tally tally) {
    Map<Figure, Long> values = new HashMap<>();
    for (Figure figure : FigureTable.ALL) {
      figure.value(tally, new Tally.Levers()).ifPresent(value -> values.put(figure, value));
    }
    Set<String> hidden = new HashSet<>();
    published(List.of(new Report.Row(null, values, Set.of())))
        .getFirst()
        .hidden()
        .forEach(figure -> hidden.add(figure.name()));
    return hidden;
  }
}
