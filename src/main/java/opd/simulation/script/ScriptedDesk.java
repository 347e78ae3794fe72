package opd.simulation.script;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.OpdException;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.FacilityServices;
import opd.service.QueueService.SlotQueue;
import opd.service.Request;
import opd.simulation.day.LogicalClock;
import opd.simulation.day.OperationRunner;
import opd.simulation.day.OutcomeText;
import opd.simulation.day.ShortLabels;
import opd.simulation.day.Totals;
import opd.simulation.day.TotalsCount;
import opd.simulation.plan.Operation;
import opd.simulation.plan.Operation.How;

/// The desk at which the script is played: numbers the requests, moves the clock, and counts what
/// was decided. A script names slots and tokens by their short labels, and gets each answer as one
/// line; an error is an answer too: `ERROR SLOT_OVERLAPS`.
public final class ScriptedDesk {
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

  private final FacilityServices desk;
  private final OperationRunner hand;
  private final LogicalClock clock;
  private final LocalDate date;
  private final TotalsCount count;
  private int requests;

  ScriptedDesk(FacilityServices desk, LogicalClock clock, LocalDate date) {
    this.desk = desk;
    this.hand = new OperationRunner(desk);
    this.clock = clock;
    this.date = date;
    this.count = new TotalsCount(desk.zone());
  }

  FacilityServices services() {
    return desk;
  }

  LocalDate date() {
    return date;
  }

  Totals totals() {
    return count.totals();
  }

  /// The moment at which the clock on the wall shows that time of the day.
  Instant at(LocalTime time) {
    return date.atTime(time).atZone(desk.zone()).toInstant();
  }

  /// Makes it that time of the day, unless it is later already.
  void waitUntil(LocalTime time) {
    clock.advanceTo(at(time));
  }

  /// Asks under the next request id.
  String ask(Function<Request, Response<?>> question) {
    requests++;
    return ask("day-" + requests, question);
  }

  /// Asks a second after the request before.
  private String ask(String requestId, Function<Request, Response<?>> question) {
    clock.advance(BETWEEN_REQUESTS);
    try {
      return OutcomeText.of(question.apply(OperationRunner.request(requestId)), desk.zone());
    } catch (OpdException e) {
      return "ERROR " + e.code();
    }
  }

  private String perform(Operation operation) {
    return ask(request -> perform(operation, request));
  }

  private Response<?> perform(Operation operation, Request request) {
    return counted(operation, hand.perform(operation, request));
  }

  private Response<?> counted(Operation operation, Response<? extends Outcome> answer) {
    count.add(clock.get(), operation, answer);
    return answer;
  }

  String allocate(Person person, String slot, TokenPriority priority, TokenSource source) {
    return allocate(person, slot, priority, source, How.PLAIN);
  }

  String allocate(Person person, String slot, TokenPriority priority, TokenSource source, How how) {
    return perform(asked(person, slot, priority, source, how));
  }

  /// Under a request id of the script's own, so that the request can be repeated.
  String allocateAs(
      String requestId, Person person, String slot, TokenPriority priority, TokenSource source) {
    Operation asked = asked(person, slot, priority, source, How.PLAIN);
    return ask(requestId, request -> perform(asked, request));
  }

  /// For a patient who asks for the slot's doctor, not for the slot.
  String allocateWithDoctor(
      Person person, String slot, TokenPriority priority, TokenSource source) {
    Operation.Allocate asked = asked(person, slot, priority, source, How.PLAIN);
    return ask(request -> counted(asked, hand.allocateWithDoctor(asked, request)));
  }

  private Operation.Allocate asked(
      Person person, String slot, TokenPriority priority, TokenSource source, How how) {
    return new Operation.Allocate(
        slot(slot), person.key(), person.personName(), priority, source, how);
  }

  String cancel(String token) {
    return perform(new Operation.Cancel(token(token)));
  }

  String noShow(String token) {
    return perform(new Operation.NoShow(token(token)));
  }

  String complete(String token) {
    return perform(new Operation.Complete(token(token)));
  }

  String reallocate(String token) {
    return perform(new Operation.Reallocate(token(token), Optional.empty()));
  }

  String reallocate(String token, String slot) {
    return perform(new Operation.Reallocate(token(token), Optional.of(slot(slot))));
  }

  String delaySlot(String slot, int minutes) {
    return perform(new Operation.DelaySlot(slot(slot), minutes));
  }

  String cancelSlot(String slot, String reason) {
    return perform(new Operation.CancelSlot(slot(slot), reason));
  }

  String completeSlot(String slot) {
    return perform(new Operation.CompleteSlot(slot(slot)));
  }

  /// The slot and all its tokens in one line.
  String queue(String slot) {
    return QueueText.of(
        desk.queues().show(new SlotReference.ByLabel(slot(slot)), true), desk.zone());
  }

  /// All slots of the day with all their tokens.
  List<SlotQueue> queues() {
    return desk.queues().list(Optional.empty(), date, true);
  }

  private SlotLabel slot(String label) {
    return SlotLabel.parse(full(label)).orElseThrow();
  }

  private TokenLabel token(String label) {
    return TokenLabel.parse(full(label)).orElseThrow();
  }

  private String full(String label) {
    return new ShortLabels(date).expand(label);
  }
}
