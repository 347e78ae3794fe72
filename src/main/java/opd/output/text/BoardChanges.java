package opd.output.text;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.Slot;
import opd.domain.Token;
import opd.service.QueueService.SlotQueue;

/// The slots and tokens that are not as they were when a board was drawn last. Who only moved up is
/// not among them: after each patient who is seen that would be everybody.
public record BoardChanges(Set<Slot> slots, Set<Token> tokens) {
  public static final BoardChanges NONE = new BoardChanges(Set.of(), Set.of());

  public static BoardChanges between(List<SlotQueue> before, List<SlotQueue> now) {
    Set<Slot> slots = new HashSet<>();
    Set<Token> tokens = new HashSet<>();
    for (SlotQueue queue : now) {
      slots.add(queue.slot());
      queue.tokens().forEach(view -> tokens.add(view.token()));
    }
    for (SlotQueue queue : before) {
      slots.remove(queue.slot());
      queue.tokens().forEach(view -> tokens.remove(view.token()));
    }
    return new BoardChanges(slots, tokens);
  }

  /// Whether somebody was called in since.
  public boolean isCall(List<SlotQueue> before) {
    Set<Instant> known =
        before.stream()
            .flatMap(queue -> queue.tokens().stream())
            .map(view -> view.token().serving().calledAt())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return tokens.stream()
        .map(token -> token.serving().calledAt())
        .anyMatch(called -> called != null && !known.contains(called));
  }

  public boolean areNone() {
    return slots.isEmpty() && tokens.isEmpty();
  }

  boolean concern(Slot slot) {
    return slots.contains(slot);
  }

  boolean concern(Token token) {
    return tokens.contains(token);
  }
}
