package opd.decision;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.TokenStatus;

/// What happens to a patient who holds a place. The token's status stays.
public enum ServingChange {
  /// The patient is here.
  ARRIVE,
  /// The patient is called in.
  CALL,
  /// The patient goes away for a test or a payment.
  PARK,
  /// The patient is back.
  RETURN;

  /// The command that asks for it.
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The change of that name, if it is one.
  public static Optional<ServingChange> named(String name) {
    return Arrays.stream(values()).filter(change -> change.name().equals(name)).findFirst();
  }

  /// Why it is refused, or empty where the token is ACTIVE.
  ///
  /// @param isReallocated whether the token has a successor in another slot
  public Optional<Refusal> refusal(TokenStatus present, boolean isReallocated) {
    return TokenChange.COMPLETE.refusal(present, isReallocated);
  }
}
