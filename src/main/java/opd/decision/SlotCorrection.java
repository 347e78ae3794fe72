package opd.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows when a slot was opened with the wrong capacity or end, or closed by mistake. Doctor
/// and start are its identity and never change.
public final class SlotCorrection {
  private static final String CHANGE = "slot change";
  private static final String REOPEN = "slot reopen";

  private SlotCorrection() {}

  /// What is wanted of an open slot.
  ///
  /// @param capacity 1 to [Slot#MOST_CAPACITY], or null for what it has
  /// @param end after the start, or null for when it ends
  /// @param displaces whether those who have no place then lose theirs
  public record Terms(@Nullable Integer capacity, @Nullable Instant end, boolean displaces) {}

  /// A token that the slot's closing changed last.
  ///
  /// @param token as it is now
  /// @param number of the entry that told of it, in the slot's chain
  /// @param isErased whether its patient is, who then gets no place again
  public record ClosedToken(Token token, long number, boolean isErased) {}

  /// Another capacity, another end, or both. That nothing differs is told, too.
  ///
  /// @param book with those who wait
  public static Decided<Outcome.SlotChange> change(SlotBook book, Terms terms) {
    Slot slot = book.slot();
    if (!book.isOpen()) {
      return SlotDecision.refuse(book, CHANGE);
    }
    int capacity = terms.capacity() == null ? slot.capacity() : terms.capacity();
    Instant end = terms.end() == null ? slot.end() : terms.end();
    int tooMany = Math.max(0, book.active().size() - capacity);
    if (tooMany > 0 && !terms.displaces()) {
      var facts = new ChangeFacts(null, capacity, book.active().size(), false, null, null);
      return refuse(book, CHANGE, Refusal.CAPACITY_TAKEN, facts);
    }
    // Those whom an emergency would displace first; told of in the order of the queue.
    List<Token> victims = new ArrayList<>(book.candidates().subList(0, tooMany));
    victims.sort(QueueOrder.OF_TOKENS);
    return changed(book, capacity, end, victims);
  }

  private static Decided<Outcome.SlotChange> changed(
      SlotBook book, int capacity, Instant end, List<Token> victims) {
    Slot slot = book.slot();
    List<Change> changes = new ArrayList<>();
    List<NewEntry> entries = new ArrayList<>();
    entries.add(
        NewEntry.ofSlot(
            slot.id(),
            new AuditEvent.SlotChanged(
                capacity, slot.capacity(), end, slot.end(), sequences(victims))));
    List<TokenView> tokens = new ArrayList<>();
    SlotBook after = book;
    for (Token victim : victims) {
      Token displaced = victim.withStatus(TokenStatus.DISPLACED);
      changes.add(new Change.SetTokenStatus(victim, TokenStatus.DISPLACED));
      entries.add(NewEntry.ofToken(slot.id(), displaced, new AuditEvent.TokenDisplaced(null)));
      tokens.add(TokenView.notQueued(displaced));
      after = after.with(victim, TokenStatus.DISPLACED);
    }
    changes.add(new Change.SetSlotTerms(slot, capacity, end));
    after = after.with(capacity, end);
    return new Decided<>(
        changes,
        entries,
        new Outcome.SlotChanged(
            after.slot(),
            slot.capacity(),
            slot.end(),
            tokens,
            after.waitingForPlace(),
            victims.stream().anyMatch(victim -> victim.serving().isCalled())
                ? List.of(Warning.BEING_SEEN)
                : List.of()),
        List.of(after));
  }

  /// The slot takes place after all, and those whom its closing changed last have their places
  /// again: nobody can have taken one since.
  ///
  /// @param book with those who wait
  /// @param closed in any order, without successors
  public static Decided<Outcome.SlotChange> reopen(
      SlotBook book, List<ClosedToken> closed, String reason) {
    if (book.isOpen()) {
      return refuse(book, REOPEN, Refusal.NOTHING_TO_UNDO, ChangeFacts.ofReason(reason));
    }
    Slot slot = book.slot();
    List<ClosedToken> inOrder =
        closed.stream()
            .filter(each -> !each.isErased())
            .sorted(Comparator.comparing(ClosedToken::token, QueueOrder.OF_TOKENS))
            .toList();
    SlotStatus status = slot.delayMinutes() == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    List<Change> changes = new ArrayList<>(List.of(new Change.ReopenSlot(slot, status)));
    List<Token> tokens = inOrder.stream().map(ClosedToken::token).toList();
    var event =
        new AuditEvent.SlotReopened(
            reason, slot.status(), status, sequences(tokens), erased(closed));
    List<NewEntry> entries = new ArrayList<>(List.of(NewEntry.ofSlot(slot.id(), event)));
    SlotBook after = book.with(status, slot.delayMinutes());
    for (ClosedToken each : inOrder) {
      Token token = each.token();
      changes.add(new Change.SetTokenStatus(token, TokenStatus.ACTIVE));
      entries.add(
          NewEntry.ofToken(
              slot.id(),
              token.withStatus(TokenStatus.ACTIVE),
              new AuditEvent.ChangeUndone(
                  each.number(), token.status(), TokenStatus.ACTIVE, null)));
      after = after.with(token, TokenStatus.ACTIVE);
    }
    return new Decided<>(changes, entries, reopened(slot, after, tokens), List.of(after));
  }

  private static List<Integer> erased(List<ClosedToken> closed) {
    return closed.stream()
        .filter(ClosedToken::isErased)
        .map(each -> each.token().sequence())
        .sorted()
        .toList();
  }

  private static Outcome.SlotChange reopened(Slot before, SlotBook after, List<Token> tokens) {
    List<TokenView> views =
        tokens.stream().map(token -> after.view(token.withStatus(TokenStatus.ACTIVE))).toList();
    return new Outcome.SlotReopened(after.slot(), before.status(), views, after.waitingForPlace());
  }

  private static Decided<Outcome.SlotChange> refuse(
      SlotBook book, String command, Refusal refusal, ChangeFacts facts) {
    var event = new AuditEvent.ChangeRejected(command, refusal, null, book.status(), facts);
    return Decided.refused(
        book,
        NewEntry.ofSlot(book.slot().id(), event),
        new Outcome.SlotRejected(refusal, book.slot()));
  }

  private static List<Integer> sequences(List<Token> tokens) {
    return tokens.stream().map(Token::sequence).toList();
  }
}
