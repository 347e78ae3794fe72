package opd.verify;

import opd.decision.AuditEvent;
import opd.decision.AuditEvent.FacilitySet;
import opd.decision.Outcome;
import org.jspecify.annotations.Nullable;

/// Runs the chain of the facility itself again.
final class FacilityReplay implements ChainReplay {
  private @Nullable FacilitySet last;

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    if (!(event instanceof FacilitySet set)) {
      throw new CannotReplay("kind", "an entry about the facility", entry.kind());
    }
    FacilitySet before = last == null ? set : last;
    last = set;
    // Clock and key are those with which the facility was made.
    var expected =
        new FacilitySet(set.region(), set.zone(), before.clock(), before.phoneKeyDigest());
    return Replayed.of(
        expected,
        new ExpectedOutcome.Exactly(
            new Outcome.FacilitySaved(expected.region(), expected.zone(), expected.clock())));
  }

  void compare(Rows.FacilityRow row, RowDifferences differences) {
    FacilitySet expected = last;
    if (expected != null) {
      differences.check("default_region", expected.region(), row.region());
      differences.check("zone", expected.zone(), row.zone());
      differences.check("clock", expected.clock().name(), row.clock());
      differences.check("phone_key", expected.phoneKeyDigest(), row.phoneKeyDigest());
    }
  }
}
