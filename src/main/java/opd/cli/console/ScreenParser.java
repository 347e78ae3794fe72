package opd.cli.console;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Tells the line editor where words begin and when a line goes on.
final class ScreenParser implements Parser {
  private static final String PLAIN = "[\\p{L}\\p{M}\\p{N}+=_.:,@/-]+";

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    LineScanner.Scanned scanned = LineScanner.scan(line.substring(0, cursor), true);
    if (context == ParseContext.ACCEPT_LINE && LineScanner.scan(line, true).goesOn()) {
      throw new EOFError(-1, -1, "the line goes on");
    }
    List<LineScanner.Word> words = scanned.unfinished();
    return scanned.endsInWord()
        ? new Cursor(line, cursor, words.getLast().text(), words.getLast().start())
        : new Cursor(line, cursor, "", cursor);
  }

  /// The word that ends at the cursor.
  ///
  /// @param start where it begins in the line, its quotes included
  private record Cursor(String line, int cursor, String word, int start)
      implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      String text = candidate.toString();
      if (!complete && text.startsWith(word)) {
        // What stands there already, however it was quoted: the line editor counts by it what to
        // take out of the line.
        return line.substring(start, cursor) + text.substring(word.length());
      }
      return text.matches(PLAIN) ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public int rawWordCursor() {
      return cursor - start;
    }

    @Override
    public int rawWordLength() {
      return cursor - start;
    }
  }
}
