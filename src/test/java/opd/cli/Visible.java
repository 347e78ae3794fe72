package opd.cli;

import java.util.OptionalInt;

/// Which characters a screen may be given; by the Unicode tables of the JDK, not by the program's
/// own.
final class Visible {
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  private Visible() {}

  /// The first character that erases, moves, reorders or hides something where it is shown.
  static OptionalInt firstHarmful(String text) {
    return text.codePoints().filter(Visible::isHarmful).findFirst();
  }

  /// The text with the code of each of these instead.
  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(character -> {
          if (isHarmful(character) || character == '\n') {
            shown.append("<").append(Integer.toHexString(character)).append('>');
          } else {
            shown.appendCodePoint(character);
          }
        });
    return shown.toString();
  }

  private static boolean isHarmful(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\n';
      case Character.FORMAT -> character != NON_JOINER && character != JOINER;
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
