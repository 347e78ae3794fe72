package opd.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import opd.decision.ActiveToken;
import opd.decision.ExpectedTime;
import opd.decision.SlotState;
import opd.decision.TokenView;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// A slot and its tokens as the log has them so far.
final class SlotLedger {
  private final long id;
  private final SlotLabel label;
  private final Instant end;
  private final int capacity;
  private SlotStatus status = SlotStatus.SCHEDULED;
  private int delayMinutes;
  // By sequence number, from 1.
  private final List<TokenRow> tokens = new ArrayList<>();
  private final Map<Long, Integer> sequences = new HashMap<>();
  private final TreeMap<Integer, Token> active = new TreeMap<>();
  private final TreeMap<Integer, Token> waiting = new TreeMap<>();
  private final Map<TokenStatus, Integer> counts = new EnumMap<>(TokenStatus.class);
  private @Nullable SlotState state;

  SlotLedger(long id, SlotLabel label, Instant end, int capacity) {
    this.id = id;
    this.label = label;
    this.end = end;
    this.capacity = capacity;
  }

  SlotLabel label() {
    return label;
  }

  SlotStatus status() {
    return status;
  }

  int delayMinutes() {
    return delayMinutes;
  }

  void setStatus(SlotStatus changed, int minutes) {
    status = changed;
    delayMinutes = minutes;
    state = null;
  }

  /// The slot's row.
  Slot slot() {
    StatusCounts statusCounts =
        new StatusCounts(
            count(TokenStatus.ACTIVE),
            count(TokenStatus.DISPLACED),
            count(TokenStatus.CANCELLED),
            count(TokenStatus.NO_SHOW),
            count(TokenStatus.COMPLETED));
    return new Slot(id, label, end, capacity, status, delayMinutes, statusCounts);
  }

  private int count(TokenStatus counted) {
    return counts.getOrDefault(counted, 0);
  }

  /// What the rule needs to know.
  ///
  /// @throws CannotReplay when more tokens are ACTIVE than there are places
  SlotState state() {
    if (state == null) {
      if (active.size() > capacity) {
        throw new CannotReplay("active tokens", "at most " + capacity, active.size());
      }
      List<ActiveToken> seen =
          active.values().stream()
              .map(token -> new ActiveToken(token.sequence(), token.patientId(), token.priority()))
              .toList();
      state = new SlotState(status, capacity, seen);
    }
    return state;
  }

  int nextSequence() {
    return tokens.size() + 1;
  }

  void add(Token token) {
    tokens.add(new TokenRow(token, id, 1, null));
    sequences.put(token.id(), token.sequence());
    counts.merge(token.status(), 1, Integer::sum);
    index(token);
  }

  /// Gives the token another status, and with it the next version.
  TokenRow change(int sequence, TokenStatus changed) {
    TokenRow row = bySequence(sequence);
    Token token = row.token().withStatus(changed);
    counts.merge(row.token().status(), -1, Integer::sum);
    counts.merge(changed, 1, Integer::sum);
    TokenRow now = new TokenRow(token, id, row.version() + 1, row.successor());
    tokens.set(sequence - 1, now);
    index(token);
    return now;
  }

  private void index(Token token) {
    active.remove(token.sequence());
    waiting.remove(token.sequence());
    switch (token.status()) {
      case ACTIVE -> active.put(token.sequence(), token);
      case DISPLACED -> waiting.put(token.sequence(), token);
      case CANCELLED, NO_SHOW, COMPLETED -> {}
    }
    state = null;
  }

  /// The token was made good in another slot, and waits no longer.
  void setSuccessor(int sequence, TokenLabel successor) {
    TokenRow row = bySequence(sequence);
    tokens.set(sequence - 1, new TokenRow(row.token(), id, row.version(), successor));
    waiting.remove(sequence);
  }

  TokenRow bySequence(int sequence) {
    return tokens.get(sequence - 1);
  }

  Optional<TokenRow> byId(long tokenId) {
    return Optional.ofNullable(sequences.get(tokenId)).map(this::bySequence);
  }

  /// Those that are ACTIVE, by sequence number.
  Collection<Token> active() {
    return Collections.unmodifiableCollection(active.values());
  }

  /// Those that are DISPLACED and were not made good elsewhere, by sequence number.
  List<Token> waiting() {
    return List.copyOf(waiting.values());
  }

  /// All, by sequence number.
  List<TokenRow> tokens() {
    return Collections.unmodifiableList(tokens);
  }

  /// The token with its place in the queue, if it has one.
  TokenView view(Token token) {
    int position = state().positionOf(token.sequence());
    return position == 0
        ? TokenView.notQueued(token)
        : new TokenView(token, position, ExpectedTime.of(slot(), position));
  }
}
