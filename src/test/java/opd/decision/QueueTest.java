package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.TokenStatus;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The queue's order, when each patient can expect to be seen, and who waits for a free place.
final class QueueTest {
  private static final String ORDERS =
      """
      tokens               | queue
      1F                   | 1F
      1F 2P 3E             | 3E 2P 1F
      3E 2P 1F             | 3E 2P 1F
      1P 2P 3P             | 1P 2P 3P
      10F 9F 2F            | 2F 9F 10F
      1F 2E 3P 4E 5F 6P    | 2E 4E 3P 6P 1F 5F
      """;

  private static final String EXPECTED_TIMES =
      """
      minutes | capacity | delay | completed | position | expected
      60      | 4        | 0     | 0         | 1        | 09:00:00
      60      | 4        | 0     | 0         | 2        | 09:15:00
      60      | 4        | 0     | 0         | 4        | 09:45:00
      60      | 4        | 20    | 0         | 1        | 09:20:00
      60      | 4        | 20    | 3         | 1        | 10:05:00
      60      | 4        | 0     | 2         | 2        | 09:45:00
      60      | 7        | 0     | 0         | 2        | 09:08:34
      60      | 7        | 0     | 1         | 6        | 09:51:25
      1       | 500      | 0     | 0         | 10       | 09:00:01
      1440    | 500      | 1440  | 0         | 500      | 08:57:07
      60      | 4        | 0     | 4         | 1        | 10:00:00
      """;

  private static final String WAITING =
      """
      slot      | capacity | active | displaced   | patients ACTIVE | who waits
      SCHEDULED | 3        | 2      | 1F 2P 3P 4E | 8 9             | 4E 2P 3P 1F
      DELAYED   | 3        | 2      | 2F 1F       | 8 9             | 1F 2F
      SCHEDULED | 3        | 2      | 1F 2P 3F    | 2 9             | 1F 3F
      SCHEDULED | 3        | 3      | 1F 2P       | 7 8 9           |
      CANCELLED | 3        | 0      | 1F 2P       |                 |
      COMPLETED | 3        | 0      | 1F 2P       |                 |
      SCHEDULED | 3        | 0      |             |                 |
      """;

  @TestFactory
  Stream<DynamicTest> higherRanksComeFirstAndAmongEqualsWhoCameFirst() {
    return TextTable.rows(ORDERS).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.get(0),
                () -> {
                  var tokens = Words.tokens(row.get(0), TokenStatus.ACTIVE).stream();
                  assertThat(Words.words(tokens.sorted(QueueOrder.OF_TOKENS).toList()))
                      .isEqualTo(row.get(1));
                }));
  }

  @TestFactory
  Stream<DynamicTest> theExpectedTimeSharesTheSlotEqually() {
    return TextTable.rows(EXPECTED_TIMES).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row),
                () -> {
                  List<Integer> numbers = row.subList(0, 5).stream().map(Integer::valueOf).toList();
                  Slot slot = aSlot(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
                  assertThat(ExpectedTime.of(slot, numbers.get(4), Words.NINE).toString())
                      .endsWith("T" + row.get(5) + "Z");
                }));
  }

  @Test
  void theLastOfALongDelayedSlotIsExpectedTwoDaysLater() {
    assertThat(ExpectedTime.of(aSlot(1440, 500, 1440, 0), 500, Words.NINE))
        .isEqualTo(Instant.parse("2030-01-09T08:57:07Z"));
  }

  @TestFactory
  Stream<DynamicTest> whoWaitsForAFreePlace() {
    return TextTable.rows(WAITING).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row),
                () -> {
                  Slot slot =
                      Words.slot(
                          SlotStatus.valueOf(row.get(0)),
                          Integer.parseInt(row.get(1)),
                          Integer.parseInt(row.get(2)));
                  var waiting =
                      WaitingList.of(
                          slot, Words.tokens(row.get(3), TokenStatus.DISPLACED), ids(row.get(4)));
                  assertThat(Words.words(waiting)).isEqualTo(row.get(5));
                }));
  }

  @Test
  void onlyDisplacedTokensWait() {
    var cancelled = Words.tokens("1F 2P", TokenStatus.CANCELLED);

    assertThat(WaitingList.of(Words.slot(SlotStatus.SCHEDULED, 3, 0), cancelled, Set.of()))
        .isEmpty();
  }

  private static Set<Long> ids(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }

  private static Slot aSlot(int minutes, int capacity, int delayMinutes, int completed) {
    return new Slot(
        1,
        Words.MORNING,
        Words.NINE,
        Words.NINE.plusSeconds(60L * minutes),
        capacity,
        delayMinutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED,
        delayMinutes,
        new StatusCounts(0, 0, 0, 0, completed));
  }
}
