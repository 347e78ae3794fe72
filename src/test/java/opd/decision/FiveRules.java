package opd.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenPriority;

/// The five rules as a list of complaints about one decision, written a second time: no comparator,
/// rank or order of the rule itself is used. Together they leave exactly one decision without a
/// complaint.
final class FiveRules {
  private final SlotStatus status;
  private final int capacity;
  private final List<Token> active;
  private final Claim claim;
  private final List<String> complaints = new ArrayList<>();

  private FiveRules(SlotStatus status, int capacity, List<Token> active, Claim claim) {
    this.status = status;
    this.capacity = capacity;
    this.active = active;
    this.claim = claim;
  }

  static List<String> complaints(
      SlotStatus status, int capacity, List<Token> active, Claim claim, Decision decision) {
    FiveRules rules = new FiveRules(status, capacity, active, claim);
    rules.check(decision);
    return rules.complaints;
  }

  private void check(Decision decision) {
    Optional<Token> own =
        active.stream().filter(token -> token.patientId() == claim.patientId()).findFirst();
    if (status == SlotStatus.CANCELLED || status == SlotStatus.COMPLETED) {
      require(
          decision.equals(new Decision.Reject(Refusal.SLOT_CLOSED, null)),
          "a closed slot takes nobody");
    } else if (own.isPresent()) {
      require(
          decision.equals(new Decision.Reject(Refusal.DUPLICATE_TOKEN, own.get())),
          "one place for one patient");
    } else {
      switch (decision) {
        case Decision.Admit() ->
            require(active.size() + 1 <= capacity, "rule 1: more tokens than places");
        case Decision.Displace(var victim, var rule) -> checkDisplacement(victim, rule);
        case Decision.Reject reject -> checkRefusal(reject);
      }
    }
  }

  private void checkDisplacement(Token victim, Rule rule) {
    require(active.size() >= capacity, "rule 1: displaced somebody although a place was free");
    require(active.contains(victim), "rule 4: displaced a token that holds no place");
    boolean isEmergency = claim.priority() == TokenPriority.EMERGENCY;
    boolean isHigher = weight(claim.priority()) > weight(victim.priority());
    require(isHigher || isEmergency, "rule 2: displaced by a claim that is not higher");
    require(rule == (isEmergency ? Rule.EMERGENCY : Rule.HIGHER_PRIORITY), "the wrong rule named");
    for (Token other : active) {
      require(
          weight(other.priority()) >= weight(victim.priority()),
          "rule 2: somebody with a lower priority kept the place");
      require(
          other.priority() != victim.priority() || other.sequence() <= victim.sequence(),
          "rule 5: somebody who came later kept the place");
    }
  }

  private void checkRefusal(Decision.Reject reject) {
    require(
        reject.equals(new Decision.Reject(Refusal.SLOT_FULL, null))
            && reject.rule() == Rule.CAPACITY,
        "a refusal without a reason");
    require(active.size() >= capacity, "rule 1: refused although a place was free");
    require(claim.priority() != TokenPriority.EMERGENCY, "rule 3: an emergency was refused");
    for (Token token : active) {
      require(
          weight(token.priority()) >= weight(claim.priority()),
          "rule 2: refused although a lower priority holds a place");
    }
  }

  private static int weight(TokenPriority priority) {
    return switch (priority) {
      case FOLLOW_UP -> 10;
      case PAID -> 20;
      case EMERGENCY -> 30;
    };
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      complaints.add(complaint);
    }
  }
}
