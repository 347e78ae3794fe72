package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenPriority;
import org.junit.jupiter.api.Test;

/// Every state of a slot with one to four places, every order of arrival, every claim: not samples
/// but all of them. Wrong rules run through the same checker and must be caught.
final class EveryStateTest {
  private static final int MOST_PLACES = 4;
  private static final long NEW_PATIENT = 1_000;

  /// Something that decides as the rule does, or should.
  private interface Decider extends BiFunction<SlotBook, Claim, Decision> {}

  private record World(SlotStatus status, int capacity, List<Token> active, Claim claim) {
    List<String> complaints(Decider decider) {
      Decision decision = decider.apply(Words.book(status, capacity, active), claim);
      return FiveRules.complaints(status, capacity, active, claim, decision);
    }
  }

  @Test
  void everyDecisionKeepsTheFiveRules() {
    for (World world : everyWorld()) {
      assertThat(world.complaints(AllocationRule::decide)).as(world.toString()).isEmpty();
    }
  }

  /// For a slot with c places: each of the 3^k orders of k priorities, k from 0 to c; four
  /// statuses; a claim of three priorities by a new patient or one of the k who sit there.
  @Test
  void noWorldIsLeftOut() {
    long expected = 0;
    for (int places = 1; places <= MOST_PLACES; places++) {
      for (int tokens = 0; tokens <= places; tokens++) {
        expected += (long) Math.pow(3, tokens) * 4 * 3 * (tokens + 1);
      }
    }
    assertThat(expected).isEqualTo(8_760);
    assertThat(everyWorld()).doesNotHaveDuplicates().hasSize((int) expected);
  }

  @Test
  void theOrderInWhichTheTokensWereReadDecidesNothing() {
    for (World world : everyWorld()) {
      List<Token> reversed = world.active().reversed();
      List<Token> rotated = new ArrayList<>(world.active());
      Collections.rotate(rotated, 1);
      assertThat(List.of(reversed, rotated))
          .allSatisfy(order -> assertThat(decide(world, order)).isEqualTo(decide(world)));
    }
  }

  @Test
  void aSlotWithoutPlacesDoesNotExist() {
    for (SlotStatus status : SlotStatus.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Words.book(status, 0, List.of()))
          .withMessage("a slot has at least 1 place, not 0");
    }
  }

  @Test
  void displacingTheEarliestIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) -> {
              var byArrival = Comparator.comparingInt(Token::sequence);
              return withVictim(
                  slot, claim, slot.active().stream().min(lowestFirst().thenComparing(byArrival)));
            }))
        .containsExactly("rule 5: somebody who came later kept the place");
  }

  @Test
  void rankingByTheOrderOfDeclarationIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) -> {
              Comparator<Token> declared = Comparator.comparing(Token::priority);
              return withVictim(slot, claim, slot.active().stream().min(declared));
            }))
        .contains(
            "rule 2: somebody with a lower priority kept the place",
            "rule 2: displaced by a claim that is not higher");
  }

  @Test
  void anEmergencyThatSparesEmergenciesIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) -> {
              Decision decision = AllocationRule.decide(slot, claim);
              return decision instanceof Decision.Displace(var victim, var _)
                      && victim.priority() == TokenPriority.EMERGENCY
                  ? new Decision.Reject(Refusal.SLOT_FULL, null)
                  : decision;
            }))
        .containsExactly("rule 3: an emergency was refused");
  }

  @Test
  void onePlaceTooManyIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) ->
                AllocationRule.decide(
                    Words.book(slot.status(), slot.slot().capacity() + 1, slot.active()), claim)))
        .containsExactly("rule 1: more tokens than places");
  }

  @Test
  void onePlaceTooFewIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) -> {
              boolean isLastPlace = slot.active().size() == slot.slot().capacity() - 1;
              return AllocationRule.decide(slot, claim) instanceof Decision.Admit && isLastPlace
                  ? new Decision.Reject(Refusal.SLOT_FULL, null)
                  : AllocationRule.decide(slot, claim);
            }))
        .contains("rule 1: refused although a place was free");
  }

  @Test
  void anEqualPriorityThatDisplacesIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) -> {
              Decision decision = AllocationRule.decide(slot, claim);
              boolean isRefused = decision.equals(new Decision.Reject(Refusal.SLOT_FULL, null));
              return isRefused && slot.candidates().getFirst().priority() == claim.priority()
                  ? new Decision.Displace(slot.candidates().getFirst(), Rule.HIGHER_PRIORITY)
                  : decision;
            }))
        .containsExactly("rule 2: displaced by a claim that is not higher");
  }

  @Test
  void aPlaceInAClosedSlotIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) ->
                AllocationRule.decide(
                    Words.book(SlotStatus.SCHEDULED, slot.slot().capacity(), slot.active()),
                    claim)))
        .containsExactly("a closed slot takes nobody");
  }

  @Test
  void aSecondPlaceForTheSamePatientIsCaught() {
    assertThat(
            complaintsAbout((slot, claim) ->
                AllocationRule.decide(slot, Words.claim(NEW_PATIENT, claim.priority()))))
        .containsExactly("one place for one patient");
  }

  private static Comparator<Token> lowestFirst() {
    return Comparator.comparingInt(token -> token.priority().rank());
  }

  /// The rule with another victim.
  private static Decision withVictim(SlotBook slot, Claim claim, Optional<Token> victim) {
    Decision decision = AllocationRule.decide(slot, claim);
    return decision instanceof Decision.Displace(var _, var rule)
        ? new Decision.Displace(victim.orElseThrow(), rule)
        : decision;
  }

  private static Set<String> complaintsAbout(Decider wrong) {
    Set<String> complaints = new LinkedHashSet<>();
    everyWorld().forEach(world -> complaints.addAll(world.complaints(wrong)));
    return complaints;
  }

  private static Decision decide(World world) {
    return decide(world, world.active());
  }

  private static Decision decide(World world, List<Token> order) {
    return AllocationRule.decide(
        Words.book(world.status(), world.capacity(), order), world.claim());
  }

  private static List<World> everyWorld() {
    List<World> worlds = new ArrayList<>();
    for (int places = 1; places <= MOST_PLACES; places++) {
      addWorlds(worlds, places, List.of());
    }
    return worlds;
  }

  private static void addWorlds(List<World> worlds, int places, List<Token> arrived) {
    for (SlotStatus status : SlotStatus.values()) {
      for (TokenPriority priority : TokenPriority.values()) {
        worlds.add(new World(status, places, arrived, Words.claim(NEW_PATIENT, priority)));
        arrived.forEach(token ->
            worlds.add(
                new World(status, places, arrived, Words.claim(token.patientId(), priority))));
      }
    }
    if (arrived.size() < places) {
      for (TokenPriority next : TokenPriority.values()) {
        List<Token> more = new ArrayList<>(arrived);
        more.add(Words.token(arrived.size() + 1, next));
        addWorlds(worlds, places, List.copyOf(more));
      }
    }
  }
}
