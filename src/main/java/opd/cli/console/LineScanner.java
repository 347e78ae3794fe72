package opd.cli.console;

import java.util.ArrayList;
import java.util.List;

/// Takes a line apart as a shell would: words between blanks, `'…'` literally, `"…"` with `\`
/// before `"` and `\`, a backslash before any other character, `;` between commands, and a comment
/// from a `#` at a word's beginning to the end of the line.
public final class LineScanner {
  private static final char NONE = 0;

  /// @param start where it begins in the line, quotes included
  public record Word(String text, int start) {}

  /// @param commands each with at least one word
  /// @param unfinished the words of the command that the line's end belongs to; empty after a `;`
  /// @param endsInWord whether the line's end still belongs to the last of them
  /// @param openQuote the quote that was never closed, or 0
  /// @param goesOn whether the line ends with a backslash and so goes on with the next
  /// @param inComment whether the line ends in a comment
  public record Scanned(
      List<List<Word>> commands,
      List<Word> unfinished,
      boolean endsInWord,
      char openQuote,
      boolean goesOn,
      boolean inComment) {

    public boolean isQuoteOpen() {
      return openQuote != NONE;
    }
  }

  private final String line;
  private final boolean knowsTokenNumbers;
  private final List<List<Word>> commands = new ArrayList<>();
  private List<Word> command = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart = -1;
  private char quote = NONE;
  private int at;

  private LineScanner(String line, boolean knowsTokenNumbers) {
    this.line = line;
    this.knowsTokenNumbers = knowsTokenNumbers;
  }

  /// @param knowsTokenNumbers whether `#3` after a command's name is a word and no comment, as at a
  ///   prompt, where it names a token
  public static Scanned scan(String line, boolean knowsTokenNumbers) {
    return new LineScanner(line, knowsTokenNumbers).run();
  }

  private Scanned run() {
    boolean goesOn = false;
    boolean inComment = false;
    for (; at < line.length() && !goesOn && !inComment; at++) {
      char next = line.charAt(at);
      if (quote != NONE) {
        quoted(next);
      } else if (next == '\\') {
        goesOn = at + 1 == line.length();
        if (!goesOn) {
          at++;
          append(line.charAt(at), at - 1);
        }
      } else if (next == '\'' || next == '"') {
        begin(at);
        quote = next;
      } else if (next == ';') {
        endCommand();
      } else if (Character.isWhitespace(next)) {
        endWord();
      } else if (next == '#' && wordStart < 0 && !isTokenNumber()) {
        inComment = true;
      } else {
        append(next, at);
      }
    }
    boolean endsInWord = wordStart >= 0;
    char open = quote;
    endWord();
    List<Word> unfinished = List.copyOf(command);
    endCommand();
    return new Scanned(commands, unfinished, endsInWord, open, goesOn, inComment);
  }

  private void quoted(char next) {
    if (next == quote) {
      quote = NONE;
    } else if (next == '\\' && quote == '"' && isEscape(at + 1)) {
      at++;
      word.append(line.charAt(at));
    } else {
      word.append(next);
    }
  }

  private boolean isEscape(int index) {
    return index < line.length() && (line.charAt(index) == '"' || line.charAt(index) == '\\');
  }

  private boolean isTokenNumber() {
    int end = at + 1;
    while (end < line.length() && Character.isDigit(line.charAt(end))) {
      end++;
    }
    boolean hasDigits = end > at + 1;
    boolean endsThere =
        end == line.length() || Character.isWhitespace(line.charAt(end)) || line.charAt(end) == ';';
    return knowsTokenNumbers && !command.isEmpty() && hasDigits && endsThere;
  }

  private void append(char character, int start) {
    begin(start);
    word.append(character);
  }

  private void begin(int start) {
    if (wordStart < 0) {
      wordStart = start;
    }
  }

  private void endWord() {
    if (wordStart >= 0) {
      command.add(new Word(word.toString(), wordStart));
      word.setLength(0);
      wordStart = -1;
    }
  }

  private void endCommand() {
    endWord();
    if (!command.isEmpty()) {
      commands.add(command);
      command = new ArrayList<>();
    }
  }
}
