package opd.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import opd.decision.AuditEvent;
import opd.domain.Refusal;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;

/// Counts a day.
final class DayCount {
  private final LoggedDay day;
  private final ZoneId zone;
  private final Tallies tallies;
  private final DayTokens tokens;
  private final Map<Long, List<Loss>> losses = new HashMap<>();

  /// A place lost, by a patient on the day.
  ///
  /// @param entry the id of the entry that tells of it
  private record Loss(long entry, Instant at, Key key) {}

  /// The refusal that a patient met with first.
  private record FirstRefusal(LoggedSlot.Refused refused, Key key) {}

  /// @param zone of the facility
  DayCount(LoggedDay day, ZoneId zone, Tallies tallies) {
    this.day = day;
    this.zone = zone;
    this.tallies = tallies;
    tokens = new DayTokens(day);
  }

  void count() {
    Serving serving = new Serving(tallies, tokens);
    for (LoggedSlot slot : day.slots()) {
      SlotCount.count(slot, tallies);
      slot.tokens().forEach(this::count);
      serving.count(slot);
      stillOwed(slot);
    }
    refusals();
    losses.values().forEach(this::twice);
    IdleTime.count(day, tokens, tallies);
  }

  private void count(LoggedToken token) {
    if (token.isOfRequest()) {
      admitted(token);
    }
    switch (token.status()) {
      case CANCELLED -> ended(token, Count.CANCELLED);
      case NO_SHOW -> ended(token, Count.NO_SHOW);
      case COMPLETED -> ended(token, Count.COMPLETED);
      case ACTIVE, DISPLACED -> {}
    }
    leadTime(token);
    losses(token);
  }

  private void ended(LoggedToken token, Count what) {
    tallies.add(Key.of(token, token.last(token.status()).actor()), what);
  }

  private void admitted(LoggedToken token) {
    Key key = Key.of(token, token.givenBy());
    tallies.add(key, Count.ADMITTED);
    tallies.request(key, hour(token.givenAt()));
    boolean isEmergency = token.priority() == TokenPriority.EMERGENCY;
    boolean isDisplacing = token.given().displaced() != null;
    tallies.levers().gave(token.givenBy(), isEmergency, isDisplacing);
    if (isEmergency) {
      tallies.add(key, Count.EMERGENCIES);
      tallies.add(key, Count.EMERGENCIES_DISPLACING, isDisplacing ? 1 : 0);
      tallies.add(
          key, Count.EMERGENCIES_WITH_REASON, token.given().claim().reason() == null ? 0 : 1);
      tallies.add(
          key, Count.EMERGENCIES_COMPLETED, token.status() == TokenStatus.COMPLETED ? 1 : 0);
      tallies.add(key, Count.EMERGENCIES_NO_SHOW, token.status() == TokenStatus.NO_SHOW ? 1 : 0);
    }
  }

  private int hour(Instant at) {
    return at.atZone(zone).getHour();
  }

  private void leadTime(LoggedToken token) {
    LeadTime lead =
        LeadTime.of(token.givenAt().atZone(zone).toLocalDate(), token.label().slot().day());
    Key key = Key.of(token, token.givenBy());
    tallies.add(key, lead.given);
    switch (token.status()) {
      case CANCELLED -> tallies.add(key, lead.cancelled);
      case NO_SHOW -> tallies.add(key, lead.noShow);
      case COMPLETED -> tallies.add(key, lead.completed);
      case ACTIVE, DISPLACED -> {}
    }
  }

  private void losses(LoggedToken token) {
    List<Loss> own = new ArrayList<>();
    for (LoggedToken.Step step : token.steps()) {
      switch (step.event()) {
        case AuditEvent.TokenDisplaced _ ->
            own.add(new Loss(step.entry(), step.at(), Key.of(token, step.actor())));
        case AuditEvent.TokenReinstated _, AuditEvent.TokenReallocated _ -> {
          Key key = Key.of(token, step.actor());
          tallies.add(key, Count.REALLOCATED);
          tallies.add(
              key, Spread.OWED, Duration.between(own.getLast().at(), step.at()).toMinutes());
        }
        // The slot takes place after all: nothing was lost.
        case AuditEvent.ChangeUndone undone when undone.before() == TokenStatus.DISPLACED ->
            own.removeLast();
        case AuditEvent _ -> {}
      }
    }
    own.forEach(loss -> tallies.add(loss.key(), Count.DISPLACED));
    if (!own.isEmpty()) {
      losses.computeIfAbsent(token.patient(), some -> new ArrayList<>()).addAll(own);
    }
  }

