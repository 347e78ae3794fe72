package opd.simulation.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import opd.decision.AuditEvent;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.report.LoggedDay;
import opd.report.LoggedSlot;
import opd.report.LoggedToken;
import opd.simulation.day.DayEvent;
import org.jspecify.annotations.Nullable;

/// The decisions of a day of the log, each with all that it changed. What a request changed in
/// several slots is told slot by slot.
final class EventsOfLog {
  private final ZoneId zone;
  private final LocalDate date;
  private final Map<TokenLabel, LoggedToken> tokens = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  /// What one entry tells.
  ///
  /// @param move null where no token took another status
  /// @param state null where the slot stayed as it was
  private record Part(
      long entry,
      Instant at,
      String request,
      SlotLabel slot,
      DayEvent.Kind kind,
      @Nullable TokenPriority priority,
      String words,
      boolean isRefused,
      DayEvent.@Nullable Move move,
      DayEvent.@Nullable SlotState state) {}

  private record Decision(String request, SlotLabel slot) {}

  EventsOfLog(LoggedDay day, ZoneId zone) {
    this.zone = zone;
    date = day.date();
    day.slots().forEach(slot -> slot.tokens().forEach(token -> tokens.put(token.label(), token)));
    for (LoggedSlot slot : day.slots()) {
      slot.changes().stream().skip(1).forEach(change -> changed(slot.label(), change));
      slot.refusals().forEach(refused -> refused(slot.label(), refused));
      slot.tokens().forEach(this::token);
    }
    parts.sort(Comparator.comparingLong(Part::entry));
  }

  /// In the order in which they were decided.
  List<DayEvent> events() {
    Map<Decision, List<Part>> decisions = new LinkedHashMap<>();
    for (Part part : parts) {
      decisions
          .computeIfAbsent(new Decision(part.request(), part.slot()), some -> new ArrayList<>())
          .add(part);
    }
    List<DayEvent> events = new ArrayList<>();
    decisions.values().forEach(own -> events.add(event(events.size() + 1, own)));
    return events;
  }

  private static DayEvent event(int number, List<Part> own) {
    Part first = own.getFirst();
    List<DayEvent.Move> moves = new ArrayList<>();
    List<String> words = new ArrayList<>();
    DayEvent.SlotState state = null;
    for (Part part : own) {
      words.add(part.words());
      if (part.move() != null) {
        moves.add(part.move());
      }
      state = part.state() == null ? state : part.state();
    }
    return new DayEvent(
        number,
        first.at(),
        first.kind(),
        first.slot(),
        first.priority(),
        first.isRefused(),
        String.join(", ", words),
        moves,
        state);
  }

  private void changed(SlotLabel slot, LoggedSlot.Change change) {
    DayEvent.Kind kind =
        switch (change.event()) {
          case AuditEvent.SlotDelayed _ -> DayEvent.Kind.DELAY_SLOT;
          case AuditEvent.SlotCancelled _ -> DayEvent.Kind.CANCEL_SLOT;
          case AuditEvent.SlotCompleted _ -> DayEvent.Kind.COMPLETE_SLOT;
          case AuditEvent _ -> DayEvent.Kind.CHANGE_SLOT;
        };
    var state = new DayEvent.SlotState(change.status(), change.delayMinutes(), change.capacity());
    parts.add(
        new Part(
            change.entry(),
            RecordOfLog.onWall(change.at(), zone),
            change.request(),
            slot,
            kind,
            null,
            ReportPhrases.slot(slot) + " is " + ReportPhrases.of(change.status()),
            false,
            null,
            state));
  }

  private void refused(SlotLabel slot, LoggedSlot.Refused refused) {
    parts.add(
        new Part(
            refused.entry(),
            RecordOfLog.onWall(refused.at(), zone),
            refused.request(),
            slot,
            DayEvent.Kind.ALLOCATE,
            refused.event().claim().priority(),
            "refused, " + ReportPhrases.of(refused.event().refusal()),
            true,
            null,
            null));
  }

  private void token(LoggedToken token) {
    for (LoggedToken.Step step : token.steps()) {
      if (step.before() != step.after() || elsewhere(step) != null) {
        parts.add(
            new Part(
                step.entry(),
                RecordOfLog.onWall(step.at(), zone),
                step.request(),
                token.label().slot(),
                kind(step.event()),
                priority(token, step.event()),
                "number %d %s".formatted(token.label().sequence(), words(step)),
                false,
                move(token, step),
                null));
      }
    }
  }

  private static String words(LoggedToken.Step step) {
    if (step.event() instanceof AuditEvent.TokenReallocated(var successor)) {
      return "is made good as " + successor;
    }
    return step.before() == null ? "has a place" : "is " + ReportPhrases.of(step.after());
  }

  private DayEvent.Move move(LoggedToken token, LoggedToken.Step step) {
    TokenLabel by = step.event() instanceof AuditEvent.TokenDisplaced(var taker) ? taker : null;
    return new DayEvent.Move(
        token.label(),
        "patient " + token.patient(),
        token.priority(),
        token.source(),
        step.before(),
        step.after(),
        by,
        step.before() == null ? token.given().reallocatedFrom() : null,
        elsewhere(step));
  }

  /// The token of another day that makes this one good, or null.
  private @Nullable TokenLabel elsewhere(LoggedToken.Step step) {
    return step.event() instanceof AuditEvent.TokenReallocated(var successor)
            && !successor.slot().day().equals(date)
        ? successor
        : null;
  }

  /// Of who asked: of a loss, the priority of who took the place.
  private @Nullable TokenPriority priority(LoggedToken token, AuditEvent event) {
    if (event instanceof AuditEvent.TokenDisplaced(var by)) {
      LoggedToken taker = by == null ? null : tokens.get(by);
      return taker == null ? null : taker.priority();
    }
    return token.priority();
  }

  private static DayEvent.Kind kind(AuditEvent event) {
    return switch (event) {
      case AuditEvent.TokenAllocated given ->
          given.reallocatedFrom() == null ? DayEvent.Kind.ALLOCATE : DayEvent.Kind.REALLOCATE;
      case AuditEvent.TokenReinstated _, AuditEvent.TokenReallocated _ -> DayEvent.Kind.REALLOCATE;
      case AuditEvent.TokenCancelled _ -> DayEvent.Kind.CANCEL;
      case AuditEvent.TokenNoShow _ -> DayEvent.Kind.NO_SHOW;
      case AuditEvent.TokenCompleted _ -> DayEvent.Kind.COMPLETE;
      case AuditEvent.ChangeUndone _ -> DayEvent.Kind.UNDO;
      case AuditEvent _ -> DayEvent.Kind.CHANGE_SLOT;
    };
  }
}
