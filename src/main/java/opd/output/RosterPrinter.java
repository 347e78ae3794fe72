package opd.output;

import java.util.List;
import opd.intake.RosterResult;
import opd.intake.RosterTally;

/// Shows the results of a roster as they come.
public interface RosterPrinter {
  /// Some results, in the order of the roster.
  void results(List<RosterResult> results);

  void end(RosterTally tally);
}
