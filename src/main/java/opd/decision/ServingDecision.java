package opd.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Serving;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// What follows when a patient who holds a place arrives, is called in, goes away for a while and
/// comes back. These are events on ACTIVE tokens: place and number stay.
public final class ServingDecision {
  private ServingDecision() {}

  /// How somebody is called in.
  ///
  /// @param room or null
  /// @param isNext whether who is next was called, and not somebody named
  /// @param isPresent whether only those who have arrived came into question
  /// @param previous whose turn was ended for it, or null
  /// @param number of the entry that tells of it, or 0 while nobody knows
  public record Call(
      @Nullable String room,
      boolean isNext,
      boolean isPresent,
      @Nullable TokenLabel previous,
      long number) {
    /// Of somebody named.
    public static Call named(@Nullable String room) {
      return new Call(room, false, false, null, 0);
    }

    /// Of whoever is next.
    public static Call next(
        @Nullable String room, boolean isPresent, @Nullable TokenLabel previous) {
      return new Call(room, true, isPresent, previous, 0);
    }
  }

  /// That the patient is here. Who walked in has been since the token was given.
  public static Decided<Outcome.Serving> arrive(SlotBook book, Token token) {
    return refused(book, token, ServingChange.ARRIVE)
        .orElseGet(() -> {
          boolean again = hasArrived(token);
          Serving after = again ? token.serving() : token.serving().arrived(book.time());
          return done(book, token, after, new AuditEvent.TokenArrived(again));
        });
  }

  /// That the patient goes away, which takes the call back.
  ///
  /// @param reason or null
  public static Decided<Outcome.Serving> park(SlotBook book, Token token, @Nullable String reason) {
    return refused(book, token, ServingChange.PARK)
        .orElseGet(() -> {
          boolean again = token.serving().isParked();
          Serving after = again ? token.serving() : token.serving().parked(book.time());
          return done(book, token, after, new AuditEvent.TokenParked(again, reason));
        });
  }

  /// That the patient is back, and waits to be called.
  public static Decided<Outcome.Serving> comeBack(SlotBook book, Token token) {
    return refused(book, token, ServingChange.RETURN)
        .orElseGet(() -> {
          boolean again = !token.serving().isParked();
          return done(book, token, token.serving().returned(), new AuditEvent.TokenReturned(again));
        });
  }

  /// That the patient is called in.
  public static Decided<Outcome.Serving> call(SlotBook book, Token token, Call call) {
    return refused(book, token, ServingChange.CALL).orElseGet(() -> called(book, token, call));
  }

  /// Who is called next: the first in the queue's order who is neither called nor away.
  ///
  /// @param isPresent whether only those who have arrived come into question
  public static Optional<Token> next(SlotBook book, boolean isPresent) {
    return book.active().stream()
        .filter(token -> !token.serving().isCalled() && !token.serving().isParked())
        .filter(token -> !isPresent || hasArrived(token))
        .findFirst();
  }

  /// Whether the patient is here, as far as it was noted.
  public static boolean hasArrived(Token token) {
    return token.source() == TokenSource.WALK_IN || token.serving().arrivedAt() != null;
  }

  private static Decided<Outcome.Serving> called(SlotBook book, Token token, Call call) {
    Token called =
        token.withServing(token.serving().called(book.time(), call.room(), call.number()));
    SlotBook after = book.serving(called);
    List<Outcome.Passed> passed = new ArrayList<>();
    for (Token before : book.active().subList(0, book.positionOf(token.sequence()) - 1)) {
      passed.add(new Outcome.Passed(after.view(before), why(before, call)));
    }
    var event =
        new AuditEvent.TokenCalled(
            call.room(),
            called.serving().calls(),
            call.isNext(),
            call.isPresent(),
            passed.stream()
                .map(each -> new AuditEvent.Passed(each.token().token().sequence(), each.why()))
                .toList(),
            call.previous());
    return new Decided<>(
        List.of(new Change.SetServing(token, called.serving())),
        List.of(NewEntry.ofToken(book.slot().id(), called, event)),
        new Outcome.Served(after.view(called), passed, null, false),
        List.of(after));
  }

  private static PassedOver why(Token passed, Call call) {
    if (passed.serving().isCalled()) {
      return PassedOver.CALLED;
    }
    if (passed.serving().isParked()) {
      return PassedOver.PARKED;
    }
    return call.isNext() ? PassedOver.NOT_HERE : PassedOver.OUT_OF_TURN;
  }

  private static Decided<Outcome.Serving> done(
      SlotBook book, Token token, Serving serving, AuditEvent event) {
    Token changed = token.withServing(serving);
    SlotBook after = book.serving(changed);
    return new Decided<>(
        List.of(new Change.SetServing(token, serving)),
        List.of(NewEntry.ofToken(book.slot().id(), changed, event)),
        new Outcome.Served(after.view(changed), List.of(), null, false),
        List.of(after));
  }

  /// That the change is refused, where it is.
  public static Optional<Decided<Outcome.Serving>> refused(
      SlotBook book, Token token, ServingChange change) {
    return change
        .refusal(token.status(), token.isReallocated())
        .map(refusal -> refuse(book, token, change, refusal));
  }

  private static Decided<Outcome.Serving> refuse(
      SlotBook book, Token token, ServingChange change, Refusal refusal) {
    var event =
        new AuditEvent.ChangeRejected(change.name(), refusal, token.status(), book.status());
    return Decided.refused(
        book,
        NewEntry.ofToken(book.slot().id(), token, event),
        new Outcome.ChangeRejected(refusal, book.view(token)));
  }
}
