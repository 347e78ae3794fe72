package opd.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant: the known word that is fewest keystrokes away.
public final class Similar {
  private static final int MOST_EDITS = 2;

  private Similar() {}

  /// The nearest of the known words, if it is at most two insertions, deletions or replacements
  /// away and shares more than that with the text.
  public static Optional<String> to(String text, Collection<String> known) {
    String wanted = text.toUpperCase(Locale.ROOT);
    return known.stream()
        .filter(word -> distance(wanted, word.toUpperCase(Locale.ROOT)) <= allowed(wanted))
        .min(
            Comparator.comparingInt(
                (String word) -> distance(wanted, word.toUpperCase(Locale.ROOT))));
  }

  private static int allowed(String wanted) {
    return Math.min(MOST_EDITS, (wanted.length() - 1) / 2);
  }

  /// Levenshtein's distance, one row of the table at a time; two neighbours swapped count as one
  /// edit (Damerau).
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    int[] beforePrevious = previous;
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int shortest = Math.min(current[column - 1], previous[column]) + 1;
        current[column] = Math.min(shortest, previous[column - 1] + replaced);
        if (isSwapped(from, row, to, column)) {
          current[column] = Math.min(current[column], beforePrevious[column - 2] + 1);
        }
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[to.length()];
  }

  private static boolean isSwapped(String from, int row, String to, int column) {
    return row > 1
        && column > 1
        && from.charAt(row - 1) == to.charAt(column - 2)
        && from.charAt(row - 2) == to.charAt(column - 1);
  }
}
