package opd.domain;

import java.util.regex.Pattern;

/// A telephone number in E.164 form, `+919876543210`. It identifies a patient, so it is not printed
/// by accident: [#toString()] shows the last two digits only.
///
/// @param e164 a plus sign, then 5 to 15 digits
public record PhoneNumber(String e164) implements PhoneReference {
  private static final Pattern SHAPE = Pattern.compile("\\+[1-9][0-9]{4,14}");

  /// @throws OpdException INVALID_INPUT when it is not in E.164 form
  public PhoneNumber {
    if (!SHAPE.matcher(e164).matches()) {
      throw OpdException.invalid("a phone number has a plus sign and 5 to 15 digits");
    }
  }

  @Override
  public String toString() {
    return "…" + e164.substring(e164.length() - 2);
  }
}
