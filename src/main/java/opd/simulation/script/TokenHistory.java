package opd.simulation.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import opd.simulation.day.Findings;

/// Remembers every token that was ever seen: none may vanish or become another patient's, and a
/// final status stays.
final class TokenHistory {
  private final Map<TokenLabel, Token> seen = new LinkedHashMap<>();

  void look(List<SlotQueue> queues, Findings findings) {
    Map<TokenLabel, Token> present = new LinkedHashMap<>();
    queues.stream()
        .flatMap(queue -> queue.tokens().stream())
        .forEach(view -> present.put(view.token().label(), view.token().withSuccessor(null)));
    List<String> lost = new ArrayList<>();
    List<String> altered = new ArrayList<>();
    List<String> reopened = new ArrayList<>();
    seen.forEach((label, before) -> {
      Token now = present.get(label);
      if (now == null) {
        lost.add(label + " is gone");
      } else if (!now.withStatus(before.status()).withSuccessor(null).equals(before)) {
        altered.add(label + " was " + text(before) + " and is " + text(now));
      } else if (isFinal(before.status()) && now.status() != before.status()) {
        reopened.add(label + " was " + before.status() + " and is " + now.status());
      }
    });
    findings.expectNone("no token that was ever given has vanished", lost);
    findings.expectNone("no token changed its patient, its priority or its source", altered);
    findings.expectNone("what was cancelled, missed or completed stayed so", reopened);
    seen.putAll(present);
  }

  private static String text(Token token) {
    return "%s of patient %d (%s)".formatted(token.priority(), token.patientId(), token.source());
  }

  private static boolean isFinal(TokenStatus status) {
    return switch (status) {
      case ACTIVE, DISPLACED -> false;
      case CANCELLED, NO_SHOW, COMPLETED -> true;
    };
  }
}
