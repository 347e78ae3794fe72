package opd.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import org.jspecify.annotations.Nullable;

/// What follows from a doctor who is late or away, for all of his slots at once.
public final class DoctorDecision {
  // The doctor's own slot before that of who stands in, where both start at the same time.
  private static final Comparator<SlotBook> BY_START =
      Comparator.comparing((SlotBook book) -> book.slot().start());

  private DoctorDecision() {}

  /// Which open slots an absence concerns: those that touch it, as they stand with their delay.
  ///
  /// @param from the beginning of the absence
  /// @param until its end, excluded
  public static boolean isConcerned(Slot slot, Instant from, Instant until) {
    return slot.status().isOpen() && slot.start().isBefore(until) && slot.actualEnd().isAfter(from);
  }

  /// Sets the delay of each slot; it is not added to what was said before.
  ///
  /// @param books of open slots, at least one, by start
  /// @param minutes 0 to [Slot#MOST_DELAY_MINUTES]; 0 puts the slots back on schedule
  public static Decided<Outcome.DoctorLate> late(List<SlotBook> books, int minutes) {
    List<Outcome.SlotDelayed> slots = new ArrayList<>();
    Decided<Outcome.SlotDelayed> soFar = null;
    for (SlotBook book : books) {
      Decided<Outcome.SlotDelayed> delayed = SlotDecision.delayed(book, minutes);
      slots.add(delayed.outcome());
      soFar = soFar == null ? delayed : soFar.then(delayed);
    }
    return present(soFar).as(_ -> new Outcome.DoctorLate(slots));
  }

  /// Cancels the slots, and gives their patients, slot by slot and first claim first, the first
  /// place that is free on the same day: in one of the doctor's own slots that start later, or in
  /// one of who stands in that does not start earlier. Nobody is displaced for it, and nobody is
  /// moved twice.
  ///
  /// @param concerned books of open slots, at least one, by start
  /// @param reason stored in the log, so no name belongs in it
  /// @param cover the doctor who stands in, or null
  /// @param places in which places are looked for: open slots of both doctors, none of the
  ///   concerned
  /// @param reasons of the first requests of the tokens, by id, where one was given
  public static Decided<Outcome.DoctorAway> away(
      List<SlotBook> concerned,
      String reason,
      @Nullable DoctorCode cover,
      List<SlotBook> places,
      Map<Long, String> reasons) {
    List<Outcome.SlotMoved> slots = new ArrayList<>();
    Decided<Outcome.SlotMoved> soFar = null;
    for (SlotBook book : concerned) {
      List<SlotBook> choices = choices(book.slot(), places);
      if (soFar != null) {
        choices = choices.stream().map(soFar::after).toList();
      }
      var cancelled = SlotDecision.cancellation(book, reason, true, cover);
      var moved = SlotDecision.moved(book, cancelled, choices, reasons);
      slots.add(moved.outcome());
      soFar = soFar == null ? moved : soFar.then(moved);
    }
    return present(soFar).as(_ -> new Outcome.DoctorAway(slots));
  }

  private static List<SlotBook> choices(Slot left, List<SlotBook> places) {
    return places.stream()
        .filter(book -> mayTake(left, book.slot()) && !book.hasEnded())
        .sorted(BY_START.thenComparingInt(book -> isOwn(left, book.slot()) ? 0 : 1))
        .toList();
  }

  private static boolean mayTake(Slot left, Slot place) {
    return place.label().day().equals(left.label().day())
        && (isOwn(left, place)
            ? place.start().isAfter(left.start())
            : !place.start().isBefore(left.start()));
  }

  private static boolean isOwn(Slot left, Slot place) {
    return place.label().doctor().equals(left.label().doctor());
  }

  private static <O extends Outcome> Decided<O> present(@Nullable Decided<O> decided) {
    if (decided == null) {
      throw new IllegalArgumentException("no slot is concerned");
    }
    return decided;
  }
}
