package opd.domain;

/// How urgent a patient's claim to a place is. Compare by [#rank()] only: it is explicit because
/// the order in which constants happen to be declared must never decide who keeps a place.
public enum TokenPriority {
  EMERGENCY(3),
  PAID(2),
  FOLLOW_UP(1);

  private final int rank;

  TokenPriority(int rank) {
    this.rank = rank;
  }

  /// 3 for the highest claim, 1 for the lowest; the same numbers stand in the database.
  public int rank() {
    return rank;
  }

  /// Whether this one may displace the other (rule 2).
  public boolean outranks(TokenPriority other) {
    return rank > other.rank;
  }
}
