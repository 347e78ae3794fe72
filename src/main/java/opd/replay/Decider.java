package opd.replay;

import opd.rule.Claim;
import opd.rule.Decision;
import opd.rule.SlotState;

/// The rule that decides again what the log says was decided: [opd.rule.AllocationRule], or in a
/// test a wrong one that must be found out.
public interface Decider {
  Decision decide(SlotState slot, Claim claim);
}
