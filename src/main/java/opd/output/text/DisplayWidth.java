package opd.output.text;

import org.jline.utils.WCWidth;

/// How many columns of a terminal a text takes.
final class DisplayWidth {
  private DisplayWidth() {}

  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  /// The longest beginning of the text that fits, with an ellipsis when something is cut off.
  static String shorten(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int codePoint : text.codePoints().toArray()) {
      used += of(codePoint);
      if (used > columns - 1) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.append('…').toString();
  }

  /// None for marks that combine with the letter before them and for joiners, two for East Asian
  /// wide letters and most emoji, otherwise one. A flag is two of its letters, each half as wide.
  private static int of(int codePoint) {
    return WCWidth.isRegionalIndicator(codePoint) ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
  }
}
