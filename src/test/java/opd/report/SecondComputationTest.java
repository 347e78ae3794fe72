package opd.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import opd.domain.ClockSource;
import opd.domain.Days;
import opd.service.FacilityServices;
import opd.testing.Extent;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every figure is computed a second time, in SQL that shares nothing with the program.
final class SecondComputationTest {
  private static final Days DAYS = new Days(LocalDate.of(2030, 1, 7), LocalDate.of(2030, 1, 9));

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Extent.of(1, 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothComputationsAgreeOnRandomDaysToTheLastDigit(long seed) throws SQLException, IOException {
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION, RandomDays.ZONE)) {
      RandomDays.live(facility, seed);
      try (FacilityServices desk = facility.desk();
          Prompt prompt = Prompt.asSuperuser(facility)) {
        prompt.run(resource("token_is.sql"));
        Settled.await(desk, DAYS);
        List<Optional<Grouping>> groupings = new ArrayList<>(List.of(Optional.empty()));
        Stream.of(Grouping.values()).map(Optional::of).forEach(groupings::add);
        for (Optional<Grouping> by : groupings) {
          Report report = desk.reports().of(new Report.Asked(DAYS, by, false), _ -> {});
          assertThat(figures(report)).as(by + "").isEqualTo(second(prompt, report, by));
          groupsAddUp(report);
        }
        assertThat(unknown(desk)).as("figures of nothing").hasSizeLessThan(8);
        assertThat(digest(prompt)).isEqualTo(digest(desk));
      }
    }
  }

  /// What `--publish` relies on. Patients refused or displaced twice are counted in one group each.
  private static void groupsAddUp(Report report) {
    for (Figure figure : FigureTable.ALL) {
      boolean isInAll = report.rows().stream().allMatch(row -> row.values().containsKey(figure));
      if (isInAll && figure.formula().isAdditive() && !report.groups().isEmpty()) {
        long sum = report.groups().stream().mapToLong(row -> row.value(figure).orElseThrow()).sum();
        assertThat(sum)
            .as(report.asked().by() + " " + figure.name())
            .isEqualTo(report.total().value(figure).orElseThrow());
      }
    }
  }

  private static Report report(FacilityServices desk) {
    return desk.reports().of(new Report.Asked(DAYS, Optional.empty(), false), _ -> {});
  }

  private static List<String> unknown(FacilityServices desk) {
    Report.Row total = report(desk).total();
    return FigureTable.ALL.stream()
        .filter(figure -> total.value(figure).orElse(0) == 0)
        .map(Figure::name)
        .toList();
  }

  private static String digest(FacilityServices desk) {
    Checkpoint checkpoint = report(desk).checkpoint();
    return checkpoint.entries() + " " + checkpoint.digest();
  }

  /// As docs/manager.md says that it is made.
  private static String digest(Prompt prompt) throws SQLException {
    return prompt
        .column(
            """
            select sum(n) || ' ' || encode(sha256(convert_to(
                     string_agg(chain || ' ' || n || ' ' || h || E'\\n', '' order by chain), 'UTF8')), 'hex')
              from (select chain, count(*) as n,
                           encode(sha256(convert_to(string_agg(encode(hash, 'hex'), '' order by number), 'UTF8')),
                                  'hex') as h
                      from audit_entry where chain like 'slot/%' group by chain) chains\
            """)
        .getFirst();
  }

  private static Map<String, String> figures(Report report) {
    Map<String, String> figures = new HashMap<>();
    for (Report.Row row : report.rows()) {
      String group = Objects.requireNonNullElse(row.group(), "all");
      row.values()
          .forEach(
              (figure, value) -> figures.put(group + " " + figure.name(), text(figure, value)));
    }
    return figures;
  }

  private static String text(Figure figure, long value) {
    return figure.unit() == Figure.Unit.PERCENT ? value / 10 + "." + value % 10 : "" + value;
  }

  /// Sums of nothing are no rows there.
  private static Map<String, String> second(Prompt prompt, Report report, Optional<Grouping> by)
      throws SQLException, IOException {
    String sql =
        resource("second.sql")
            .replace("@ZONE@", RandomDays.ZONE.getId())
            .replace("@FROM@", DAYS.first().toString())
            .replace("@TO@", DAYS.last().toString())
            .replace("@BY@", by.map(Grouping::word).orElse("null"));
    Map<String, String> figures = new HashMap<>();
    for (Report.Row row : report.rows()) {
      for (Figure figure : FigureTable.ALL) {
        boolean isSum = figure.unit() == Figure.Unit.COUNT;
        if (isSum && row.values().containsKey(figure)) {
          figures.put(Objects.requireNonNullElse(row.group(), "all") + " " + figure.name(), "0");
        }
      }
    }
    for (String line :
        prompt.column(
            "select concat_ws(' ', case when of_all then 'all' else grp end, name, n) from ("
                + sql
                + ") as figure (of_all, grp, name, n) where of_all or grp is not null")) {
      int last = line.lastIndexOf(' ');
      figures.put(line.substring(0, last), line.substring(last + 1));
    }
    return figures;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SecondComputationTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
