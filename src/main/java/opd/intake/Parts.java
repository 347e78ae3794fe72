package opd.intake;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Makes parts of the lines of a list.
final class Parts implements Iterator<Part> {
  private final Iterator<List<IntakeLine>> lines;
  private final LineIds ids;
  private Iterator<IntakeLine> read = Collections.emptyIterator();
  // Would not go into the part before.
  private Part.@Nullable Asked left;

  Parts(Iterator<List<IntakeLine>> lines, LineIds ids) {
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
  public Part next() {
    Part part = new Part();
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

  private void add(Part part, IntakeLine line) {
    switch (line) {
      case IntakeLine.Malformed(long number, OpdException error) ->
          part.add(new IntakeResult.Invalid(number, error));
      case IntakeLine.Wish wish -> {
        try {
          Part.Asked asked = new Part.Asked(wish.line(), ids.identified(wish));
          if (part.hasRoomFor(asked)) {
            part.add(asked);
          } else {
            left = asked;
          }
        } catch (OpdException e) {
          part.add(new IntakeResult.Invalid(wish.line(), e));
        }
      }
    }
  }
}
