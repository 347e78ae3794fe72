package opd.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.AuditSubject;
import opd.decision.Change;
import opd.decision.Decided;
import opd.decision.LastChange;
import opd.decision.NewEntry;
import opd.decision.SlotBook;
import opd.decision.SlotCorrection;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// A slot and its tokens as the log has them so far.
final class RebuiltSlot {
  private SlotBook book;
  // By sequence number, from 1.
  private final List<TokenRow> tokens = new ArrayList<>();
  private final Map<Long, Integer> sequences = new HashMap<>();
  // By sequence number.
  private final Map<Integer, ToldChange> lastChanges = new HashMap<>();
  private String closingRequest = "";

  /// The last change of a token's status, and the request that it is due to.
  private record ToldChange(LastChange change, String requestId) {}

  // Why places were asked for, by the numbers of the tokens.
  private final Map<Integer, String> reasons = new HashMap<>();

  RebuiltSlot(Slot opened) {
    book = new SlotBook(opened, List.of(), List.of(), Instant.EPOCH);
  }

  SlotLabel label() {
    return book.slot().label();
  }

  /// The slot's row.
  Slot slot() {
    return book.slot();
  }

  /// What a decision at that time finds.
  SlotBook book(Instant time) {
    return book.at(time);
  }

  /// Carries out what was decided about this slot alone.
  void apply(Decided<?> decided) {
    for (Change change : decided.changes()) {
      switch (change) {
        case Change.TakePlace(long slotId, Token token, var _) -> {
          tokens.add(new TokenRow(token, slotId, 1, null, null));
          sequences.put(token.id(), token.sequence());
        }
        case Change.SetTokenStatus(Token token, TokenStatus status) -> {
          TokenRow row = bySequence(token.sequence());
          put(
              new TokenRow(
                  row.token().withStatus(status),
                  row.slotId(),
                  row.version() + 1,
                  row.token().status(),
                  row.successor()));
        }
        case Change.SetServing(Token token, Serving serving) -> {
          TokenRow row = bySequence(token.sequence());
          put(
              new TokenRow(
                  row.token().withServing(serving),
                  row.slotId(),
                  row.version(),
                  row.previous(),
                  row.successor()));
        }
        case Change.SetSlotStatus _, Change.SetSlotTerms _, Change.ReopenSlot _ -> {}
      }
    }
    book = decided.after().getLast();
  }

  /// Notes what an entry tells of, which was carried out.
  ///
  /// @param number of the entry in the slot's chain
  void note(NewEntry entry, long number, String requestId) {
    switch (entry.event()) {
      case AuditEvent.SlotCancelled _, AuditEvent.SlotCompleted _ -> closingRequest = requestId;
      case AuditEvent.StatusChange change -> {
        if (entry.subject() instanceof AuditSubject.OfSlot(long _, Token token, var _)
            && token != null) {
          var before = bySequence(token.sequence()).previous();
          lastChanges.put(
              token.sequence(), new ToldChange(new LastChange(change, number, before), requestId));
        }
      }
      case AuditEvent.SlotOpened _, AuditEvent.SlotDelayed _ -> {}
      case AuditEvent.SlotChanged _, AuditEvent.SlotReopened _ -> {}
      case AuditEvent.AllocationRejected _, AuditEvent.ChangeRejected _ -> {}
      case AuditEvent.TokenReallocated _, AuditEvent.ServingEvent _ -> {}
      case AuditEvent.OutsideSlots _ -> {}
    }
  }

  /// How the token came to its present status.
  LastChange lastChange(int sequence) {
    return Objects.requireNonNull(lastChanges.get(sequence), "a token without an entry").change();
  }

  /// The tokens that the slot's closing changed last, without those that were made good elsewhere.
  ///
  /// @param erased the numbers of those whose patients were erased, as the log tells
  List<SlotCorrection.ClosedToken> closedTokens(List<Integer> erased) {
    List<SlotCorrection.ClosedToken> closed = new ArrayList<>();
    for (TokenRow row : tokens) {
      int sequence = row.token().sequence();
      ToldChange told = lastChanges.get(sequence);
      if (told != null && told.requestId().equals(closingRequest) && row.successor() == null) {
        switch (told.change().event()) {
          case AuditEvent.TokenDisplaced _, AuditEvent.TokenCompleted _ ->
              closed.add(
                  new SlotCorrection.ClosedToken(
                      row.token(), told.change().number(), erased.contains(sequence)));
          case AuditEvent _ -> {}
        }
      }
    }
    return closed;
  }

  /// Why the token's place was asked for, or null where nobody said.
  @Nullable String reason(int sequence) {
    return reasons.get(sequence);
  }

  void setReason(int sequence, @Nullable String reason) {
    if (reason != null) {
      reasons.put(sequence, reason);
    }
  }

  void setSuccessor(int sequence, TokenLabel successor) {
    TokenRow row = bySequence(sequence);
    put(
        new TokenRow(
            row.token().withSuccessor(successor),
            row.slotId(),
            row.version(),
            row.previous(),
            successor));
  }

  private void put(TokenRow row) {
    tokens.set(row.token().sequence() - 1, row);
  }

  /// How many tokens there are: also the last number given.
  int lastSequence() {
    return tokens.size();
  }

  TokenRow bySequence(int sequence) {
    return tokens.get(sequence - 1);
  }

  Optional<TokenRow> byId(long tokenId) {
    return Optional.ofNullable(sequences.get(tokenId)).map(this::bySequence);
  }

  /// All, by sequence number.
  List<TokenRow> tokens() {
    return Collections.unmodifiableList(tokens);
  }
}
