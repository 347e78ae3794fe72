package opd.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refers to a patient whose phone number nobody knows: `U-7`. It means that patient until somebody
/// finds the number out, and nobody afterwards.
///
/// @param id of the patient
public record UnidentifiedPatient(long id) implements PhoneReference, PatientReference {
  private static final Pattern TYPED = Pattern.compile("\\s*[uU]-([0-9]{1,18})\\s*");

  /// The reference, or empty for any other text.
  public static Optional<UnidentifiedPatient> parse(String text) {
    Matcher matcher = TYPED.matcher(text);
    return matcher.matches()
        ? Optional.of(new UnidentifiedPatient(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "U-" + id;
  }
}
