package opd.report;

import java.util.HashMap;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// Finds the tokens of a day by their labels.
final class DayTokens {
  private final Map<SlotLabel, LoggedSlot> slots = new HashMap<>();

  DayTokens(LoggedDay day) {
    day.slots().forEach(slot -> slots.put(slot.label(), slot));
  }

  /// The token, or null when it is of another day or there is none.
  @Nullable LoggedToken find(TokenLabel label) {
    LoggedSlot slot = slots.get(label.slot());
    // Numbers are gapless, from 1.
    return slot == null || label.sequence() < 1 || label.sequence() > slot.tokens().size()
        ? null
        : slot.tokens().get(label.sequence() - 1);
  }
}
