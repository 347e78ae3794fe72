package opd.simulation.script;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import opd.decision.TokenView;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import opd.simulation.day.OutcomeText;

/// A slot in one line: who is to be seen when, in the order of the places shown, then everybody
/// else by number.
final class QueueText {
  private QueueText() {}

  static String of(SlotQueue queue, ZoneId zone) {
    Slot slot = queue.slot();
    String status = OutcomeText.status(slot);
    List<TokenView> active =
        queue.tokens().stream()
            .filter(view -> view.token().status() == TokenStatus.ACTIVE)
            .sorted(Comparator.comparingInt(QueueText::position))
            .toList();
    String seen =
        active.stream()
            .map(view -> who(queue, view) + " " + OutcomeText.time(view, zone))
            .collect(Collectors.joining(", "));
    String others =
        queue.tokens().stream()
            .filter(view -> view.token().status() != TokenStatus.ACTIVE)
            .map(view -> who(queue, view) + " " + view.token().status())
            .collect(Collectors.joining(", "));
    return "%s, %d of %d free: %s; %s"
        .formatted(status, slot.free(), slot.capacity(), orNobody(seen), orNobody(others));
  }

  private static int position(TokenView view) {
    Integer position = view.position();
    return position == null ? 0 : position;
  }

  private static String who(SlotQueue queue, TokenView view) {
    Patient patient = queue.people().patients().get(view.token().patientId());
    TokenLabel from = view.token().reallocatedFrom();
    return "%02d %s %s%s"
        .formatted(
            view.token().sequence(),
            patient == null ? "nobody known" : patient.shownName(),
            view.token().priority(),
            from == null ? "" : " from " + from);
  }

  private static String orNobody(String text) {
    return text.isEmpty() ? "nobody" : text;
  }
}
