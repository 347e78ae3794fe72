package opd.service;

import java.time.Instant;
import opd.decision.NewEntry;
import opd.decision.TokenChange;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// Where a decision is carried out: at once and row by row in the database, or in memory for many
/// decisions of one transaction, which are then written together. What is decided is the same.
interface Ledger {
  /// A new ACTIVE token with the next number of the slot, which is locked.
  ///
  /// @param reallocated the displaced token of another slot that it makes good, or null
  Token take(
      Slot slot,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      @Nullable Token reallocated);

  /// Gives a token of a locked slot the status that the change leads to.
  Token reclassify(Token token, TokenChange change);

  void note(NewEntry entry);

  /// The time of the decisions on the slot.
  Instant time(Slot slot);

  /// Where the patient could go instead on that day: the doctor's first later open slot with a free
  /// place in which the patient holds no token. A hint that binds nobody, so nothing is locked for
  /// it.
  @Nullable Slot next(Slot slot, long patientId);
}
