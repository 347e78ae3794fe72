package opd.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import org.jspecify.annotations.Nullable;

/// The slots of one doctor, those that a roster is about to open included: whether another one is
/// there already, fits between them, or does not.
public final class DoctorSchedule {
  /// @param slot null for one that is still to be opened
  private record Taken(Instant start, Instant end, int capacity, @Nullable Slot slot) {
    private String name() {
      return slot == null
          ? "a slot that this list opens"
          : "%s, which is %s".formatted(slot.label(), slot.status());
    }
  }

  // By start; they do not overlap each other.
  private final TreeMap<Instant, Taken> taken = new TreeMap<>();
  private final Map<Instant, Slot> cancelled = new HashMap<>();

  /// @param slots all of the doctor's that may overlap what will be asked for
  public DoctorSchedule(Collection<Slot> slots) {
    for (Slot slot : slots) {
      if (slot.status() == SlotStatus.CANCELLED) {
        cancelled.put(slot.start(), slot);
      } else {
        taken.put(slot.start(), new Taken(slot.start(), slot.end(), slot.capacity(), slot));
      }
    }
  }

  /// Whether an open slot is there with just these times and this capacity. If there is none, and
  /// nothing in its way, it may be opened.
  ///
  /// @throws OpdException SLOT_OVERLAPS when a closed slot or another one is in the way
  public boolean has(Instant start, Instant end, int capacity) {
    Slot closed = cancelled.get(start);
    if (closed != null) {
      throw isClosed(closed);
    }
    Taken same = taken.get(start);
    if (same != null) {
      checkSame(same, end, capacity);
      return true;
    }
    overlapping(start, end)
        .ifPresent(other -> {
          throw new OpdException(
              ErrorCode.SLOT_OVERLAPS,
              "it would overlap " + other.name(),
              "choose another time; nothing of this line was opened");
        });
    return false;
  }

  private static void checkSame(Taken same, Instant end, int capacity) {
    Slot slot = same.slot();
    if (slot != null && !slot.status().isOpen()) {
      throw isClosed(slot);
    }
    if (!same.end().equals(end) || same.capacity() != capacity) {
      throw new OpdException(
          ErrorCode.SLOT_OVERLAPS,
          "there is already %s, but of %d minutes and with a capacity of %d"
              .formatted(
                  same.name(),
                  Duration.between(same.start(), same.end()).toMinutes(),
                  same.capacity()),
          slot == null
              ? "take one of the two lines out"
              : "change it with 'opd slot change %s --capacity %d --minutes %d', or mend the line"
                  .formatted(
                      slot.label(), capacity, Duration.between(same.start(), end).toMinutes()));
    }
  }

  private static OpdException isClosed(Slot slot) {
    return new OpdException(
        ErrorCode.SLOT_OVERLAPS,
        "there is already a slot %s, which is %s".formatted(slot.label(), slot.status()),
        "open it again with 'opd slot reopen " + slot.label() + " --reason …'");
  }

  private Optional<Taken> overlapping(Instant start, Instant end) {
    Map.Entry<Instant, Taken> before = taken.lowerEntry(start);
    if (before != null && before.getValue().end().isAfter(start)) {
      return Optional.of(before.getValue());
    }
    Map.Entry<Instant, Taken> after = taken.higherEntry(start);
    return after != null && after.getKey().isBefore(end)
        ? Optional.of(after.getValue())
        : Optional.empty();
  }

  /// Takes up a slot that is to be opened, and that [#has] found nothing against.
  public void add(Instant start, Instant end, int capacity) {
    taken.put(start, new Taken(start, end, capacity, null));
  }

  /// Gives up one that was to be opened.
  public void remove(Instant start) {
    taken.remove(start);
  }
}
