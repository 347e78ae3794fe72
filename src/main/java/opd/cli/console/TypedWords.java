package opd.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Words of one command, each with what it stands for.
///
/// @param command the innermost command that was named
/// @param words those after its name
/// @param awaited what the next word must stand for as the value of the last option, or null
record TypedWords(Grammar command, List<Meaning> words, @Nullable ValueKind awaited) {
  private static final String OPTION = "-";
  private static final String LONG_OPTION = "--";

  /// @param kind null for an option's own name
  /// @param option the option that it is, or is the value of; or null
  record Meaning(String word, @Nullable ValueKind kind, Grammar.@Nullable Option option) {}

  /// @param words of the command, its name first
  static TypedWords of(Grammar root, List<String> words) {
    Grammar command = root;
    int named = 0;
    for (String word : words) {
      Optional<Grammar> below = command.command(word);
      if (below.isEmpty()) {
        break;
      }
      command = below.get();
      named++;
    }
    List<Meaning> meanings = new ArrayList<>();
    Grammar.Option open = null;
    for (String word : words.subList(named, words.size())) {
      if (open != null) {
        meanings.add(new Meaning(word, open.value(), open));
        open = null;
      } else if (word.startsWith(OPTION)) {
        int equals = word.startsWith(LONG_OPTION) ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Grammar.Option option = option(root, command, name);
        meanings.add(new Meaning(name, null, option));
        if (equals > 0 && option != null) {
          meanings.add(new Meaning(word.substring(equals + 1), option.value(), option));
        } else {
          open = option != null && option.value() != null ? option : null;
        }
      } else {
        meanings.add(new Meaning(word, command.argument(), null));
      }
    }
    return new TypedWords(command, meanings, open == null ? null : open.value());
  }

  private static Grammar.@Nullable Option option(Grammar root, Grammar command, String name) {
    return command.option(name).or(() -> root.option(name)).orElse(null);
  }

  /// Whether the option was given.
  boolean has(String name) {
    for (Meaning meaning : words) {
      Grammar.Option option = meaning.option();
      if (option != null && option.names().contains(name)) {
        return true;
      }
    }
    return false;
  }

  /// The value that was given to an option.
  Optional<String> value(String name) {
    for (Meaning meaning : words) {
      Grammar.Option option = meaning.option();
      if (meaning.kind() != null && option != null && option.names().contains(name)) {
        return Optional.of(meaning.word());
      }
    }
    return Optional.empty();
  }

  boolean hasArgument() {
    return words.stream().anyMatch(meaning -> meaning.option() == null && meaning.kind() != null);
  }
}
