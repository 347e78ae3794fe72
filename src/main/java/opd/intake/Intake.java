package opd.intake;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import opd.domain.Actor;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneNumbers;
import opd.domain.RequestId;
import opd.domain.SlotReference;
import opd.service.BatchLine;
import opd.service.BatchResult;
import opd.service.Desk;
import org.jspecify.annotations.Nullable;

/// Takes in a list: its lines are decided in their order, many in one transaction, and each gives
/// one result. A run that was broken off anywhere is continued by running it again.
public final class Intake {
  private static final int LINES_AT_ONCE = 500;

  private final Desk desk;
  private final Actor actor;
  private final @Nullable String batchId;
  private final Consumer<String> warnings;

  /// @param batchId makes the requests of this list others than those of an equal one, or null
  public Intake(Desk desk, Actor actor, @Nullable String batchId, Consumer<String> warnings) {
    this.desk = desk;
    this.actor = actor;
    this.batchId = batchId;
    this.warnings = warnings;
  }

  /// @param results gets each line's result once it is committed, in the order of the list
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read;
  ///   DATABASE_UNAVAILABLE, DATABASE_BUSY or OUTCOME_UNKNOWN when the database gives out on the
  ///   way
  public Tally run(Source source, Consumer<IntakeResult> results) {
    Tally tally = new Tally();
    Consumer<IntakeResult> counted =
        result -> {
          tally.count(result);
          results.accept(result);
        };
    try (LineReader reader = reader()) {
      Iterator<RawLine> lines = source.lines(warnings);
      Part part = new Part();
      while (lines.hasNext()) {
        IntakeLine line = reader.read(lines.next());
        if (!part.hasRoomFor(line)) {
          decide(part, counted);
          part = new Part();
        }
        part.add(line);
      }
      decide(part, counted);
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
    return tally;
  }

  /// The malformed lines of a list; nothing is decided.
  ///
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read
  public Tally check(Source source, Consumer<IntakeResult> malformed) {
    Tally tally = new Tally();
    try (LineReader reader = reader()) {
      Iterator<RawLine> lines = source.lines(warnings);
      while (lines.hasNext()) {
        if (reader.read(lines.next()) instanceof IntakeLine.Malformed(long line, var error)) {
          IntakeResult result = new IntakeResult.Invalid(line, error);
          tally.count(result);
          malformed.accept(result);
        }
      }
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
    return tally;
  }

  private LineReader reader() {
    Inputs inputs = new Inputs(desk.now());
    return new LineReader(
        inputs, new PhoneNumbers(desk.settings().region()), batchId, this::canonical);
  }

  private SlotReference canonical(SlotReference slot) {
    return switch (slot) {
      case SlotReference.ByLabel label -> label;
      case SlotReference.ById id -> new SlotReference.ByLabel(desk.slots().show(id).label());
    };
  }

  private void decide(Part part, Consumer<IntakeResult> results) {
    Iterator<BatchResult> decided =
        part.requests().isEmpty()
            ? List.<BatchResult>of().iterator()
            : desk.batches().decide(actor, part.requests()).iterator();
    for (IntakeLine line : part.lines) {
      results.accept(
          switch (line) {
            case IntakeLine.Malformed(long number, OpdException error) ->
                new IntakeResult.Invalid(number, error);
            case IntakeLine.Wish wish -> result(wish, decided.next());
          });
    }
  }

  private static IntakeResult result(IntakeLine.Wish wish, BatchResult result) {
    return switch (result) {
      case BatchResult.Decided(var answer) -> new IntakeResult.Decided(wish.line(), answer);
      case BatchResult.Failed(OpdException error) -> new IntakeResult.Invalid(wish.line(), error);
    };
  }

  /// The lines of one transaction.
  private static final class Part {
    private final List<IntakeLine> lines = new ArrayList<>();
    private final Set<RequestId> ids = new HashSet<>();

    /// A line that repeats the id of another must find that one's outcome stored.
    boolean hasRoomFor(IntakeLine line) {
      boolean isRepeated =
          line instanceof IntakeLine.Wish wish && ids.contains(wish.request().id());
      return lines.size() < LINES_AT_ONCE && !isRepeated;
    }

    void add(IntakeLine line) {
      lines.add(line);
      if (line instanceof IntakeLine.Wish wish) {
        ids.add(wish.request().id());
      }
    }

    List<BatchLine> requests() {
      return lines.stream()
          .filter(IntakeLine.Wish.class::isInstance)
          .map(line -> ((IntakeLine.Wish) line).request())
          .toList();
    }
  }
}
