package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import opd.domain.TokenStatus;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every change against every status, with and without a successor in another slot. What is not a
/// refusal is the status that the change leads to.
final class TokenChangeTest {
  private static final String TABLE =
      """
      status    | successor | DISPLACE            | CANCEL              | NO_SHOW             | COMPLETE            | REALLOCATE | MOVE
      ACTIVE    | no        | DISPLACED           | CANCELLED           | NO_SHOW             | COMPLETED           | TOKEN_NOT_DISPLACED | CANCELLED
      DISPLACED | no        | TOKEN_NOT_ACTIVE    | CANCELLED           | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | ACTIVE | TOKEN_NOT_ACTIVE
      CANCELLED | no        | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      NO_SHOW   | no        | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      COMPLETED | no        | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      DISPLACED | yes       | ALREADY_REALLOCATED | ALREADY_REALLOCATED | ALREADY_REALLOCATED | ALREADY_REALLOCATED | ALREADY_REALLOCATED | ALREADY_REALLOCATED
      ACTIVE    | yes       | DISPLACED           | CANCELLED           | NO_SHOW             | COMPLETED           | TOKEN_NOT_DISPLACED | CANCELLED
      CANCELLED | yes       | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      NO_SHOW   | yes       | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      COMPLETED | yes       | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_ACTIVE    | TOKEN_NOT_DISPLACED | TOKEN_NOT_ACTIVE
      """;

  @TestFactory
  Stream<DynamicTest> theTableHolds() {
    List<String> heading = TextTable.heading(TABLE);
    return TextTable.rows(TABLE).stream()
        .flatMap(row ->
            IntStream.range(2, row.size())
                .mapToObj(column -> {
                  TokenStatus present = TokenStatus.valueOf(row.get(0));
                  boolean reallocated = row.get(1).equals("yes");
                  TokenChange change = TokenChange.valueOf(heading.get(column));
                  return DynamicTest.dynamicTest(
                      "%s of %s, successor %s: %s"
                          .formatted(change, present, row.get(1), row.get(column)),
                      () ->
                          assertThat(answer(change, present, reallocated))
                              .isEqualTo(row.get(column)));
                }));
  }

  @Test
  void theTableLeavesNothingOut() {
    assertThat(TextTable.heading(TABLE).subList(2, 8))
        .containsExactlyElementsOf(Stream.of(TokenChange.values()).map(Enum::name).toList());
    assertThat(TextTable.rows(TABLE).stream().map(row -> row.subList(0, 2)).distinct())
        .hasSize(2 * TokenStatus.values().length);
  }

  private static String answer(TokenChange change, TokenStatus present, boolean reallocated) {
    return change
        .refusal(present, reallocated)
        .map(Enum::name)
        .orElseGet(() -> change.result().name());
  }
}
