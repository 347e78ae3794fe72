package opd.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import opd.domain.Similar;

/// What somebody may have meant by a word that is not known. Never a word that takes something
/// away: who types what he is told to must not lose a patient's place by it.
final class Suggestions {
  static final Set<String> TAKE_AWAY =
      Set.of(
          "cancel",
          "no-show",
          "complete",
          "move",
          "next",
          "undo",
          "deactivate",
          "leave",
          "erase",
          "restore",
          "stop",
          "--remove",
          "--replace",
          "--displace",
          "--no-show",
          "--replace-passwords");

  private static final int MOST = 3;
  private static final int LEAST_LETTERS = 2;

  private Suggestions() {}

  static Optional<String> to(String word, Collection<String> known) {
    return Similar.to(word, harmless(known));
  }

  /// Those that begin with what was typed, or else the one that is but a slip away.
  static List<String> near(String word, Collection<String> known) {
    List<String> begun = harmless(known).stream().filter(each -> isBegun(each, word)).toList();
    return begun.isEmpty() || begun.size() > MOST ? to(word, known).stream().toList() : begun;
  }

  private static boolean isBegun(String word, String typed) {
    return typed.replace("-", "").length() >= LEAST_LETTERS && word.startsWith(typed);
  }

  private static List<String> harmless(Collection<String> words) {
    return words.stream().filter(word -> !TAKE_AWAY.contains(word)).toList();
  }
}
