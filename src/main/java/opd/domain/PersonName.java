package opd.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A person's name as it was typed: 1 to 200 characters of plain text.
public record PersonName(String value) {
  public static final int MOST_CHARACTERS = 200;

  // Accents of Latin, Greek and Cyrillic only: the marks of Indic scripts are vowels. Apostrophes
  // that Unicode calls letters, and joiners that only choose a letter's shape.
  private static final Pattern LEFT_ASIDE =
      Pattern.compile(
          "[\\x{300}-\\x{36F}\\s\\p{Z}\\p{P}\\p{S}\\p{Cf}\\x{2B9}-\\x{2BF}\\x{2C8}\\x{2CA}\\x{2CB}]");

  /// @throws OpdException INVALID_INPUT when it is empty, too long or not plain text
  public PersonName {
    value = PlainText.of("the name", value, MOST_CHARACTERS);
  }

  /// Whether both are the same name, leaving case, accents, spaces and punctuation aside.
  public boolean sameAs(PersonName other) {
    return comparable().equals(other.comparable());
  }

  /// What all spellings of the name have in common.
  public String comparable() {
    return comparable(value);
  }

  /// The same of any text, such as one that may hold a name.
  public static String comparable(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String bare = LEFT_ASIDE.matcher(decomposed).replaceAll("");
    // A name of punctuation alone is itself, and not equal to all others of that kind.
    return (bare.isEmpty() ? text : bare).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
