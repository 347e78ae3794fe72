package opd.simulation.auditor;

import java.util.EnumSet;
import java.util.Set;
import opd.decision.Outcome;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// Tells by a wrong answer which rule is broken.
final class Suspicion {
  private Suspicion() {}

  static Set<Aspect> of(Foretold foretold, Outcome outcome) {
    Set<Aspect> broken = EnumSet.of(Aspect.ANSWER);
    switch (outcome) {
      case Outcome.Admitted admitted -> compare(foretold, admitted, broken);
      case Outcome.Rejected _ -> {
        if (foretold.token() != null) {
          broken.add(whyAdmitted(foretold));
        }
      }
      default -> {}
    }
    return broken;
  }

  private static Aspect whyAdmitted(Foretold foretold) {
    if (foretold.aspects().contains(Aspect.EMERGENCY)) {
      return Aspect.EMERGENCY;
    }
    return foretold.displaced() == null ? Aspect.CAPACITY : Aspect.HIGHER_PRIORITY;
  }

  private static void compare(Foretold foretold, Outcome.Admitted admitted, Set<Aspect> broken) {
    TokenLabel given = admitted.token().token().label();
    @Nullable TokenLabel displaced =
        admitted.displaced() == null ? null : admitted.displaced().token().label();
    TokenLabel expected = foretold.token();
    if (expected == null) {
      broken.add(displaced == null ? Aspect.CAPACITY : Aspect.HIGHER_PRIORITY);
      return;
    }
    if (expected.slot().equals(given.slot()) && expected.sequence() != given.sequence()) {
      broken.add(Aspect.NUMBERS);
    }
    boolean isElsewhere = !expected.slot().equals(given.slot());
    if (isElsewhere && displaced == null) {
      // A slot that was full took the patient, or one with a place did not.
      broken.add(Aspect.CAPACITY);
    } else if (foretold.displaced() == null && displaced != null) {
      broken.add(Aspect.HIGHER_PRIORITY);
    } else if (foretold.displaced() != null && displaced == null) {
      broken.add(Aspect.CAPACITY);
    } else if (foretold.displaced() != null && !foretold.displaced().equals(displaced)) {
      broken.add(Aspect.TIE_BREAK);
    } else if (foretold.displaced() != null) {
      // The right tokens by the wrong rule.
      broken.add(whyAdmitted(foretold));
    }
  }
}
