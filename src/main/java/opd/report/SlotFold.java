package opd.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import opd.decision.AuditEvent;
import opd.domain.OpdException;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Makes a slot of the entries of its chain, which come in their order.
final class SlotFold {
  private final AuditEvent.SlotOpened opened;
  private final Map<Long, TokenFold> tokens = new LinkedHashMap<>();
  private final List<LoggedSlot.Refused> refusals = new ArrayList<>();
  private final List<LoggedSlot.Change> changes = new ArrayList<>();
  private Instant end;
  private int capacity;
  private SlotStatus status = SlotStatus.SCHEDULED;
  private int delayMinutes;

  private static final class TokenFold {
    private final TokenLabel label;
    private final long patient;
    private final AuditEvent.TokenAllocated given;
    private final List<LoggedToken.Step> steps = new ArrayList<>();
    private @Nullable TokenStatus status;

    TokenFold(TokenLabel label, LogEntry entry, AuditEvent.TokenAllocated given) {
      this.label = label;
      this.patient = patient(entry);
      this.given = given;
    }

    void step(LogEntry entry, TokenStatus after) {
      steps.add(
          new LoggedToken.Step(
              entry.id(),
              entry.at(),
              entry.actor(),
              entry.requestId(),
              entry.event(),
              status,
              after));
      status = after;
    }

    LoggedToken token(long id) {
      return new LoggedToken(
          id, label, patient, given, steps, Objects.requireNonNull(status, "a step gave it one"));
    }
  }

  /// @throws OpdException CHECK_FAILED when the chain does not begin with an opening
  SlotFold(LogEntry first) {
    if (!(first.event() instanceof AuditEvent.SlotOpened event)) {
      throw DayFold.isDamaged(first);
    }
    opened = event;
    end = event.end();
    capacity = event.capacity();
    change(first);
  }

  void accept(LogEntry entry) {
    switch (entry.event()) {
      case AuditEvent.TokenAllocated given -> give(entry, given);
      case AuditEvent.AllocationRejected refused ->
          refusals.add(
              new LoggedSlot.Refused(
                  entry.id(),
                  entry.at(),
                  entry.actor(),
                  entry.requestId(),
                  patient(entry),
                  refused));
      case AuditEvent.TokenDisplaced _ -> token(entry).step(entry, TokenStatus.DISPLACED);
      case AuditEvent.TokenCancelled _ -> token(entry).step(entry, TokenStatus.CANCELLED);
      case AuditEvent.TokenNoShow _ -> token(entry).step(entry, TokenStatus.NO_SHOW);
      case AuditEvent.TokenCompleted _ -> token(entry).step(entry, TokenStatus.COMPLETED);
      case AuditEvent.TokenReinstated _ -> displaced(entry).step(entry, TokenStatus.ACTIVE);
      case AuditEvent.TokenReallocated _ -> displaced(entry).step(entry, TokenStatus.DISPLACED);
      case AuditEvent.ChangeUndone undone -> token(entry).step(entry, undone.status());
      case AuditEvent.ServingEvent _ -> {
        TokenFold token = token(entry);
        token.step(entry, Objects.requireNonNull(token.status));
      }
      case AuditEvent.SlotDelayed delayed -> {
        delayMinutes = delayed.minutes();
        status = delayMinutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
        change(entry);
      }
      case AuditEvent.SlotCancelled _ -> close(entry, SlotStatus.CANCELLED);
      case AuditEvent.SlotCompleted _ -> close(entry, SlotStatus.COMPLETED);
      case AuditEvent.SlotReopened reopened -> close(entry, reopened.status());
      case AuditEvent.SlotChanged changed -> {
        end = changed.end();
        capacity = changed.capacity();
        change(entry);
      }
      // Nothing became of it.
      case AuditEvent.ChangeRejected _ -> {}
      case AuditEvent.SlotOpened _, AuditEvent.OutsideSlots _ -> throw DayFold.isDamaged(entry);
    }
  }

  private void give(LogEntry entry, AuditEvent.TokenAllocated given) {
    // Numbers are gapless, in the order of admission.
    TokenLabel label = new TokenLabel(opened.label(), tokens.size() + 1);
    if (entry.tokenId() == null || tokens.containsKey(entry.tokenId())) {
      throw DayFold.isDamaged(entry);
    }
    TokenFold token = new TokenFold(label, entry, given);
    tokens.put(entry.tokenId(), token);
    token.step(entry, TokenStatus.ACTIVE);
  }

  private static long patient(LogEntry entry) {
    if (entry.patientId() == null) {
      throw DayFold.isDamaged(entry);
    }
    return entry.patientId();
  }

  private TokenFold token(LogEntry entry) {
    TokenFold token = entry.tokenId() == null ? null : tokens.get(entry.tokenId());
    if (token == null) {
      throw DayFold.isDamaged(entry);
    }
    return token;
  }

  /// The token of the entry, which makes a lost place good.
  private TokenFold displaced(LogEntry entry) {
    TokenFold token = token(entry);
    if (token.status != TokenStatus.DISPLACED) {
      throw DayFold.isDamaged(entry);
    }
    return token;
  }

  private void close(LogEntry entry, SlotStatus after) {
    status = after;
    change(entry);
  }

  private void change(LogEntry entry) {
    changes.add(
        new LoggedSlot.Change(
            entry.id(),
            entry.at(),
            entry.actor(),
            entry.requestId(),
            entry.event(),
            status,
            delayMinutes,
            capacity));
  }

  LoggedSlot slot() {
    List<LoggedToken> all = new ArrayList<>();
    tokens.forEach((id, token) -> all.add(token.token(id)));
    return new LoggedSlot(
        opened.label(),
        opened.start(),
        end,
        capacity,
        status,
        delayMinutes,
        all,
        refusals,
        changes);
  }
}
