package opd.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import opd.domain.RequestId;
import opd.service.AllocationRequest;
import opd.service.BatchLine;

/// The lines of one transaction.
final class Chunk {
  // Enough that what each transaction costs no longer counts; few enough that a desk does not wait
  // long for a slot that the list holds.
  private static final int MOST_LINES = 2_000;
  // Each change leaves a dead version of the slot's count, and the next one passes them all: with
  // more in one transaction the database becomes slow. 1,000 changes took 0.07 s, 20,000 took 19.5.
  private static final int MOST_LINES_A_PLACE = 500;

  /// A line of the chunk.
  sealed interface Line {}

  /// A line with the request that it makes.
  record Asked(long line, BatchLine request) implements Line {}

  record Malformed(IntakeResult.Invalid result) implements Line {}

  private final List<Line> lines = new ArrayList<>();
  private final Set<RequestId> ids = new HashSet<>();
  private final Map<AllocationRequest.Place, Integer> perPlace = new HashMap<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean isFull() {
    return lines.size() >= MOST_LINES;
  }

  /// Not for a line that repeats another's id, which must find that one's outcome stored.
  boolean hasRoomFor(Asked line) {
    return !ids.contains(line.request().id())
        && perPlace.getOrDefault(place(line), 0) < MOST_LINES_A_PLACE;
  }

  private static AllocationRequest.Place place(Asked line) {
    return line.request().request().place();
  }

  void add(Asked line) {
    lines.add(line);
    ids.add(line.request().id());
    perPlace.merge(place(line), 1, Integer::sum);
  }

  void add(IntakeResult.Invalid line) {
    lines.add(new Malformed(line));
  }

  /// In the order of the list.
  List<Line> lines() {
    return lines;
  }

  List<BatchLine> requests() {
    return lines.stream()
        .filter(Asked.class::isInstance)
        .map(line -> ((Asked) line).request())
        .toList();
  }

  List<IntakeResult.Invalid> malformed() {
    return lines.stream()
        .filter(Malformed.class::isInstance)
        .map(line -> ((Malformed) line).result())
        .toList();
  }
}
