package opd.domain;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads telephone numbers as people type them: digits of any script, a plus sign before them, and
/// the punctuation of phone numbers. Nothing else: whoever guesses what a letter, an extension or a
/// spreadsheet's decimals were meant to be reaches a stranger.
///
/// @param region ISO 3166 code of the country that numbers without a plus sign belong to
public record PhoneNumbers(String region) {
  // Far above any real number with its punctuation; keeps the parser from chewing on a novel.
  private static final int MOST_CHARACTERS = 40;

  // Spaces, hyphens and dashes, full stops, slashes, parentheses and brackets, tildes; the last
  // range but one is invisible, and comes along when a number is copied from a page.
  private static final String PUNCTUATION =
      "\\s\\x{A0}\\x{202F}\\x{2000}-\\x{200A}\\x{3000}"
          + "\\-\\x{2010}-\\x{2015}\\x{2212}\\x{30FC}\\x{FE63}\\x{FF0D}"
          + ".\\x{FF0E}\\x{B7}/\\x{FF0F}()\\x{FF08}\\x{FF09}\\[\\]\\x{FF3B}\\x{FF3D}~\\x{2053}\\x{FF5E}"
          + "\\x{AD}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}\\x{2066}-\\x{2069}\\x{FEFF}";
  private static final Pattern ALL_PUNCTUATION = Pattern.compile("[" + PUNCTUATION + "]");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final Pattern STRANGE = Pattern.compile("[^0-9+]");
  // What a spreadsheet makes of a number: decimals, or powers of ten with few digits left.
  private static final Pattern DECIMALS = Pattern.compile("\\+?[0-9]{5,}[.,]([0-9]{1,2}|0{1,6})");
  private static final Pattern POWER = Pattern.compile("[0-9]+([.,][0-9]+)?[eE][+\\-]?[0-9]{1,2}");

  private static final List<PhoneNumberType> USUAL =
      List.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE);

  /// The number in E.164 form. A number is taken if it is possible, that is of a right length, not
  /// only if it is known to be assigned: numbering plans change faster than programs.
  ///
  /// @throws OpdException INVALID_INPUT when it cannot be a number
  public PhoneNumber parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw notANumber(text, "it has more than " + MOST_CHARACTERS + " characters");
    }
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    try {
      Phonenumber.PhoneNumber number = util.parse(dialled(text), region);
      if (util.isPossibleNumber(number)) {
        return new PhoneNumber(util.format(number, PhoneNumberFormat.E164));
      }
    } catch (NumberParseException e) {
      // Said below.
    }
    throw notANumber(text, "it has too few or too many digits");
  }

  /// A number, or the reference of somebody whose number nobody knows.
  ///
  /// @throws OpdException INVALID_INPUT when it is neither
  public PhoneReference reference(String text) {
    Optional<UnidentifiedPatient> unidentified = UnidentifiedPatient.parse(text);
    return unidentified.isPresent() ? unidentified.get() : parse(text);
  }

  /// Whether it is of a length that neither a mobile nor a fixed line of its region has, area code
  /// included: mostly a digit too many or too few.
  public static boolean isUnusual(PhoneReference reference) {
    return switch (reference) {
      case UnidentifiedPatient _ -> false;
      case PhoneNumber(String e164) -> {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
          var number = util.parse(e164, null);
          // One that begins with the zero of home is read as another one.
          yield !util.format(number, PhoneNumberFormat.E164).equals(e164)
              || USUAL.stream()
                  .noneMatch(type ->
                      util.isPossibleNumberForTypeWithReason(number, type)
                          == ValidationResult.IS_POSSIBLE);
        } catch (NumberParseException e) {
          yield true;
        }
      }
    };
  }

  /// Plus sign and digits alone.
  private String dialled(String text) {
    String digits = asciiDigits(text.strip());
    if (POWER.matcher(digits).matches() || DECIMALS.matcher(digits).matches()) {
      throw notANumber(
          text, "a spreadsheet has made a sum of it; format its column as text, and type it again");
    }
    // One of the dashes is a letter elsewhere.
    String dialled = ALL_PUNCTUATION.matcher(digits).replaceAll("");
    if (LETTER.matcher(dialled).find()) {
      throw notANumber(text, "it holds letters");
    }
    var strange = STRANGE.matcher(dialled);
    if (strange.find()) {
      throw notANumber(text, "it holds " + PlainText.quote(strange.group()));
    }
    if (dialled.lastIndexOf('+') > 0) {
      throw notANumber(text, "a plus sign stands before all digits only");
    }
    return dialled;
  }

  /// Digits of any script as those that everybody dials.
  private static String asciiDigits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .map(each -> Character.isDigit(each) ? '0' + Character.digit(each, 10) : each)
        .map(each -> each == '\uFF0B' ? '+' : each)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /// The digits alone, of any script, where the text is a number or a part of one; else empty.
  public Optional<String> digits(String typed) {
    String bare = ALL_PUNCTUATION.matcher(asciiDigits(typed)).replaceAll("");
    return bare.matches("\\+?[0-9]+") ? Optional.of(bare.replace("+", "")) : Optional.empty();
  }

  /// The first characters in E.164 form of the numbers that begin as typed, or empty when no number
  /// does.
  public Optional<String> prefix(String typed) {
    return prefixes(typed).stream().findFirst();
  }

  /// All that the beginning of a number may mean: as it is dialled within the region first, then
  /// with the country's code but without its plus sign.
  public List<String> prefixes(String typed) {
    String digits = ALL_PUNCTUATION.matcher(asciiDigits(typed)).replaceAll("");
    if (digits.matches("\\+[0-9]{0,15}")) {
      return List.of(digits);
    }
    if (!digits.matches("[0-9]{1,17}")) {
      return List.of();
    }
    if (digits.startsWith("00")) {
      return List.of("+" + digits.substring(2));
    }
    String country =
        Integer.toString(PhoneNumberUtil.getInstance().getCountryCodeForRegion(region));
    List<String> prefixes = new ArrayList<>();
    prefixes.add("+" + country + digits.replaceFirst("^0+", ""));
    if (digits.startsWith(country)) {
      prefixes.add("+" + digits);
    }
    return prefixes;
  }

  private OpdException notANumber(String text, String why) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(text) + " cannot be a phone number: " + why,
        "give it with its country code, such as +919876543210, or as it is dialled within "
            + region);
  }
}
