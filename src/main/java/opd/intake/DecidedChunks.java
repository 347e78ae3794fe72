package opd.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.service.BatchResult;
import opd.service.BatchService;

/// Decides the parts of a list one after the other, and gives the results of each.
record DecidedChunks(Iterator<Chunk> parts, BatchService batches, Actor actor)
    implements Iterator<List<IntakeResult>> {

  @Override
  public boolean hasNext() {
    return parts.hasNext();
  }

  @Override
  public List<IntakeResult> next() {
    Chunk part = parts.next();
    Iterator<BatchResult> decided =
        part.requests().isEmpty()
            ? Collections.emptyIterator()
            : batches.decide(actor, part.requests()).iterator();
    List<IntakeResult> results = new ArrayList<>();
    for (Chunk.Line line : part.lines()) {
      results.add(
          switch (line) {
            case Chunk.Malformed(IntakeResult.Invalid invalid) -> invalid;
            case Chunk.Asked(long number, var _) -> result(number, decided.next());
          });
    }
    return results;
  }

  private static IntakeResult result(long line, BatchResult result) {
    return switch (result) {
      case BatchResult.Decided(var answer) -> new IntakeResult.Decided(line, answer);
      case BatchResult.Failed(OpdException error) -> IntakeResult.Invalid.decided(line, error);
    };
  }
}
