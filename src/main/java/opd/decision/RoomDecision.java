package opd.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// What follows when a doctor's room wants the next patient. A room, and no room is one, too, has
/// one current patient: who was called there last and still holds the place.
public final class RoomDecision {
  private static final Comparator<Token> BY_CALL =
      Comparator.comparing(
              (Token token) -> Objects.requireNonNull(token.serving().calledAt(), "is called"))
          .thenComparing(token -> token.label().slot())
          .thenComparingLong(token -> token.serving().callNumber());

  private RoomDecision() {}

  /// What becomes of the current patient when the next is called.
  public enum Ending {
    COMPLETE,
    NO_SHOW,
    PARK
  }

  /// Who is to be called.
  ///
  /// @param slot the one slot whose queue is meant, or null for the earliest that has somebody
  public record Wanted(
      DoctorCode doctor, @Nullable SlotLabel slot, boolean isPresent, @Nullable String room) {}

  /// Calls who is next.
  ///
  /// @param books of the doctor's open slots of the day, by start
  public static Decided<Outcome.Serving> call(List<SlotBook> books, Wanted wanted) {
    return callFirst(books, wanted, null).orElseGet(() -> nobody("CALL", wanted));
  }

  /// Ends the room's current patient, and calls who is next.
  ///
  /// @param books of the doctor's open slots of the day, by start
  public static Decided<Outcome.Serving> next(List<SlotBook> books, Wanted wanted, Ending ending) {
    Optional<Token> current = current(books, wanted.room());
    if (current.isEmpty()) {
      return callFirst(books, wanted, null)
          .map(called -> called.as(outcome -> after(null, outcome)))
          .orElseGet(() -> nobody("NEXT", wanted));
    }
    var ended = end(book(books, current.get()), current.get(), ending);
    TokenView previous = ended.outcome();
    List<SlotBook> left = books.stream().map(ended.decided()::after).toList();
    return callFirst(left, wanted, current.get().label())
        .<Decided<Outcome.Serving>>map(
            called -> ended.decided().then(called.as(outcome -> after(previous, outcome))))
        .orElseGet(
            () -> ended.decided().as(_ -> new Outcome.Served(null, List.of(), previous, true)));
  }

  /// The room's current patient, if any.
  public static Optional<Token> current(List<SlotBook> books, @Nullable String room) {
    return books.stream()
        .flatMap(book -> book.active().stream())
        .filter(token -> token.serving().isCalled())
        .filter(token -> Objects.equals(token.serving().room(), room))
        .max(BY_CALL);
  }

  private static SlotBook book(List<SlotBook> books, Token token) {
    return books.stream()
        .filter(book -> book.slot().label().equals(token.label().slot()))
        .findFirst()
        .orElseThrow();
  }

  /// @param outcome the token as it is then
  private record Ended(Decided<? extends Outcome> decided, TokenView outcome) {}

  private static Ended end(SlotBook book, Token token, Ending ending) {
    return switch (ending) {
      case COMPLETE -> ended(TokenDecision.decide(book, token, false, TokenChange.COMPLETE, null));
      case NO_SHOW -> ended(TokenDecision.decide(book, token, false, TokenChange.NO_SHOW, null));
      case PARK -> {
        var parked = ServingDecision.park(book, token, null);
        yield parked.outcome() instanceof Outcome.Served served && served.token() != null
            ? new Ended(parked, served.token())
            : refused(token);
      }
    };
  }

  private static Ended ended(Decided<Outcome.Change> decided) {
    return switch (decided.outcome()) {
      case Outcome.TokenDone done -> new Ended(decided, done.token());
      case Outcome.ChangeRejected rejected -> refused(rejected.token().token());
    };
  }

  /// A current patient's token is ACTIVE, and can be ended.
  private static Ended refused(Token token) {
    throw new IllegalStateException(token.label() + " is not ACTIVE");
  }

  private static Optional<Decided<Outcome.Serving>> callFirst(
      List<SlotBook> books, Wanted wanted, @Nullable TokenLabel previous) {
    for (SlotBook book : books) {
      Optional<Token> token = ServingDecision.next(book, wanted.isPresent());
      if (isMeant(book, wanted) && token.isPresent()) {
        var call = ServingDecision.Call.next(wanted.room(), wanted.isPresent(), previous);
        return Optional.of(ServingDecision.call(book, token.get(), call));
      }
    }
    return Optional.empty();
  }

  private static boolean isMeant(SlotBook book, Wanted wanted) {
    return wanted.slot() == null || wanted.slot().equals(book.slot().label());
  }

  private static Outcome.Serving after(@Nullable TokenView previous, Outcome.Serving called) {
    return switch (called) {
      case Outcome.Served served ->
          new Outcome.Served(served.token(), served.passed(), previous, true);
      case Outcome.ChangeRejected _, Outcome.NobodyWaiting _ -> called;
    };
  }

  private static Decided<Outcome.Serving> nobody(String change, Wanted wanted) {
    var facts =
        new ChangeFacts(
            null, null, null, false, null, wanted.slot(), wanted.isPresent(), wanted.room());
    return Decided.saved(
        NewEntry.ofDoctor(
            wanted.doctor(),
            new AuditEvent.ChangeRejected(change, Refusal.NOBODY_WAITING, null, null, facts)),
        new Outcome.NobodyWaiting(wanted.doctor()));
  }
}
