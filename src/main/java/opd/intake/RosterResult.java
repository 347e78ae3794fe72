package opd.intake;

import java.util.List;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import org.jspecify.annotations.Nullable;

/// What became of one line of a roster.
public sealed interface RosterResult {
  /// The physical line on which the record starts, from 1.
  long line();

  /// @param slots all that the line asks for, by start
  /// @param opened how many of them were opened now; of a dry run, would be
  /// @param requestId under which they stand in the log
  record Opened(long line, List<SlotLabel> slots, int opened, RequestId requestId)
      implements RosterResult {}

  /// All of it is there, open and just so.
  record Exists(long line, List<SlotLabel> slots) implements RosterResult {}

  /// @param field that is wrong, or null when it is the whole line
  record Invalid(long line, @Nullable String field, OpdException error) implements RosterResult {}
}
