package opd.intake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The lines of a list, understood, some at a time: handed from thread to thread one by one they
/// would cost more than to read them.
record ReadLines(Iterator<RawLine> lines, LineReader reader) implements Iterator<List<IntakeLine>> {
  private static final int LINES_AT_ONCE = 200;

  @Override
  public boolean hasNext() {
    return lines.hasNext();
  }

  @Override
  public List<IntakeLine> next() {
    List<IntakeLine> read = new ArrayList<>();
    while (read.size() < LINES_AT_ONCE && lines.hasNext()) {
      read.add(reader.read(lines.next()));
    }
    return read;
  }
}
