package opd.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/// A doctor's short code, as it stands in labels: `RAO`.
public record DoctorCode(String value) implements Comparable<DoctorCode> {
  private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9]{1,11}");

  /// @throws OpdException INVALID_INPUT when the code cannot be one
  public DoctorCode {
    if (!SHAPE.matcher(value).matches()) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the doctor code " + PlainText.quote(value) + " is not usable",
          "use a letter, then 1 to 11 letters or digits, such as RAO");
    }
  }

  /// As typed, in any case.
  public static DoctorCode parse(String text) {
    return new DoctorCode(text.strip().toUpperCase(Locale.ROOT));
  }

  @Override
  public int compareTo(DoctorCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
