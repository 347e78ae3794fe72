package opd.verify;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;

/// The tables beside the log. Each is read in the order of its rows' chains, compared byte by byte.
public interface Tables {
  /// The one row of the facility; none when only a slot is looked at.
  Iterator<Rows.FacilityRow> facility();

  Iterator<Rows.DoctorRow> doctors();

  Iterator<Rows.PatientRow> patients();

  Iterator<Rows.SlotRow> slots();

  Iterator<Rows.TokenRow> tokens();

  /// The id of a slot that an entry of another slot mentions. The replay of its own chain shows
  /// whether the row is right.
  Optional<Long> slotId(SlotLabel label);

  /// When the slot begins, which never changes.
  Optional<Instant> start(SlotLabel label);

  /// The latest end that the log ever gave the slot.
  Optional<Instant> latestEnd(SlotLabel label);

  /// A token that an entry of another slot mentions, as it is now.
  Optional<Token> token(TokenLabel label);
}
