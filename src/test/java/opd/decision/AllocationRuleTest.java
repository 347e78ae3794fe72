package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who gets a place, as a table. Tokens are written as their number and the letter of their
/// priority; a claim as its letter, and `of 2` when the patient of token 2 makes it.
final class AllocationRuleTest {
  private static final String TABLE =
      """
      slot      | capacity | ACTIVE tokens  | claim  | decision
      SCHEDULED | 1        |                | F      | ADMIT
      SCHEDULED | 1        |                | P      | ADMIT
      SCHEDULED | 1        |                | E      | ADMIT
      SCHEDULED | 3        | 1P 2F          | F      | ADMIT
      SCHEDULED | 3        | 1E 2E          | F      | ADMIT
      SCHEDULED | 500      | 1F 2P 499E     | E      | ADMIT
      DELAYED   | 3        | 1P 2F          | F      | ADMIT

      SCHEDULED | 3        | 1F 2F 3F       | F      | REJECT SLOT_FULL rule 1
      SCHEDULED | 3        | 1P 2P 3P       | F      | REJECT SLOT_FULL rule 1
      SCHEDULED | 3        | 1P 2P 3P       | P      | REJECT SLOT_FULL rule 1
      SCHEDULED | 3        | 1E 2E 3E       | P      | REJECT SLOT_FULL rule 1
      SCHEDULED | 3        | 1E 2P 3P       | P      | REJECT SLOT_FULL rule 1
      DELAYED   | 1        | 1F             | F      | REJECT SLOT_FULL rule 1

      SCHEDULED | 3        | 1P 2F 3F       | P      | DISPLACE 3F rule 2
      SCHEDULED | 3        | 1F 2P 3E       | P      | DISPLACE 1F rule 2
      SCHEDULED | 4        | 1F 2F 3P 4P    | P      | DISPLACE 2F rule 2
      SCHEDULED | 2        | 9F 10F         | P      | DISPLACE 10F rule 2
      SCHEDULED | 3        | 3F 1F 2F       | P      | DISPLACE 3F rule 2
      DELAYED   | 1        | 1F             | P      | DISPLACE 1F rule 2

      SCHEDULED | 3        | 1P 2F 3F       | E      | DISPLACE 3F rule 3
      SCHEDULED | 3        | 1F 2P 3P       | E      | DISPLACE 1F rule 3
      SCHEDULED | 3        | 1P 2P 3P       | E      | DISPLACE 3P rule 3
      SCHEDULED | 3        | 1P 2E 3E       | E      | DISPLACE 1P rule 3
      SCHEDULED | 3        | 1E 2E 3E       | E      | DISPLACE 3E rule 3
      SCHEDULED | 1        | 7E             | E      | DISPLACE 7E rule 3
      DELAYED   | 2        | 1E 2E          | E      | DISPLACE 2E rule 3

      SCHEDULED | 3        | 1F             | F of 1 | REJECT DUPLICATE_TOKEN 1F
      SCHEDULED | 3        | 1F 2P          | E of 2 | REJECT DUPLICATE_TOKEN 2P
      SCHEDULED | 2        | 1F 2P          | E of 1 | REJECT DUPLICATE_TOKEN 1F
      DELAYED   | 1        | 1E             | E of 1 | REJECT DUPLICATE_TOKEN 1E

      CANCELLED | 3        |                | E      | REJECT SLOT_CLOSED
      COMPLETED | 3        |                | E      | REJECT SLOT_CLOSED
      CANCELLED | 1        | 1F             | E      | REJECT SLOT_CLOSED
      COMPLETED | 1        | 1F             | F of 1 | REJECT SLOT_CLOSED
      """;

  @TestFactory
  Stream<DynamicTest> theTableHolds() {
    return TextTable.rows(TABLE).stream()
        .map(row -> DynamicTest.dynamicTest(String.join(" | ", row), () -> holds(row)));
  }

  private static void holds(List<String> row) {
    SlotBook slot =
        Words.book(
            SlotStatus.valueOf(row.get(0)),
            Integer.parseInt(row.get(1)),
            Words.tokens(row.get(2), TokenStatus.ACTIVE));
    assertThat(text(AllocationRule.decide(slot, claim(row.get(3))))).isEqualTo(row.get(4));
  }

  private static Claim claim(String words) {
    String[] parts = words.split(" of ");
    long patient = parts.length == 1 ? 1_000 : Long.parseLong(parts[1]);
    return Words.claim(patient, Words.priority(parts[0]));
  }

  private static String text(Decision decision) {
    return switch (decision) {
      case Decision.Admit() -> "ADMIT";
      case Decision.Displace(var victim, var rule) -> "DISPLACE " + Words.word(victim) + rule(rule);
      case Decision.Reject reject ->
          "REJECT "
              + reject.refusal()
              + (reject.existing() == null ? "" : " " + Words.word(reject.existing()))
              + rule(reject.rule());
    };
  }

  private static String rule(Rule rule) {
    return rule == null ? "" : " rule " + rule.number();
  }

  @Test
  void theCandidatesStandInTheOrderInWhichTheyWouldLoseTheirPlace() {
    SlotBook slot =
        Words.book(SlotStatus.SCHEDULED, 6, Words.tokens("1P 2E 3F 4F 5P 6E", TokenStatus.ACTIVE));

    assertThat(Words.words(slot.candidates())).isEqualTo("4F 3F 5P 1P 6E 2E");
  }

  @Test
  void aSlotStateWithMoreActiveTokensThanPlacesDoesNotExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Words.book(SlotStatus.SCHEDULED, 1, Words.tokens("1F 2F", TokenStatus.ACTIVE)))
        .withMessage("2 active tokens in 1 places");
  }

  @Test
  void aTokenThatHoldsNoPlaceHasNoPosition() {
    SlotBook slot =
        Words.book(SlotStatus.SCHEDULED, 3, Words.tokens("1F 2E 4P", TokenStatus.ACTIVE));

    assertThat(slot.positionOf(2)).isEqualTo(1);
    assertThat(slot.positionOf(4)).isEqualTo(2);
    assertThat(slot.positionOf(1)).isEqualTo(3);
    assertThat(slot.positionOf(3)).isZero();
  }

  @Test
  void aStateWithOneTokenMoreAndThenWithoutItIsTheSame() {
    SlotBook slot = Words.book(SlotStatus.SCHEDULED, 3, Words.tokens("1F 2P", TokenStatus.ACTIVE));
    Token emergency = Words.token("3E", TokenStatus.ACTIVE);

    assertThat(Words.words(slot.with(emergency).active())).isEqualTo("3E 2P 1F");
    assertThat(slot.with(emergency).with(emergency, TokenStatus.CANCELLED).active())
        .isEqualTo(slot.active());
  }
}
