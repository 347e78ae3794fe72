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

  private Suggestions() {}

  static Optional<String> to(String word, Collection<String> known) {
    return Similar.to(word, harmless(known));
  }

  static List<String> harmless(Collection<String> words) {
    return words.stream().filter(word -> !TAKE_AWAY.contains(word)).toList();
  }
}
