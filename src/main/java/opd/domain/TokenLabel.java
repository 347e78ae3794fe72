package opd.domain;

import java.util.Optional;

/// A token's name for people and scripts: its slot's label and its sequence number, as
/// `RAO-20261122-0900-07`.
///
/// @param sequence from 1
public record TokenLabel(SlotLabel slot, int sequence) {

  /// The full label, or empty when the text has another shape.
  public static Optional<TokenLabel> parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    return sequence(text.substring(dash + 1))
        .flatMap(number ->
            SlotLabel.parse(text.substring(0, dash)).map(slot -> new TokenLabel(slot, number)));
  }

  /// A sequence number as labels show it, at least two digits; empty for anything else.
  public static Optional<Integer> sequence(String digits) {
    boolean isNumber = digits.matches("[0-9]{2,9}");
    return isNumber ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }

  @Override
  public String toString() {
    return slot + (sequence < 10 ? "-0" : "-") + sequence;
  }
}
