package opd.domain;

/// How many of a slot's tokens are in each status.
public record StatusCounts(int active, int displaced, int cancelled, int noShow, int completed) {

  public int of(TokenStatus status) {
    return switch (status) {
      case ACTIVE -> active;
      case DISPLACED -> displaced;
      case CANCELLED -> cancelled;
      case NO_SHOW -> noShow;
      case COMPLETED -> completed;
    };
  }

  /// All tokens of the slot. Numbers have no gaps and tokens are never deleted, so this is also the
  /// last sequence number given.
  public int total() {
    return active + displaced + cancelled + noShow + completed;
  }
}
