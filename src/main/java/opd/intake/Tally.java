package opd.intake;

import opd.decision.Outcome;

/// Counts the results of a list.
public final class Tally {
  private long admitted;
  private long displaced;
  private long rejected;
  private long invalid;
  private long replayed;

  public void count(IntakeResult result) {
    switch (result) {
      case IntakeResult.Invalid _ -> invalid++;
      case IntakeResult.Decided(long _, var answer, var _) -> {
        replayed += answer.replayed() ? 1 : 0;
        switch (answer.outcome()) {
          case Outcome.Admitted outcome -> {
            admitted++;
            displaced += outcome.displaced() == null ? 0 : 1;
          }
          case Outcome.Rejected _ -> rejected++;
        }
      }
    }
  }

  public long lines() {
    return admitted + rejected + invalid;
  }

  public long admitted() {
    return admitted;
  }

  /// How many of the admitted cost another patient the place.
  public long displaced() {
    return displaced;
  }

  public long rejected() {
    return rejected;
  }

  public long invalid() {
    return invalid;
  }

  /// How many were decided by an earlier run.
  public long replayed() {
    return replayed;
  }
}
