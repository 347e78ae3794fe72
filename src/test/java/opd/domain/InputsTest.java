package opd.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What people type at a desk on 28 November 2026, or on a day on which clocks change.
final class InputsTest {
  // zone, typed, meant
  private static final String TIMES =
      """
      Asia/Kolkata        | 09:00                     | 2026-11-28T03:30:00Z
      Asia/Kolkata        | 9:00                      | 2026-11-28T03:30:00Z
      Asia/Kolkata        | 0900                      | 2026-11-28T03:30:00Z
      Asia/Kolkata        | 9:30                      | 2026-11-28T04:00:00Z
      Asia/Kolkata        | 24:00                     | 2026-11-28T18:30:00Z
      Asia/Kolkata        | 2400                      | 2026-11-28T18:30:00Z
      Asia/Kolkata        | tomorrow 09:00            | 2026-11-29T03:30:00Z
      Asia/Kolkata        | Tomorrow 0900             | 2026-11-29T03:30:00Z
      Asia/Kolkata        | yesterday 23:59           | 2026-11-27T18:29:00Z
      Asia/Kolkata        | today 24:00               | 2026-11-28T18:30:00Z
      Asia/Kolkata        | 2026-11-29 09:00          | 2026-11-29T03:30:00Z
      Asia/Kolkata        | 2026-11-29T09:00          | 2026-11-29T03:30:00Z
      Asia/Kolkata        | 2026-11-29T09:00:30       | 2026-11-29T03:30:30Z
      Asia/Kolkata        | 2026-11-29T09:00Z         | 2026-11-29T09:00:00Z
      Asia/Kolkata        | 2026-11-29 09:00Z         | 2026-11-29T09:00:00Z
      Asia/Kolkata        | 2026-11-29T09:00+01:00    | 2026-11-29T08:00:00Z
      UTC                 | 09:00                     | 2026-11-28T09:00:00Z
      America/Los_Angeles | 16:00                     | 2026-11-29T00:00:00Z
      America/Los_Angeles | 2026-11-01 01:30          | 2026-11-01T08:30:00Z
      America/Los_Angeles | 2026-11-01 01:30b         | 2026-11-01T09:30:00Z
      America/Los_Angeles | 2026-11-01 02:00          | 2026-11-01T10:00:00Z
      America/Los_Angeles | 2026-03-08 03:00          | 2026-03-08T10:00:00Z
      Australia/Lord_Howe | 2026-04-05 01:30          | 2026-04-04T14:30:00Z
      Australia/Lord_Howe | 2026-04-05 01:30b         | 2026-04-04T15:00:00Z
      Pacific/Kiritimati  | 2026-11-29 00:30          | 2026-11-28T10:30:00Z
      Pacific/Pago_Pago   | 2026-11-28 23:30          | 2026-11-29T10:30:00Z
      """;
  // zone, typed, a part of what is said
  private static final String NO_TIMES =
      """
      America/Los_Angeles | 2026-03-08 02:30          | the next time that there is: 2026-03-08 03:00
      Australia/Lord_Howe | 2026-10-04 02:10          | the next time that there is: 2026-10-04 02:30
      America/Los_Angeles | 2026-11-01 03:30b         | there is only one 03:30
      Asia/Kolkata        | 25:00                     | is not a time
      Asia/Kolkata        | 24:01                     | is not a time
      Asia/Kolkata        | 9                         | is not a time
      Asia/Kolkata        | 900                       | is not a time
      Asia/Kolkata        | 09:60                     | is not a time
      Asia/Kolkata        | someday 09:00             | is not a date
      Asia/Kolkata        | 2026-02-30 09:00          | is not a date
      Asia/Kolkata        | 2026-11-29T09:00+99:00    | is not a time
      """;
  // zone, beginning, typed, end
  private static final String ENDS =
      """
      Asia/Kolkata        | 22:00          | 02:00            | 2026-11-28T20:30:00Z
      Asia/Kolkata        | 22:00          | 24:00            | 2026-11-28T18:30:00Z
      Asia/Kolkata        | 09:00          | 12:00            | 2026-11-28T06:30:00Z
      Asia/Kolkata        | tomorrow 09:00 | 12:00            | 2026-11-29T06:30:00Z
      Asia/Kolkata        | 22:00          | tomorrow 02:00   | 2026-11-28T20:30:00Z
      Asia/Kolkata        | 22:00          | 2026-11-28 02:00 | 2026-11-27T20:30:00Z
      Asia/Kolkata        | 09:00          | 09:00            | 2026-11-28T03:30:00Z
      America/Los_Angeles | 2026-11-01 01:30 | 01:30b         | 2026-11-01T09:30:00Z
      """;
  // zone, typed, the label or id that is meant
  private static final String SLOTS =
      """
      Asia/Kolkata        | RAO-1430           | RAO-20261128-1430
      Asia/Kolkata        | rao-0130b          | RAO-20261128-0130b
      Asia/Kolkata        | RAO-20261129-0900  | RAO-20261129-0900
      Asia/Kolkata        | rao-20261129-0130B | RAO-20261129-0130b
      Asia/Kolkata        | id:12              | id:12
      Asia/Kolkata        | ID:12              | id:12
      """;