  private void twice(List<Loss> own) {
    if (own.size() > 1) {
      own.sort(Comparator.comparing(Loss::at).thenComparingLong(Loss::entry));
      tallies.add(own.get(1).key(), Count.DISPLACED_TWICE);
    }
  }

  private void stillOwed(LoggedSlot slot) {
    Set<Long> present = new HashSet<>();
    for (LoggedToken token : slot.tokens()) {
      if (token.status() == TokenStatus.ACTIVE) {
        present.add(token.patient());
      }
    }
    for (LoggedToken token : slot.tokens()) {
      if (token.status() == TokenStatus.DISPLACED
          && !token.isReallocated()
          && !present.contains(token.patient())) {
        tallies.add(Key.of(token, token.last(TokenStatus.DISPLACED).actor()), Count.STILL_OWED);
      }
    }
  }

  private void refusals() {
    Set<String> unplaced = unplaced();
    Map<Long, FirstRefusal> first = new HashMap<>();
    for (LoggedSlot slot : day.slots()) {
      for (LoggedSlot.Refused refused : slot.refusals()) {
        if (refused.isOfRequest() && unplaced.contains(refused.request())) {
          refused(new FirstRefusal(refused, Key.of(slot, refused)), first);
        }
      }
    }
    Map<Long, Instant> lastGiven = lastGiven(first.keySet());
    first.forEach((patient, refusal) -> {
      tallies.add(refusal.key(), Count.REFUSED_PATIENTS);
      Instant given = lastGiven.get(patient);
      boolean isPlaced = given != null && !given.isBefore(refusal.refused().at());
      tallies.add(refusal.key(), Count.REFUSED_PLACED, isPlaced ? 1 : 0);
    });
  }

  /// The requests that a slot refused and none gave a place.
  private Set<String> unplaced() {
    Set<String> requests = new HashSet<>();
    for (LoggedSlot slot : day.slots()) {
      slot.refusals().forEach(refused -> requests.add(refused.request()));
    }
    for (LoggedSlot slot : day.slots()) {
      slot.tokens().forEach(token -> requests.remove(token.request()));
    }
    return requests;
  }

  /// When each of the patients was given a place of the day last.
  private Map<Long, Instant> lastGiven(Set<Long> patients) {
    Map<Long, Instant> given = new HashMap<>();
    for (LoggedSlot slot : day.slots()) {
      for (LoggedToken token : slot.tokens()) {
        if (patients.contains(token.patient())) {
          given.merge(
              token.patient(), token.givenAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
      }
    }
    return given;
  }

  private void refused(FirstRefusal refusal, Map<Long, FirstRefusal> first) {
    LoggedSlot.Refused refused = refusal.refused();
    tallies.add(refusal.key(), reason(refused.event().refusal()));
    tallies.request(refusal.key(), hour(refused.at()));
    // Who holds a place in the slot already lacks none.
    if (refused.event().refusal() != Refusal.DUPLICATE_TOKEN) {
      first.merge(
          refused.patient(),
          refusal,
          (one, other) -> isBefore(other.refused(), one.refused()) ? other : one);
    }
  }

  private static boolean isBefore(LoggedSlot.Refused one, LoggedSlot.Refused other) {
    return one.at().equals(other.at())
        ? one.entry() < other.entry()
        : one.at().isBefore(other.at());
  }

  private static Count reason(Refusal refusal) {
    return switch (refusal) {
      case SLOT_FULL -> Count.REFUSED_FULL;
      case SLOT_CLOSED -> Count.REFUSED_CLOSED;
      case DUPLICATE_TOKEN -> Count.REFUSED_DUPLICATE;
      case NOTHING_TO_UNDO,
          ALREADY_REALLOCATED,
          TOKEN_NOT_DISPLACED,
          TOKEN_NOT_ACTIVE,
          NO_FREE_PLACE,
          CAPACITY_TAKEN,
          HOLDS_TOKEN,
          NOBODY_WAITING ->
          throw new IllegalStateException("no refusal of a request for a place: " + refusal);
    };
  }
}
