package opd.intake;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
  private final Optional<LocalDate> day;

  /// @param inputs reads the short labels of the list
  /// @param batchId makes the requests of this list others than those of an equal one, or null
  /// @param day that the list is put on, whatever days it names; empty for those
  public Intake(
      FacilityServices desk,
      Inputs inputs,
      Actor actor,
      @Nullable String batchId,
      Optional<LocalDate> day) {
    this.desk = desk;
    this.inputs = inputs;
    this.actor = actor;
    this.batchId = batchId;
    this.day = day;
  }

  /// @param warnings told of each column that means nothing, on any thread
  /// @param results gets the lines' results, chunk by chunk once it is committed, in the order of
  ///   the list
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read;
  ///   DATABASE_UNAVAILABLE, DATABASE_BUSY or OUTCOME_UNKNOWN when the database gives out on the
  ///   way
  public void run(Source source, Consumer<String> warnings, Consumer<List<IntakeResult>> results) {
    LineIds ids = ids();
    try (var read =
            new PrefetchingIterator<>(
                "opd-read",
                new ReadLines(
                    source.lines(new ColumnNames(ListKind.ALLOCATIONS), warnings), reader()));
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
  /// @param warnings told of each column that means nothing
  /// @throws OpdException INVALID_INPUT when the list as a whole cannot be read
  public void check(
      Source source, Consumer<String> warnings, Consumer<List<IntakeResult>> malformed) {
    try {
      Iterator<RawLine> lines = source.lines(new ColumnNames(ListKind.ALLOCATIONS), warnings);
      Iterator<Chunk> chunks = new Chunker(new ReadLines(lines, reader()), ids());
      while (chunks.hasNext()) {
        malformed.accept(List.copyOf(chunks.next().malformed()));
      }
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
  }

  private LineReader reader() {
    return new LineReader(inputs, new PhoneNumbers(desk.settings().region()), day);
  }

  private LineIds ids() {
    return new LineIds(
        desk.today(),
        batchId,
        id -> desk.slots().show(new SlotReference.ById(id)).label(),
        desk::hmac);
  }
}
