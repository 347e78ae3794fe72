package opd.output;

import java.util.List;
import opd.intake.IntakeResult;
import opd.intake.Tally;

/// Shows the results of a list as they come.
public interface BatchPrinter {
  /// Some results, in the order of the list.
  void results(List<IntakeResult> results);

  void end(Tally tally);
}
