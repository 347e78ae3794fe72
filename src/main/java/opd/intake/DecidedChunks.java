package opd.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import opd.decision.Warning;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.UnidentifiedPatient;
import opd.service.BatchResult;
import opd.service.BatchService;

/// Decides the chunks of a list one after the other, and gives the results of each.
record DecidedChunks(Iterator<Chunk> chunks, BatchService batches, Actor actor)
    implements Iterator<List<IntakeResult>> {

  @Override
  public boolean hasNext() {
    return chunks.hasNext();
  }

  @Override
  public List<IntakeResult> next() {
    Chunk chunk = chunks.next();
    Iterator<BatchResult> decided =
        chunk.requests().isEmpty()
            ? Collections.emptyIterator()
            : ChunkInDoubt.decided(() -> batches.decide(actor, chunk.requests())).iterator();
    List<IntakeResult> results = new ArrayList<>();
    for (Chunk.Line line : chunk.lines()) {
      results.add(
          switch (line) {
            case Chunk.Malformed(IntakeResult.Invalid invalid) -> invalid;
            case Chunk.Asked(long number, var asked) ->
                result(number, decided.next(), warnings(asked.request().patient()));
          });
    }
    return results;
  }

  /// Of what was read, which is said and not stored.
  private static List<Warning> warnings(PatientReference patient) {
    Optional<PhoneNumber> phone =
        switch (patient) {
          case PatientKey key -> Optional.of(key.phone());
          case PatientReference.NextMember(var shared) -> Optional.of(shared);
          case UnidentifiedPatient _, PatientReference.Unknown _ -> Optional.empty();
        };
    return phone.filter(PhoneNumbers::isUnusual).isPresent()
        ? List.of(Warning.UNUSUAL_NUMBER)
        : List.of();
  }

  private static IntakeResult result(long line, BatchResult result, List<Warning> warnings) {
    return switch (result) {
      case BatchResult.Decided(var answer) -> new IntakeResult.Decided(line, answer, warnings);
      case BatchResult.Failed(OpdException error) -> IntakeResult.Invalid.decided(line, error);
    };
  }
}
