package opd.cli.console;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// The commands on a line of a console.
public final class CommandLines {
  private static final String PROGRAM = "opd";
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("a", "allocate"),
          Map.entry("ar", "arrive"),
          Map.entry("c", "cancel"),
          Map.entry("d", "complete"),
          Map.entry("n", "next"),
          Map.entry("ns", "no-show"),
          Map.entry("p", "park"),
          Map.entry("q", "queue"),
          Map.entry("r", "reallocate"),
          Map.entry("u", "undo"),
          Map.entry("quit", "exit"));

  private CommandLines() {}

  /// The words of each command on the line. Examples can be pasted with their leading `opd`, and
  /// the first word may be an alias.
  ///
  /// @param knowsTokenNumbers see [LineScanner#scan(String, boolean)]
  /// @throws OpdException USAGE when a quote is not closed: nothing of the line may be run
  public static List<List<String>> of(String line, boolean knowsTokenNumbers) {
    LineScanner.Scanned scanned = LineScanner.scan(line, knowsTokenNumbers);
    if (scanned.isQuoteOpen()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "a quote " + scanned.openQuote() + " is not closed",
          "close it, or write \\" + scanned.openQuote() + " for the character itself");
    }
    return scanned.commands().stream()
        .map(words -> withoutProgram(words.stream().map(LineScanner.Word::text).toList()))
        .filter(words -> !words.isEmpty())
        .map(CommandLines::withoutAlias)
        .toList();
  }

  static List<String> withoutProgram(List<String> words) {
    return words.getFirst().equals(PROGRAM) ? words.subList(1, words.size()) : words;
  }

  static List<String> withoutAlias(List<String> words) {
    String first = words.getFirst();
    List<String> rest = words.subList(1, words.size());
    return Stream.concat(Stream.of(ALIASES.getOrDefault(first, first)), rest.stream()).toList();
  }
}
