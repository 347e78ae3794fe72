package opd.output;

import opd.intake.IntakeResult;
import opd.intake.Tally;

/// Shows the results of a list as they come.
public interface BatchPrinter {
  void result(IntakeResult result);

  void end(Tally tally);
}
