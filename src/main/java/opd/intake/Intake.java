package opd.intake;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import opd.domain.Actor;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PhoneNumbers;
import opd.domain.SlotReference;
import opd.service.FacilityServices;
import org.jspecify.annotations.Nullable;

/// Takes in a list: its lines are decided in their order, many in one transaction, and each gives
/// one result. A run that was broken off anywhere is continued by running it again. Reading,
/// deciding and what becomes of the results go on at the same time, each on a thread of its own.
public final class Intake {
  private final FacilityServices desk;
  private final Inputs inputs;
  private final Actor actor;
  private final @Nullable String batchId;
  private final Consumer<String> warnings;

  /// @param inputs reads the short labels of the list
  /// @param batchId makes the requests of this list others than those of an equal one, or null
  /// @param warnings told of what is odd about the list, on any thread
  public Intake(
      FacilityServices desk,
      Inputs inputs,
      Actor actor,
      @Nullable String batchId,
      Consumer<String> warnings) {
    this.desk = desk;
    this.inputs = inputs;
    this.actor = actor;
    this.batchId = batchId;
    this.warnings = warnings;
  }

  /// @param results gets the lines' results, part by part once it is committed, in the order of the
  ///   list
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read;
  ///   DATABASE_UNAVAILABLE, DATABASE_BUSY or OUTCOME_UNKNOWN when the database gives out on the
  ///   way
  public void run(Source source, Consumer<List<IntakeResult>> results) {
    LineIds ids = ids();
    try (var read =
            new PrefetchingIterator<>("opd-read", new ReadLines(source.lines(warnings), reader()));
        var decided =
            new PrefetchingIterator<>(
                "opd-decide", new DecidedChunks(new Chunker(read, ids), desk.batches(), actor))) {
      while (decided.hasNext()) {
        results.accept(decided.next());
      }
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
  }

  /// The malformed lines of a list; nothing is decided.
  ///
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read
  public void check(Source source, Consumer<List<IntakeResult>> malformed) {
    try {
      Iterator<Chunk> parts = new Chunker(new ReadLines(source.lines(warnings), reader()), ids());
      while (parts.hasNext()) {
        malformed.accept(List.copyOf(parts.next().malformed()));
      }
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
  }

  private LineReader reader() {
    return new LineReader(inputs, new PhoneNumbers(desk.settings().region()));
  }

  private LineIds ids() {
    return new LineIds(
        desk.today(),
        batchId,
        id -> desk.slots().show(new SlotReference.ById(id)).label(),
        desk::hmac);
  }
}
