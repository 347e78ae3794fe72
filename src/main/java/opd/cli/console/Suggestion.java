package opd.cli.console;

/// A word that could be typed.
///
/// @param description what a person needs to choose by, or empty
/// @param isWhole whether the word is finished, so that a blank can follow
public record Suggestion(String word, String description, boolean isWhole) {
  Suggestion(String word, String description) {
    this(word, description, true);
  }
}
