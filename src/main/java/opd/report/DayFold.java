package opd.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Folds the entries of slots' chains into days. They come day by day, in each chain by chain, and
/// in each by number; one day is held in memory at a time.
public final class DayFold {
  private final Consumer<LoggedDay> consumer;
  private final List<LoggedSlot> slots = new ArrayList<>();
  private @Nullable LocalDate date;
  private @Nullable SlotFold open;
  private String chain = "";
  private long number;

  public DayFold(Consumer<LoggedDay> consumer) {
    this.consumer = consumer;
  }

  /// @throws OpdException CHECK_FAILED when the entry cannot follow the one before
  public void accept(LogEntry entry) {
    if (!entry.chain().equals(chain)) {
      closeSlot();
      open = new SlotFold(entry);
      chain = entry.chain();
      number = 0;
    } else if (open != null) {
      open.accept(entry);
    }
    number++;
    if (entry.number() != number) {
      throw isDamaged(entry);
    }
  }

  /// To be called after the last entry.
  public void end() {
    closeSlot();
    closeDay();
  }

  private void closeSlot() {
    if (open != null) {
      LoggedSlot slot = open.slot();
      open = null;
      if (!slot.label().day().equals(date)) {
        closeDay();
        date = slot.label().day();
      }
      slots.add(slot);
    }
  }

  private void closeDay() {
    if (date != null) {
      consumer.accept(new LoggedDay(date, slots));
      slots.clear();
      date = null;
    }
  }

  /// An entry that cannot stand where it does.
  static OpdException isDamaged(LogEntry entry) {
    return new OpdException(
        ErrorCode.CHECK_FAILED,
        "entry %d of the chain %s cannot follow the one before"
            .formatted(entry.number(), entry.chain()),
        "'opd audit verify' tells what is wrong with the log");
  }
}
