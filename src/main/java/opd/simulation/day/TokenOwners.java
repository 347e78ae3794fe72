package opd.simulation.day;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import opd.decision.Outcome;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What the staff of the simulated hospital know: which patient holds which token. Used by one
/// thread at a time.
final class TokenOwners {
  private final Map<TokenLabel, Visit> byToken = new HashMap<>();
  private final Map<SlotLabel, Set<Visit>> bySlot = new HashMap<>();

  void admitted(Visit visit, Outcome.Admitted admitted) {
    hold(visit, admitted.token().token());
  }

  private void hold(Visit visit, Token placed) {
    TokenLabel token = placed.label();
    visit.take(placed);
    byToken.put(token, visit);
    bySlot.computeIfAbsent(token.slot(), slot -> new LinkedHashSet<>()).add(visit);
  }

  /// The patient lost the place with its slot, and has another at once.
  void moved(Token placed) {
    TokenLabel lost = Objects.requireNonNull(placed.reallocatedFrom());
    Visit visit = holderOf(lost);
    if (visit != null) {
      visit.lose();
      hold(visit, placed);
    }
  }

  /// Null for who was never given the token, or has another one by now.
  @Nullable Visit holderOf(TokenLabel label) {
    Visit visit = byToken.get(label);
    return visit != null && visit.holds(label) ? visit : null;
  }

  /// The staff learn what became of the token.
  void changed(Token token) {
    Visit visit = holderOf(token.label());
    if (visit != null) {
      visit.status = token.status();
    }
  }

  /// Who was displaced from the slot and has no other place: first who would get one first.
  List<Visit> owed(SlotLabel slot) {
    return bySlot.getOrDefault(slot, Set.of()).stream()
        .filter(visit -> visit.token != null && visit.token.slot().equals(slot))
        .filter(visit -> visit.status == TokenStatus.DISPLACED)
        .sorted(
            Comparator.comparingInt((Visit visit) -> -visit.priority.rank())
                .thenComparingInt(Visit::number))
        .toList();
  }

  /// The patients with an ACTIVE token in the slot.
  List<Visit> expected(SlotLabel slot) {
    return bySlot.getOrDefault(slot, Set.of()).stream()
        .filter(Visit::isActive)
        .filter(visit -> visit.token != null && visit.token.slot().equals(slot))
        .toList();
  }
}
