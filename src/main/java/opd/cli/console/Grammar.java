package opd.cli.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be typed: a command with its options, its argument and the commands below it. The root
/// has no name.
///
/// @param argument what its first word that is no option stands for, or null when it takes none
public record Grammar(
    String name,
    String description,
    List<Grammar> commands,
    List<Option> options,
    @Nullable ValueKind argument) {

  /// @param names such as `-o` and `--output`, the longest last
  /// @param value what the word after it stands for, or null when it takes none
  public record Option(List<String> names, String description, @Nullable ValueKind value) {
    String name() {
      return names.getLast();
    }
  }

  Optional<Grammar> command(String word) {
    return commands.stream().filter(command -> command.name.equals(word)).findFirst();
  }

  Optional<Option> option(String word) {
    return options.stream().filter(option -> option.names.contains(word)).findFirst();
  }

  /// The words that name the command, this one's own left out; empty when it is not below this one.
  List<String> path(Grammar wanted) {
    for (Grammar command : commands) {
      if (command.equals(wanted)) {
        return List.of(command.name);
      }
      List<String> below = command.path(wanted);
      if (!below.isEmpty()) {
        return Stream.concat(Stream.of(command.name), below.stream()).toList();
      }
    }
    return List.of();
  }
}
