package opd.domain;

/// How many of a slot's tokens are in each status.
public record StatusCounts(int active, int displaced, int cancelled, int noShow, int completed) {
  /// Of a slot that has just been opened.
  public static final StatusCounts NONE = new StatusCounts(0, 0, 0, 0, 0);

  /// How many tokens of the slot are in that status.
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

  /// One token more in this status.
  public StatusCounts plus(TokenStatus status) {
    return changed(status, 1);
  }

  /// One token less in this status.
  public StatusCounts minus(TokenStatus status) {
    return changed(status, -1);
  }

  private StatusCounts changed(TokenStatus status, int by) {
    return new StatusCounts(
        active + (status == TokenStatus.ACTIVE ? by : 0),
        displaced + (status == TokenStatus.DISPLACED ? by : 0),
        cancelled + (status == TokenStatus.CANCELLED ? by : 0),
        noShow + (status == TokenStatus.NO_SHOW ? by : 0),
        completed + (status == TokenStatus.COMPLETED ? by : 0));
  }
}
