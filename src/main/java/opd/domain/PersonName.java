package opd.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A person's name as it was typed: 1 to 200 characters of plain text.
public record PersonName(String value) {
  public static final int MOST_CHARACTERS = 200;

  // Accents of Latin, Greek and Cyrillic only: the marks of Indic scripts are vowels.
  private static final Pattern ACCENTS_AND_SPACES = Pattern.compile("[\\x{300}-\\x{36F}\\s]");

  /// @throws OpdException INVALID_INPUT when it is empty, too long or not plain text
  public PersonName {
    value = PlainText.of("the name", value, MOST_CHARACTERS);
  }

  /// Whether both are the same name, leaving case, spaces and accents aside.
  public boolean sameAs(PersonName other) {
    return comparable().equals(other.comparable());
  }

  private String comparable() {
    String decomposed = Normalizer.normalize(value, Normalizer.Form.NFKD);
    String bare = ACCENTS_AND_SPACES.matcher(decomposed).replaceAll("");
    return bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
