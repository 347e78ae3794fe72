package opd.intake;

/// Counts the results of a roster.
public final class RosterTally {
  private long opened;
  private long existing;
  private long invalid;
  private long slots;

  public void count(RosterResult result) {
    switch (result) {
      case RosterResult.Opened line -> {
        opened++;
        slots += line.opened();
      }
      case RosterResult.Exists _ -> existing++;
      case RosterResult.Invalid _ -> invalid++;
    }
  }

  public long lines() {
    return opened + existing + invalid;
  }

  /// How many lines opened something.
  public long opened() {
    return opened;
  }

  /// How many lines were there already.
  public long existing() {
    return existing;
  }

  public long invalid() {
    return invalid;
  }

  /// How many slots were opened.
  public long slots() {
    return slots;
  }
}
