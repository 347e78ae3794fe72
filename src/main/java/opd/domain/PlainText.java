package opd.domain;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that a person typed and that is shown to others: one line, trimmed, in composed form (NFC),
/// without what erases, reorders or hides characters on a screen. ZWNJ and ZWJ stay, as Indic names
/// need them. The database holds the same rule in `is_plain_text`.
public final class PlainText {
  private static final String HARMFUL_RANGES =
      "\\x{0}-\\x{1F}\\x{7F}-\\x{9F}\\x{61C}\\x{200B}\\x{200E}\\x{200F}\\x{2028}-\\x{202E}"
          + "\\x{2060}-\\x{206F}\\x{FEFF}\\x{FFF9}-\\x{FFFD}\\x{D800}-\\x{DFFF}"
          + "\\x{E0000}-\\x{E007F}";
  private static final Pattern HARMFUL = Pattern.compile("[" + HARMFUL_RANGES + "]");
  // Spaces, joiners, variation selectors, and letters that are drawn as nothing: the fillers of
  // Korean, the vowels of Khmer that nobody writes, an empty cell of Braille.
  private static final String INVISIBLE_RANGES =
      "\\x{A0}\\x{AD}\\x{34F}\\x{115F}\\x{1160}\\x{1680}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}"
          + "\\x{2000}-\\x{200D}\\x{202F}\\x{205F}\\x{2800}\\x{3000}\\x{3164}\\x{FE00}-\\x{FE0F}"
          + "\\x{FFA0}\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0100}-\\x{E01EF}";
  private static final Pattern VISIBLE = Pattern.compile("[^ " + INVISIBLE_RANGES + "]");
  // But for the joiners that Indic scripts write between their letters.
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?<![\\x{900}-\\x{DFF}])[\\x{200C}\\x{200D}]|["
              + HARMFUL_RANGES
              + INVISIBLE_RANGES
              + "&&[^\\x{200C}\\x{200D}]]");
  // Compiled only for an error, which no command at the desk should wait for.
  private static final String OTHER_DASH =
      "[\\x{2010}-\\x{2015}\\x{2212}\\x{FE58}\\x{FE63}\\x{FF0D}]";
  private static final int QUOTED_CHARACTERS = 40;

  private PlainText() {}

  /// The text, trimmed and composed.
  ///
  /// @param what the thing's name for the error message, such as "the name"
  /// @param most the longest it may be, in characters (code points)
  /// @throws OpdException INVALID_INPUT when it is empty, too long, shows nothing, or holds a
  ///   harmful character
  public static String of(String what, String value, int most) {
    String text = composed(value).strip();
    if (text.isEmpty()) {
      throw OpdException.invalid(what + " is empty");
    }
    int length = text.codePointCount(0, text.length());
    if (length > most) {
      throw OpdException.invalid(
          what + " has " + length + " characters; at most " + most + " are allowed");
    }
    var harmful = HARMFUL.matcher(text);
    if (harmful.find()) {
      throw OpdException.invalid(
          "%s holds the character U+%04X, which cannot be shown safely"
              .formatted(what, text.codePointAt(harmful.start())));
    }
    if (!VISIBLE.matcher(text).find()) {
      throw OpdException.invalid(what + " shows nothing: it consists of invisible characters only");
    }
    return text;
  }

  /// ASCII is composed as it is, and Java reads a table of all letters for any other text.
  private static String composed(String value) {
    for (int place = 0; place < value.length(); place++) {
      if (value.charAt(place) >= 0x80) {
        return Normalizer.normalize(value, Normalizer.Form.NFC);
      }
    }
    return value;
  }

  /// The value in quotes for an error message: shortened, every character that cannot be seen made
  /// visible, so that a fault of one can be found.
  public static String quote(String value) {
    boolean isLong = value.codePointCount(0, value.length()) > QUOTED_CHARACTERS;
    String shown =
        isLong ? value.substring(0, value.offsetByCodePoints(0, QUOTED_CHARACTERS)) + "…" : value;
    return '"' + revealed(shown) + '"';
  }

  /// The error for a text that is not what it should be: it names a dash that only looks like the
  /// hyphen of a keyboard, as documents and telephones make of one.
  ///
  /// @param what it should be, such as "a slot"
  /// @param hint where there is no such dash
  static OpdException isNot(String what, String text, String hint) {
    Matcher dash = Pattern.compile(OTHER_DASH).matcher(text);
    String message = quote(text) + " is not " + what;
    return dash.find()
        ? new OpdException(
            ErrorCode.INVALID_INPUT,
            message
                + ": the character U+%04X in it is no hyphen"
                    .formatted((int) text.charAt(dash.start())),
            "type it as " + quote(dash.replaceAll("-")))
        : new OpdException(ErrorCode.INVALID_INPUT, message, hint);
  }

  /// The text with every harmful character replaced by its code, as `<U+001B>`.
  public static String visible(String text) {
    return coded(HARMFUL, text);
  }

  /// The text with every character that cannot be seen replaced by its code, as `<U+00A0>`: in what
  /// is said of a fault.
  public static String revealed(String text) {
    return coded(UNSEEN, text);
  }

  private static String coded(Pattern characters, String text) {
    return characters
        .matcher(text)
        .replaceAll(match -> "<U+%04X>".formatted(match.group().codePointAt(0)));
  }
}
