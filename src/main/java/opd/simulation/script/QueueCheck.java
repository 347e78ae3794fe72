package opd.simulation.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import opd.decision.TokenView;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import opd.simulation.day.Findings;

/// An independent look at all slots and all tokens: it knows the five rules in its own words and
/// shares no code with what decides.
final class QueueCheck {
  private final TokenHistory history = new TokenHistory();

  void at(List<SlotQueue> queues, Findings findings) {
    look(findings, queues, "no slot has more patients than places", QueueCheck::capacity);
    look(
        findings,
        queues,
        "the numbers in every slot are 1, 2, 3 without a gap",
        QueueCheck::numbers);
    look(
        findings,
        queues,
        "every queue stands by priority, and within a priority by arrival",
        QueueCheck::order);
    look(findings, queues, "no patient has two places in one slot", QueueCheck::patients);
    look(
        findings,
        queues,
        "the counts shown for every slot are those of its tokens",
        QueueCheck::counts);
    look(findings, queues, "nobody holds a place in a closed slot", QueueCheck::closed);
    history.look(queues, findings);
  }

  private static void look(
      Findings findings,
      List<SlotQueue> queues,
      String name,
      BiConsumer<SlotQueue, List<String>> rule) {
    List<String> faults = new ArrayList<>();
    queues.forEach(queue -> rule.accept(queue, faults));
    findings.expectNone(name, faults);
  }

  private static void capacity(SlotQueue queue, List<String> faults) {
    int active = active(queue).size();
    if (active > queue.slot().capacity()) {
      faults.add(
          "%s has %d places and %d patients"
              .formatted(queue.slot().label(), queue.slot().capacity(), active));
    }
  }

  private static void numbers(SlotQueue queue, List<String> faults) {
    List<Integer> numbers =
        queue.tokens().stream().map(view -> view.token().sequence()).sorted().toList();
    for (int index = 0; index < numbers.size(); index++) {
      if (numbers.get(index) != index + 1) {
        faults.add(queue.slot().label() + " has the numbers " + numbers);
        return;
      }
    }
  }

  private static void order(SlotQueue queue, List<String> faults) {
    List<TokenView> wanted =
        active(queue).stream()
            .sorted(
                Comparator.<TokenView>comparingInt(view -> -rank(view.token().priority()))
                    .thenComparingInt(view -> view.token().sequence()))
            .toList();
    for (int index = 0; index < wanted.size(); index++) {
      Integer position = wanted.get(index).position();
      if (position == null || position != index + 1) {
        faults.add(
            "%s belongs at place %d and stands at %s"
                .formatted(wanted.get(index).token().label(), index + 1, position));
      }
    }
    queue.tokens().stream()
        .filter(view -> view.token().status() != TokenStatus.ACTIVE && view.position() != null)
        .forEach(view -> faults.add(view.token().label() + " is not ACTIVE and has a place"));
  }

  /// Written out once more: the engine's own ranks are what is being checked.
  private static int rank(TokenPriority priority) {
    return switch (priority) {
      case FOLLOW_UP -> 1;
      case PAID -> 2;
      case EMERGENCY -> 3;
    };
  }

  private static void patients(SlotQueue queue, List<String> faults) {
    Set<Long> seen = new HashSet<>();
    for (TokenView view : active(queue)) {
      if (!seen.add(view.token().patientId())) {
        faults.add("the patient of " + view.token().label() + " has another place there");
      }
    }
  }

  private static void counts(SlotQueue queue, List<String> faults) {
    Map<TokenStatus, Integer> counted = new EnumMap<>(TokenStatus.class);
    queue.tokens().forEach(view -> counted.merge(view.token().status(), 1, Integer::sum));
    for (TokenStatus status : TokenStatus.values()) {
      int shown = queue.slot().counts().of(status);
      int found = counted.getOrDefault(status, 0);
      if (shown != found) {
        faults.add(
            "%s shows %d %s and has %d".formatted(queue.slot().label(), shown, status, found));
      }
    }
  }

  private static void closed(SlotQueue queue, List<String> faults) {
    boolean isClosed =
        switch (queue.slot().status()) {
          case SCHEDULED, DELAYED -> false;
          case CANCELLED, COMPLETED -> true;
        };
    if (isClosed && !active(queue).isEmpty()) {
      faults.add(queue.slot().label() + " is closed and has patients in its queue");
    }
  }

  private static List<TokenView> active(SlotQueue queue) {
    return queue.tokens().stream()
        .filter(view -> view.token().status() == TokenStatus.ACTIVE)
        .toList();
  }
}
