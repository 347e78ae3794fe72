package opd.verify;

import opd.decision.Claim;
import opd.decision.Decision;
import opd.decision.SlotBook;

/// The rule that decides again what the log says was decided: [opd.decision.AllocationRule], or in
/// a test a wrong one that must be found out.
public interface Decider {
  Decision decide(SlotBook book, Claim claim);
}
