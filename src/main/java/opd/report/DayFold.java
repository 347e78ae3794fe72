package opd.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Folds the entries of slots' chains into days. They come day by day, and in each as they like:
/// the entries of one day are held in memory at a time.
final class DayFold {
  private final EntriesDigest digest;
  private final Consumer<LoggedDay> consumer;
  private final Map<String, List<LogEntry>> chains = new HashMap<>();
  private @Nullable LocalDate date;

  /// @param digest is told of every chain
  DayFold(EntriesDigest digest, Consumer<LoggedDay> consumer) {
    this.digest = digest;
    this.consumer = consumer;
  }

  /// @throws OpdException CHECK_FAILED when an entry of the day before cannot stand where it does
  void accept(LogEntry entry) {
    if (!entry.day().equals(date)) {
      closeDay();
      date = entry.day();
    }
    chains.computeIfAbsent(entry.chain(), some -> new ArrayList<>()).add(entry);
  }

  /// To be called after the last entry.
  ///
  /// @throws OpdException CHECK_FAILED when an entry of the last day cannot stand where it does
  void end() {
    closeDay();
  }

  private void closeDay() {
    if (date != null) {
      List<LoggedSlot> slots = new ArrayList<>();
      chains.forEach((chain, entries) -> {
        entries.sort(Comparator.comparingLong(LogEntry::number));
        digest.add(chain, entries);
        slots.add(slot(entries));
      });
      chains.clear();
      slots.sort(Comparator.comparing(LoggedSlot::label));
      consumer.accept(new LoggedDay(date, slots));
    }
  }

  private static LoggedSlot slot(List<LogEntry> entries) {
    SlotFold slot = new SlotFold(entries.getFirst());
    long number = 0;
    for (LogEntry entry : entries) {
      number++;
      if (entry.number() != number) {
        throw isDamaged(entry);
      }
      if (number > 1) {
        slot.accept(entry);
      }
    }
    return slot.slot();
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
