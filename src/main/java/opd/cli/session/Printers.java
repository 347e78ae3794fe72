package opd.cli.session;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import opd.decision.Warning;
import opd.domain.OpdException;
import opd.output.BatchPrinter;
import opd.output.Listing;
import opd.output.Printer;
import opd.output.RosterPrinter;
import opd.output.RowPrinter;
import opd.output.csv.CsvRows;
import opd.output.json.JsonPrinter;
import opd.output.json.ListPrinter;
import opd.output.json.ResultRows;
import opd.output.json.RosterJson;
import opd.output.json.RosterRows;
import opd.output.text.BatchTable;
import opd.output.text.RosterTable;
import opd.output.text.Style;
import opd.output.text.TablePrinter;
import opd.output.text.TableRows;
import opd.output.text.ZoneText;
import org.jspecify.annotations.Nullable;

/// Chooses who prints what a command has to say: JSON, a table, or the rows of a list as CSV or
/// with columns of somebody's choice.
final class Printers {
  private final Surroundings surroundings;
  private final Supplier<Settings> settings;
  private final Supplier<ZoneId> zone;
  private final Set<Warning> inputWarnings;
  private Optional<List<String>> columns = Optional.empty();
  private @Nullable RowPrinter rows;

  /// @param settings asked when something is printed, as is the zone
  /// @param zone for people's eyes
  /// @param inputWarnings those of the command's own words, which JSON repeats
  Printers(
      Surroundings surroundings,
      Supplier<Settings> settings,
      Supplier<ZoneId> zone,
      Set<Warning> inputWarnings) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.zone = zone;
    this.inputWarnings = inputWarnings;
  }

  /// Notes what the command lists, before anything is done.
  ///
  /// @throws OpdException USAGE when columns are asked for that it does not have
  void lists(Optional<Listing> listing) {
    Settings wanted = settings.get();
    boolean isChosen = wanted.columns().isPresent();
    if (listing.isEmpty() && (isChosen || wanted.isCsvByOption())) {
      throw CommandContext.usage(
          "this command lists nothing: it has no " + (isChosen ? "columns" : "rows for -o csv"));
    }
    if (isChosen && wanted.isJson()) {
      throw CommandContext.usage("--columns chooses those of tables and CSV, and JSON has none");
    }
    columns = listing.map(list -> wanted.columns().map(list::chosen).orElse(list.columns()));
  }

  Printer answers() {
    if (settings.get().isJson()) {
      return new JsonPrinter(surroundings.out(), surroundings.err(), inputWarnings);
    }
    Printer table =
        new TablePrinter(
            surroundings.out(),
            surroundings.err(),
            surroundings.widths(),
            style(),
            new ZoneText(zone));
    return rows()
        .<Printer>map(rows -> new ListPrinter(columns.orElseThrow(), rows, table))
        .orElse(table);
  }

  BatchPrinter batch() {
    return settings.get().isJson()
        ? new JsonPrinter(surroundings.out(), surroundings.err())
        : rows()
            .<BatchPrinter>map(rows -> new ResultRows(columns.orElseThrow(), rows))
            .orElseGet(() -> new BatchTable(surroundings.out(), style()));
  }

  RosterPrinter roster(boolean isDryRun) {
    return settings.get().isJson()
        ? new RosterJson(surroundings.out(), isDryRun)
        : rows()
            .<RosterPrinter>map(rows -> new RosterRows(columns.orElseThrow(), rows, isDryRun))
            .orElseGet(() -> new RosterTable(surroundings.out(), style(), isDryRun));
  }

  /// Where the rows of a list go that is asked for as CSV, or with columns of somebody's choice.
  private Optional<RowPrinter> rows() {
    boolean isCsv = settings.get().isCsv();
    if (rows == null && columns.isPresent() && (isCsv || settings.get().columns().isPresent())) {
      List<String> names = columns.get();
      rows =
          isCsv
              ? new CsvRows(surroundings.out(), names)
              : new TableRows(
                  surroundings.out(),
                  surroundings.width(),
                  style(),
                  () -> new ZoneText(zone.get()),
                  names);
    }
    return Optional.ofNullable(rows);
  }

  private Style style() {
    return new Style(settings.get().useColor(surroundings.isTerminal()));
  }
}