  private static Inputs inputs(String zone) {
    ZoneId there = ZoneId.of(zone);
    return new Inputs(
        Instant.parse("2026-11-28T12:00:00Z"), LocalDate.of(2026, 11, 28), there, there);
  }

  @TestFactory
  Stream<DynamicTest> times() {
    return TextTable.rows(TIMES).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get(0) + " " + row.get(1),
                () ->
                    assertThat(inputs(row.get(0)).time(row.get(1)))
                        .isEqualTo(Instant.parse(row.get(2)))));
  }

  @TestFactory
  Stream<DynamicTest> timesThatThereAreNot() {
    return TextTable.rows(NO_TIMES).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get(0) + " " + row.get(1),
                () ->
                    assertThatThrownBy(() -> inputs(row.get(0)).time(row.get(1)))
                        .isInstanceOfSatisfying(
                            OpdException.class,
                            e -> {
                              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
                              assertThat(e.getMessage() + " " + e.hint()).contains(row.get(2));
                            })));
  }

  @TestFactory
  Stream<DynamicTest> ends() {
    return TextTable.rows(ENDS).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get(1) + " to " + row.get(2),
                () -> {
                  Inputs there = inputs(row.get(0));
                  assertThat(there.end(there.time(row.get(1)), row.get(2)))
                      .isEqualTo(Instant.parse(row.get(3)));
                }));
  }

  @TestFactory
  Stream<DynamicTest> slots() {
    return TextTable.rows(SLOTS).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get(1),
                () ->
                    assertThat(inputs(row.get(0)).slot(row.get(1)).toString())
                        .isEqualTo(row.get(2))));
  }

  @Test
  void labelsAndDatesAreTheFacilitysWhateverZoneAPersonReadsIn() {
    Inputs inputs =
        new Inputs(
            Instant.parse("2026-11-28T20:00:00Z"),
            LocalDate.of(2026, 11, 29),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("America/Los_Angeles"));

    assertThat(inputs.slot("RAO-0900")).hasToString("RAO-20261129-0900");
    assertThat(inputs.token("RAO-0900-07")).hasToString("RAO-20261129-0900-07");
    assertThat(inputs.date("tomorrow")).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(inputs.time("09:00")).isEqualTo(Instant.parse("2026-11-29T17:00:00Z"));
  }

  @Test
  void aBareNumberIsNoIdAndIsToldWhatToType() {
    assertThatThrownBy(() -> inputs("UTC").token("7"))
        .isInstanceOfSatisfying(
            OpdException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo("the number 7 alone is not a token");
              assertThat(e.hint()).contains("RAO-0900-07", "id:7", "use RAO-0900");
            });
    assertThatThrownBy(() -> inputs("UTC").slot("12"))
        .isInstanceOfSatisfying(
            OpdException.class, e -> assertThat(e.hint()).contains("an id as id:12"));
  }

  @Test
  void aDashOfAnotherKindIsNamed() {
    assertThatThrownBy(() -> inputs("UTC").slot("RAO\u20110900"))
        .isInstanceOfSatisfying(
            OpdException.class,
            e -> {
              assertThat(e.getMessage()).contains("is not a slot: the character U+2011 in it");
              assertThat(e.hint()).isEqualTo("type it as \"RAO-0900\"");
            });
    assertThatThrownBy(() -> inputs("UTC").token("RAO-0900\u221207"))
        .isInstanceOfSatisfying(
            OpdException.class,
            e -> {
              assertThat(e.getMessage()).contains("is not a token: the character U+2212 in it");
              assertThat(e.hint()).isEqualTo("type it as \"RAO-0900-07\"");
            });
  }

  @Test
  void aLabelOfAnotherDayThanTheOneGivenIsRefused() {
    Inputs inputs = inputs("UTC");
    LocalDate day = LocalDate.of(2026, 11, 30);

    assertThat(inputs.slotOn(day, "RAO-0900")).hasToString("RAO-20261130-0900");
    assertThat(inputs.slotOn(day, "RAO-20261130-0900")).hasToString("RAO-20261130-0900");
    assertThatThrownBy(() -> inputs.slotOn(day, "RAO-20261128-0900"))
        .hasMessage("RAO-20261128-0900 is not a slot of 2026-11-30");
  }
}
