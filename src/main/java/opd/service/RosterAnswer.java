package opd.service;

import java.util.List;
import opd.domain.OpdException;
import opd.domain.SlotLabel;

/// What became of one line of a roster.
public sealed interface RosterAnswer {
  /// @param slots all that the line asks for, by start
  /// @param opened how many of them were not there before; 0 when the roster was taken already
  record Done(List<SlotLabel> slots, int opened) implements RosterAnswer {}

  /// Nothing of the line was opened.
  record Failed(OpdException error) implements RosterAnswer {}
}
