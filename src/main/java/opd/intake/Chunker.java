package opd.intake;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Makes chunks of the lines of a list.
final class Chunker implements Iterator<Chunk> {
  private final Iterator<List<IntakeLine>> lines;
  private final LineIds ids;
  private Iterator<IntakeLine> read = Collections.emptyIterator();
  // Would not go into the chunk before.
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
    Chunk chunk = new Chunk();
    if (left != null) {
      chunk.add(left);
      left = null;
    }
    while (left == null && !chunk.isFull() && hasLine()) {
      add(chunk, read.next());
    }
    if (chunk.isEmpty()) {
      throw new NoSuchElementException();
    }
    return chunk;
  }

  private void add(Chunk chunk, IntakeLine line) {
    switch (line) {
      case IntakeLine.Malformed(long number, var field, OpdException error) ->
          chunk.add(new IntakeResult.Invalid(number, field, error));
      case IntakeLine.Parsed request -> {
        try {
          Chunk.Asked asked = new Chunk.Asked(request.line(), ids.identified(request));
          if (chunk.hasRoomFor(asked)) {
            chunk.add(asked);
          } else {
            left = asked;
          }
        } catch (OpdException e) {
          chunk.add(IntakeResult.Invalid.decided(request.line(), e));
        }
      }
    }
  }
}
