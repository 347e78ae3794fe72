package opd.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import opd.domain.RequestId;
import opd.service.BatchLine;

/// The lines of one transaction.
final class Part {
  // A slot that all of them ask for gets as many versions of its rows in the transaction; more
  // would
  // slow the database down, fewer make more commits.
  private static final int MOST_LINES = 500;

  /// A line of the part.
  sealed interface Line {}

  /// A line with the request that it makes.
  record Asked(long line, BatchLine request) implements Line {}

  record Malformed(IntakeResult.Invalid result) implements Line {}

  private final List<Line> lines = new ArrayList<>();
  private final Set<RequestId> ids = new HashSet<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean isFull() {
    return lines.size() >= MOST_LINES;
  }

  /// Whether another line has the id; the second one must find the first one's outcome stored.
  boolean has(RequestId id) {
    return ids.contains(id);
  }

  void add(Asked line) {
    lines.add(line);
    ids.add(line.request().id());
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
