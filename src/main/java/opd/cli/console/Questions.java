package opd.cli.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A person who can be asked.
public interface Questions {
  /// @param proposal what an empty answer means, shown in brackets; may be empty
  /// @param suggestions for what was typed so far
  /// @return the answer, trimmed, or empty when the person gave up
  Optional<String> ask(
      String question, String proposal, Function<String, List<Suggestion>> suggestions);

  void say(String line);
}
