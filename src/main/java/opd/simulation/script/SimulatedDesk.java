package opd.simulation.script;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.service.Desk;
import opd.service.QueueService.SlotQueue;
import opd.service.Request;
import opd.simulation.day.LogicalClock;
import opd.simulation.day.Totals;

/// A desk at which the day is played: numbers the requests, moves the clock, and counts the
/// outcomes.
public final class SimulatedDesk {
  private static final Actor ACTOR = new Actor("simulation");
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

  private final Desk desk;
  private final LogicalClock clock;
  private final LocalDate date;
  private final Tally tally = new Tally();
  private int requests;

  SimulatedDesk(Desk desk, LogicalClock clock, LocalDate date) {
    this.desk = desk;
    this.clock = clock;
    this.date = date;
  }

  public Desk services() {
    return desk;
  }

  public LocalDate date() {
    return date;
  }

  /// Makes it that time of the day, unless it is later already.
  public void waitUntil(LocalTime time) {
    clock.advanceTo(date.atTime(time).toInstant(ZoneOffset.UTC));
  }

  /// Asks under the next request id, a second after the request before.
  public <O extends Outcome> Answer<O> ask(Function<Request, Answer<O>> question) {
    requests++;
    return ask("day-" + requests, question);
  }

  /// Asks under an id that may have been used before.
  public <O extends Outcome> Answer<O> ask(
      String requestId, Function<Request, Answer<O>> question) {
    clock.advance(BETWEEN_REQUESTS);
    Answer<O> answer = question.apply(new Request(ACTOR, new RequestId(requestId)));
    tally.count(answer);
    return answer;
  }

  /// To be told when an admission cost the patient the token that was replaced.
  public void countReplaced() {
    tally.countReplaced();
  }

  public Totals totals() {
    return tally.totals();
  }

  /// All slots of the day with all their tokens.
  public List<SlotQueue> queues() {
    Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    return desk.queues().list(Optional.empty(), midnight, midnight.plus(Duration.ofDays(1)), true);
  }
}
