package opd.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;

/// What is known of a slot when something is decided about it. The desk and the batch read it under
/// the slot's lock; verifying rebuilds it from the log.
///
/// @param active who holds a place, in the queue's order; no more than the slot has places, see
///   [#checked]
/// @param waiting who was displaced and not reallocated, in the same order
/// @param time of the decision
/// @param hasCalled whether anybody was ever called in
public record SlotBook(
    Slot slot, List<Token> active, List<Token> waiting, Instant time, boolean hasCalled) {

  /// Takes the tokens in any order.
  public SlotBook {
    active = active.stream().sorted(QueueOrder.OF_TOKENS).toList();
    waiting = waiting.stream().sorted(QueueOrder.OF_TOKENS).toList();
  }

  /// One in which nobody was called in, but for those whose calls the tokens tell.
  public SlotBook(Slot slot, List<Token> active, List<Token> waiting, Instant time) {
    this(
        slot,
        active,
        waiting,
        time,
        Stream.concat(active.stream(), waiting.stream())
            .anyMatch(token -> token.serving().calls() > 0));
  }

  /// The same book, on which a decision may be made.
  ///
  /// @throws IllegalArgumentException when no slot can be so: nothing is decided on rows that
  ///   somebody has tampered with, though they are shown
  public SlotBook checked() {
    if (slot.capacity() < 1) {
      throw new IllegalArgumentException("a slot has at least 1 place, not " + slot.capacity());
    }
    if (active.size() > places()) {
      throw new IllegalArgumentException(
          "%d active tokens in %d places".formatted(active.size(), places()));
    }
    return this;
  }

  private int places() {
    return slot.capacity();
  }

  /// The slot's status.
  public SlotStatus status() {
    return slot.status();
  }

  /// Whether the slot takes patients.
  public boolean isOpen() {
    return slot.status().isOpen();
  }

  /// Whether the slot is over. It is open nevertheless for whoever names it.
  public boolean hasEnded() {
    return slot.hasEnded(time);
  }

  /// Whether no place is free: rule 1 counts the ACTIVE tokens and no others.
  public boolean isFull() {
    return active.size() == places();
  }

  /// The ACTIVE token that the patient holds here, if any.
  public Optional<Token> heldBy(long patientId) {
    return active.stream().filter(token -> token.patientId() == patientId).findFirst();
  }

  /// The ACTIVE token with this number, if any.
  public Optional<Token> numbered(int sequence) {
    return active.stream().filter(token -> token.sequence() == sequence).findFirst();
  }

  /// The ACTIVE tokens in the order in which they would lose their place: the lowest rank first,
  /// and among equals the latest arrival. Who was called in stands behind all others below
  /// EMERGENCY, and a called emergency behind all others.
  public List<Token> candidates() {
    List<Token> candidates = active.reversed();
    if (active.stream().noneMatch(token -> token.serving().isCalled())) {
      return candidates;
    }
    return candidates.stream().sorted(Comparator.comparingInt(SlotBook::shelter)).toList();
  }

  private static int shelter(Token token) {
    return (token.priority() == TokenPriority.EMERGENCY ? 2 : 0)
        + (token.serving().isCalled() ? 1 : 0);
  }

  /// The label of the next token: numbers have no gaps.
  TokenLabel nextLabel() {
    return new TokenLabel(slot.label(), slot.counts().total() + 1);
  }

  /// The place in the queue, from 1, or 0 when no ACTIVE token has that number.
  public int positionOf(int sequence) {
    for (int index = 0; index < active.size(); index++) {
      if (active.get(index).sequence() == sequence) {
        return index + 1;
      }
    }
    return 0;
  }

  /// The token with its place in this queue, if it has one.
  public TokenView view(Token token) {
    int position = positionOf(token.sequence());
    return position == 0
        ? TokenView.notQueued(token)
        : new TokenView(token, position, ExpectedTime.of(slot, position, time));
  }

  /// The queue as it is shown.
  public List<TokenView> views() {
    return active.stream().map(this::view).toList();
  }

  /// Who would get a place that is free, first claim first; nobody when there is none.
  List<TokenView> waitingForPlace() {
    Set<Long> seated =
        active.stream().map(Token::patientId).collect(Collectors.toUnmodifiableSet());
    return WaitingList.of(slot, waiting, seated).stream().map(TokenView::notQueued).toList();
  }

  /// Who waits for the free place that this patient gets.
  List<TokenView> othersWaiting(long patientId) {
    return waitingForPlace().stream()
        .filter(view -> view.token().patientId() != patientId)
        .toList();
  }

  /// With one more token, which is ACTIVE.
  SlotBook with(Token added) {
    return changed(slot.counts().plus(TokenStatus.ACTIVE), added);
  }

  /// With this token, which stands in the book, in another status.
  SlotBook with(Token before, TokenStatus status) {
    StatusCounts counts = slot.counts().minus(before.status()).plus(status);
    return changed(counts, before.withStatus(status));
  }

  /// With this token, which is ACTIVE, as something was noted of it.
  SlotBook serving(Token changed) {
    return new SlotBook(
        slot,
        active.stream()
            .map(token -> token.sequence() == changed.sequence() ? changed : token)
            .toList(),
        waiting,
        time,
        hasCalled || changed.serving().isCalled());
  }

  private SlotBook changed(StatusCounts counts, Token token) {
    List<Token> nowActive = without(active, token);
    List<Token> nowWaiting = without(waiting, token);
    switch (token.status()) {
      case ACTIVE -> nowActive.add(token);
      case DISPLACED -> nowWaiting.add(token);
      case CANCELLED, NO_SHOW, COMPLETED -> {}
    }
    return new SlotBook(slot.withCounts(counts), nowActive, nowWaiting, time, hasCalled).checked();
  }

  /// With a token that was made good in another slot, and waits no longer.
  public SlotBook withoutWaiting(Token reallocated) {
    return new SlotBook(slot, active, without(waiting, reallocated), time, hasCalled);
  }

  SlotBook with(SlotStatus status, int delayMinutes) {
    return new SlotBook(slot.with(status, delayMinutes), active, waiting, time, hasCalled);
  }

  SlotBook with(int capacity, Instant end) {
    return new SlotBook(slot.with(capacity, end), active, waiting, time, hasCalled).checked();
  }

  /// The same book, each of its tokens changed.
  SlotBook with(UnaryOperator<Token> change) {
    return new SlotBook(
        slot,
        active.stream().map(change).toList(),
        waiting.stream().map(change).toList(),
        time,
        hasCalled);
  }

  /// The same book for the next decision.
  public SlotBook at(Instant later) {
    return new SlotBook(slot, active, waiting, later, hasCalled);
  }

  private static List<Token> without(List<Token> tokens, Token gone) {
    List<Token> rest = new ArrayList<>(tokens.size() + 1);
    for (Token token : tokens) {
      if (token.sequence() != gone.sequence()) {
        rest.add(token);
      }
    }
    return rest;
  }
}
