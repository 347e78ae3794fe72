package opd.intake;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import opd.domain.Actor;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.service.FacilityServices;
import opd.service.RosterAnswer;
import opd.service.RosterEntry;
import org.jspecify.annotations.Nullable;

/// Takes in a roster: its lines open slots in their order, many in one transaction, each all of its
/// own or none. What is there just so is left alone, so that a roster that was broken off anywhere
/// is continued by taking it again.
public final class Roster {
  /// Enough for the year of a hospital, and few enough to be held in memory.
  static final int MOST_LINES = 20_000;

  // Desks wait for a doctor whose slots are opened.
  private static final int MOST_SLOTS_AT_ONCE = 1_000;

  private final FacilityServices desk;
  private final RosterReader reader;
  private final Actor actor;

  /// A line, with its entry or with what is wrong.
  private record Line(
      RosterResult.@Nullable Invalid invalid, long number, @Nullable RosterEntry entry) {
    private int slots() {
      return entry == null ? 0 : entry.slots();
    }
  }

  /// @param inputs reads the times of the roster
  public Roster(FacilityServices desk, Inputs inputs, Actor actor) {
    this.desk = desk;
    this.reader = new RosterReader(inputs);
    this.actor = actor;
  }

  /// @param warnings told of each column that means nothing
  /// @param results gets the lines' results, chunk by chunk once it is committed, in the order of
  ///   the roster
  /// @throws OpdException INVALID_INPUT when the roster as a whole cannot be read;
  ///   DATABASE_UNAVAILABLE, DATABASE_BUSY or OUTCOME_UNKNOWN when the database gives out on the
  ///   way
  public void open(Source source, Consumer<String> warnings, Consumer<List<RosterResult>> results) {
    List<Line> chunk = new ArrayList<>();
    int slots = 0;
    for (Line line : lines(source, warnings)) {
      if (slots + line.slots() > MOST_SLOTS_AT_ONCE) {
        results.accept(decided(chunk, false));
        chunk.clear();
        slots = 0;
      }
      chunk.add(line);
      slots += line.slots();
    }
    results.accept(decided(chunk, false));
  }

  /// What [#open] would do now; nothing stays.
  public void dryRun(
      Source source, Consumer<String> warnings, Consumer<List<RosterResult>> results) {
    results.accept(decided(lines(source, warnings), true));
  }

  private List<Line> lines(Source source, Consumer<String> warnings) {
    List<Line> lines = new ArrayList<>();
    try {
      Iterator<RawLine> read = source.lines(new ColumnNames(ListKind.ROSTER), warnings);
      while (read.hasNext()) {
        if (lines.size() == MOST_LINES) {
          throw new OpdException(
              ErrorCode.INVALID_INPUT,
              "a roster holds at most " + MOST_LINES + " lines",
              "give it as several lists, or use days, from and to");
        }
        lines.add(line(read.next()));
      }
    } catch (UncheckedIOException e) {
      throw source.unreadable(e);
    }
    return lines;
  }

  private Line line(RawLine raw) {
    return switch (raw) {
      case RawLine.Broken(long number, var field, var reason) ->
          invalid(number, field, OpdException.invalid(reason));
      case RawLine.Fields(long number, var values) -> {
        LineFields fields = new LineFields(values);
        try {
          yield new Line(
              null, number, new RosterEntry(RequestId.random(), reader.sessions(fields)));
        } catch (OpdException e) {
          yield invalid(number, fields.last(), e);
        }
      }
    };
  }

  private static Line invalid(long number, @Nullable String field, OpdException error) {
    return new Line(new RosterResult.Invalid(number, field, error), number, null);
  }

  private List<RosterResult> decided(List<Line> lines, boolean isDryRun) {
    List<RosterEntry> entries = new ArrayList<>();
    for (Line line : lines) {
      if (line.entry() != null) {
        entries.add(line.entry());
      }
    }
    Iterator<RosterAnswer> answers =
        entries.isEmpty()
            ? List.<RosterAnswer>of().iterator()
            : (isDryRun
                    ? desk.rosters().dryRun(actor, entries)
                    : ChunkInDoubt.decided(() -> desk.rosters().open(actor, entries)))
                .iterator();
    List<RosterResult> results = new ArrayList<>();
    for (Line line : lines) {
      RosterEntry entry = line.entry();
      RosterResult.Invalid invalid = line.invalid();
      if (entry != null) {
        results.add(result(line.number(), entry, answers.next()));
      } else if (invalid != null) {
        results.add(invalid);
      }
    }
    return results;
  }

  private static RosterResult result(long line, RosterEntry entry, RosterAnswer answer) {
    return switch (answer) {
      case RosterAnswer.Failed(var error) -> new RosterResult.Invalid(line, field(error), error);
      case RosterAnswer.Done(var slots, int opened) ->
          opened == 0
              ? new RosterResult.Exists(line, slots)
              : new RosterResult.Opened(line, slots, opened, entry.id());
    };
  }

  private static @Nullable String field(OpdException error) {
    return switch (error.code()) {
      case DOCTOR_NOT_FOUND, DOCTOR_INACTIVE -> Columns.DOCTOR;
      case SLOT_OVERLAPS -> Columns.START;
      default -> null;
    };
  }
}
