package opd.intake;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Makes parts of the lines of a list.
final class Chunker implements Iterator<Chunk> {
  private final Iterator<List<IntakeLine>> lines;
  private final LineIds ids;
  private Iterator<IntakeLine> read = Collections.emptyIterator();
  // Would not go into the part before.
  private Chunk.@Nullable Asked left;

  Chunker(Iterator<List<IntakeLine>> lines, LineIds ids) {
    this.lines = lines;
    this.ids = ids;
  }

  @Override
  public boolean hasNext() {
    return left != null || hasLine();
  }

  private boolean hasLine() {
    while (!read.hasNext() && lines.hasNext()) {
      read = lines.next().iterator();
    }
    return read.hasNext();
  }

  @Override
  public Chunk next() {
    Chunk part = new Chunk();
    if (left != null) {
      part.add(left);
      left = null;
    }
    while (left == null && !part.isFull() && hasLine()) {
      add(part, read.next());
    }
    if (part.isEmpty()) {
      throw new NoSuchElementException();
    }
    return part;
  }

  private void add(Chunk part, IntakeLine line) {
    switch (line) {
      case IntakeLine.Malformed(long number, var field, OpdException error) ->
          part.add(new IntakeResult.Invalid(number, field, error));
      case IntakeLine.Parsed request -> {
        try {
          Chunk.Asked asked = new Chunk.Asked(request.line(), ids.identified(request));
          if (part.hasRoomFor(asked)) {
            part.add(asked);
          } else {
            left = asked;
          }
        } catch (OpdException e) {
          part.add(IntakeResult.Invalid.decided(request.line(), e));
        }
      }
    }
  }
}
