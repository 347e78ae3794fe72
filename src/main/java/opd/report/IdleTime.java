package opd.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opd.decision.AuditEvent;
import opd.domain.DoctorCode;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Finds when a doctor could have seen somebody and saw nobody.
final class IdleTime {
  private final List<Point> points = new ArrayList<>();

  /// From then on so many more patients are with the doctor, and so many more wait.
  ///
  /// @param entry the id of the entry that tells of it, 0 for the beginning of a slot
  /// @param call the slot in which somebody was called in then, or null
  private record Point(
      Instant at, long entry, int withDoctor, int waiting, @Nullable LoggedSlot call) {}

  static void count(LoggedDay day, DayTokens tokens, Tallies tallies) {
    Map<DoctorCode, IdleTime> doctors = new TreeMap<>(Comparator.comparing(DoctorCode::value));
    for (LoggedSlot slot : day.slots()) {
      IdleTime doctor = doctors.computeIfAbsent(slot.label().doctor(), some -> new IdleTime());
      slot.tokens().forEach(token -> doctor.add(slot, token, Arrival.of(token, tokens)));
    }
    doctors.values().forEach(doctor -> doctor.sweep(tallies));
  }

  /// What one token adds, from step to step.
  private void add(LoggedSlot slot, LoggedToken token, @Nullable Instant arrived) {
    boolean isActive = false;
    boolean isCalled = false;
    boolean isAway = false;
    int withDoctor = 0;
    int waiting = 0;
    // From when on the patient may be called: here, and the slot has begun.
    Instant ready =
        arrived == null ? null : arrived.isBefore(slot.start()) ? slot.start() : arrived;
    boolean isReady = false;
    for (LoggedToken.Step step : token.steps()) {
      if (ready != null && !isReady && step.at().isAfter(ready)) {
        isReady = true;
        int now = isActive && !isCalled && !isAway ? 1 : 0;
        points.add(new Point(ready, 0, 0, now - waiting, null));
        waiting = now;
      }
      isActive = step.after() == TokenStatus.ACTIVE;
      switch (step.event()) {
        case AuditEvent.TokenCalled _ -> {
          isCalled = true;
          isAway = false;
        }
        case AuditEvent.TokenParked _ -> {
          isCalled = false;
          isAway = true;
        }
        case AuditEvent.TokenReturned _ -> isAway = false;
        case AuditEvent.TokenDisplaced _ -> {
          isCalled = false;
          isAway = false;
        }
        case AuditEvent _ -> {}
      }
      isReady = isReady || (ready != null && !step.at().isBefore(ready));
      int with = isActive && isCalled ? 1 : 0;
      int wait = isActive && isReady && !isCalled && !isAway ? 1 : 0;
      boolean isCall = step.event() instanceof AuditEvent.TokenCalled;
      points.add(
          new Point(
              step.at(), step.entry(), with - withDoctor, wait - waiting, isCall ? slot : null));
      withDoctor = with;
      waiting = wait;
    }
    if (ready != null && !isReady && isActive && !isCalled && !isAway) {
      points.add(new Point(ready, 0, 0, 1, null));
    }
  }

  private void sweep(Tallies tallies) {
    points.sort(Comparator.comparing(Point::at).thenComparingLong(Point::entry));
    int withDoctor = 0;
    int waiting = 0;
    boolean hasBegun = false;
    Instant before = Instant.MIN;
    Duration idle = Duration.ZERO;
    for (Point point : points) {
      if (hasBegun && withDoctor == 0 && waiting > 0) {
        idle = idle.plus(Duration.between(before, point.at()));
      }
      before = point.at();
      if (point.call() != null) {
        tallies.add(Key.of(point.call()), Count.IDLE_SECONDS, idle.toSeconds());
        idle = Duration.ZERO;
        hasBegun = true;
      }
      withDoctor += point.withDoctor();
      waiting += point.waiting();
    }
  }
}
