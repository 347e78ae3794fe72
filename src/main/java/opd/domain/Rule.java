package opd.domain;

/// The five rules that are not negotiable. Entries and results name the one that decided.
public enum Rule {
  /// A slot cannot exceed its capacity: a free place is given, a full slot refuses.
  CAPACITY(1),
  /// A higher priority may displace a lower one.
  HIGHER_PRIORITY(2),
  /// An emergency always preempts.
  EMERGENCY(3),
  /// A displaced token is never deleted, only reclassified.
  NEVER_DELETED(4),
  /// Sequence numbers preserve arrival order within a priority.
  ARRIVAL_ORDER(5);

  private final int number;

  Rule(int number) {
    this.number = number;
  }

  /// The number under which the rule is known, 1 to 5.
  public int number() {
    return number;
  }

  /// @param number 1 to 5
  /// @throws IllegalArgumentException for any other
  public static Rule of(int number) {
    if (number < 1 || number > values().length) {
      throw new IllegalArgumentException("there is no rule " + number);
    }
    return values()[number - 1];
  }
}
