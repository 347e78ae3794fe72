package opd.cli;

import java.util.List;
import java.util.Map;
import opd.testing.HostileText;
import org.jspecify.annotations.Nullable;

/// A command line that a person or a program may well get wrong.
///
/// @param kind what is wrong with it
/// @param words the command with its arguments
/// @param variables added to the environment
/// @param input standard input
/// @param isJson whether results are to be JSON
/// @param mayChange whether the command, had it been right, would change anything
/// @param text a text that would be stored, or null
record WrongLine(
    String kind,
    List<String> words,
    Map<String, String> variables,
    byte[] input,
    boolean isJson,
    boolean mayChange,
    @Nullable Stored text) {

  /// @param value as typed
  record Stored(HostileText kind, String value) {}

  boolean isList() {
    return words.contains("--from");
  }

  boolean isScript() {
    return words.getFirst().equals("console");
  }

  boolean isDryRun() {
    return words.contains("--dry-run");
  }

  /// Beginning with the kind, every character visible.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind).append(isJson ? " -o json" : "");
    variables.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    words.forEach(word ->
        text.append(" [")
            .append(word.length() > 120 ? word.substring(0, 120) + "…" : word)
            .append(']'));
    return Visible.of(text.toString());
  }
}
