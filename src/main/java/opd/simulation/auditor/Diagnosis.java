package opd.simulation.auditor;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import opd.decision.Outcome;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// Tells by a wrong answer which rule is broken.
final class Diagnosis {
  private Diagnosis() {}

  static Set<Invariant> of(Prediction foretold, Outcome outcome) {
    Set<Invariant> broken = EnumSet.of(Invariant.ANSWER);
    switch (outcome) {
      case Outcome.Admitted admitted -> compare(foretold, admitted, broken);
      case Outcome.Rejected _ -> {
        if (foretold.token() != null) {
          broken.add(whyAdmitted(foretold));
        }
      }
      case Outcome.Served served -> {
        TokenLabel called = served.token() == null ? null : served.token().token().label();
        if (!Objects.equals(called, foretold.token())) {
          broken.add(Invariant.CALL);
        }
      }
      case Outcome.SlotChanged _ -> {
        // The capacity is what was asked for: the wrong patients have lost their places.
        if (foretold.aspects().contains(Invariant.TIE_BREAK)) {
          broken.add(Invariant.TIE_BREAK);
        }
      }
      default -> {}
    }
    return broken;
  }

  private static Invariant whyAdmitted(Prediction foretold) {
    if (foretold.aspects().contains(Invariant.EMERGENCY)) {
      return Invariant.EMERGENCY;
    }
    return foretold.displaced() == null ? Invariant.CAPACITY : Invariant.HIGHER_PRIORITY;
  }

  private static void compare(
      Prediction foretold, Outcome.Admitted admitted, Set<Invariant> broken) {
    TokenLabel given = admitted.token().token().label();
    @Nullable TokenLabel displaced =
        admitted.displaced() == null ? null : admitted.displaced().token().label();
    TokenLabel expected = foretold.token();
    if (expected == null) {
      broken.add(displaced == null ? Invariant.CAPACITY : Invariant.HIGHER_PRIORITY);
      return;
    }
    if (expected.slot().equals(given.slot()) && expected.sequence() != given.sequence()) {
      broken.add(Invariant.NUMBERS);
    }
    boolean isElsewhere = !expected.slot().equals(given.slot());
    if (isElsewhere && displaced == null) {
      // Nobody made room, or a slot that was full took the patient, or one with a place did not.
      broken.add(whyAdmitted(foretold));
    } else if (foretold.displaced() == null && displaced != null) {
      broken.add(Invariant.HIGHER_PRIORITY);
    } else if (foretold.displaced() != null && displaced == null) {
      broken.add(Invariant.CAPACITY);
    } else if (foretold.displaced() != null && !foretold.displaced().equals(displaced)) {
      broken.add(Invariant.TIE_BREAK);
    } else if (foretold.displaced() != null) {
      // The right tokens by the wrong rule.
      broken.add(whyAdmitted(foretold));
    }
  }
}
