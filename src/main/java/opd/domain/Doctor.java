package opd.domain;

import org.jspecify.annotations.Nullable;

/// A doctor. One who is not active takes no new slots; the open ones go on.
public record Doctor(
    DoctorCode code, PersonName name, @Nullable String specialization, boolean active) {

  /// @throws OpdException INVALID_INPUT when the specialization is given but is not plain text
  public Doctor {
    if (specialization != null) {
      specialization = PlainText.of("the specialization", specialization, 200);
    }
  }
}
