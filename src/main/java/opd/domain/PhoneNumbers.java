package opd.domain;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/// Reads telephone numbers as people type them.
///
/// @param region ISO 3166 code of the country that numbers without a plus sign belong to
public record PhoneNumbers(String region) {
  // Far above any real number with its punctuation; keeps the parser from chewing on a novel.
  private static final int MOST_CHARACTERS = 40;

  /// The number in E.164 form. A number is taken if it is possible, that is of a right length, not
  /// only if it is known to be assigned: numbering plans change faster than programs.
  ///
  /// @throws OpdException INVALID_INPUT when it cannot be a number
  public PhoneNumber parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw impossible(text);
    }
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    try {
      var number = util.parse(text, region);
      if (!util.isPossibleNumber(number) || number.hasExtension()) {
        throw impossible(text);
      }
      return new PhoneNumber(util.format(number, PhoneNumberFormat.E164));
    } catch (NumberParseException e) {
      throw impossible(text);
    }
  }

  /// The first characters in E.164 form of the numbers that begin as typed, or empty when no number
  /// does.
  public Optional<String> prefix(String typed) {
    String digits = typed.replaceAll("[ ()./-]", "");
    if (digits.matches("\\+[0-9]{0,15}")) {
      return Optional.of(digits);
    }
    int country = PhoneNumberUtil.getInstance().getCountryCodeForRegion(region);
    return digits.matches("[0-9]{1,15}")
        ? Optional.of("+" + country + digits.replaceFirst("^0+", ""))
        : Optional.empty();
  }

  private OpdException impossible(String text) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(text) + " cannot be a phone number",
        "give it with its country code, such as +919876543210, or as it is dialled within "
            + region);
  }
}
