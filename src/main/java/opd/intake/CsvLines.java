package opd.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// Reads CSV with a header line. The bytes pass the parser as they are, one character for each, and
/// become text field by field: so a field that is not UTF-8 spoils its own record only.
final class CsvLines implements Iterator<RawLine> {
  private static final int MOST_TITLE_ROWS = 10;

  private final Iterator<CsvRecord> records;
  private final long linesBefore;
  private final UnknownColumns unknown;
  private final Header header;
  private boolean isBroken;
  private long lastLine = 1;
  private @Nullable RawLine following;

  /// @param linesBefore how many lines of the file stand before these bytes
  /// @throws OpdException INVALID_INPUT when there is no usable header line
  CsvLines(
      InputStream bytes,
      char separator,
      long linesBefore,
      ColumnNames names,
      UnknownColumns unknown) {
    this.records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .trimWhitespacesAroundQuotes(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(bytes, StandardCharsets.ISO_8859_1)
            .iterator();
    this.linesBefore = linesBefore;
    this.unknown = unknown;
    this.header = header(names);
  }

  private Header header(ColumnNames names) {
    try {
      CsvRecord first = firstRecord();
      List<String> cells = texts(first);
      if (!Header.isComplete(cells, names)) {
        throw noHeader(first, names);
      }
      return Header.of(cells, names, unknown);
    } catch (CsvParseException e) {
      throw OpdException.invalid("the header line cannot be read: " + message(e));
    }
  }

  private CsvRecord firstRecord() {
    while (records.hasNext()) {
      CsvRecord found = records.next();
      if (!isBlank(found)) {
        lastLine = number(found);
        return found;
      }
    }
    throw OpdException.invalid("the list is empty: it has no header line");
  }

  /// A title above the header is what people see first in their spreadsheet, and think nothing of.
  private OpdException noHeader(CsvRecord first, ColumnNames names) {
    List<String> cells = texts(first);
    for (int rows = 0; rows < MOST_TITLE_ROWS && records.hasNext(); rows++) {
      CsvRecord next = records.next();
      if (Header.isComplete(split(texts(next)), names)) {
        return new OpdException(
            ErrorCode.INVALID_INPUT,
            "row %d is no header: the columns are named in row %d"
                .formatted(number(first), number(next)),
            "delete what stands above row " + number(next));
      }
    }
    long filled = cells.stream().filter(cell -> !CellText.clean(cell).isEmpty()).count();
    OpdException incomplete = Header.incomplete(cells, names);
    return filled > 1
        ? incomplete
        : new OpdException(
            ErrorCode.INVALID_INPUT,
            "row %d is no header: %s".formatted(number(first), incomplete.getMessage()),
            incomplete.hint(),
            null);
  }

  /// A line below a title may have another separator than the title seemed to have.
  private static List<String> split(List<String> cells) {
    return cells.size() > 1 ? cells : List.of(cells.getFirst().split("[;,\t]", -1));
  }

  private static List<String> texts(CsvRecord csv) {
    return csv.getFields().stream()
        .map(field -> decoded(field).orElseGet(() -> field.replaceAll("[^ -~]", "?")))
        .toList();
  }

  private static Optional<String> decoded(String field) {
    return Utf8.decode(field.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isBlank(CsvRecord csv) {
    return csv.getFields().stream()
        .allMatch(field -> field.isEmpty() || CellText.clean(decoded(field).orElse("?")).isEmpty());
  }

  private long number(CsvRecord csv) {
    return csv.getStartingLineNumber() + linesBefore;
  }

  @Override
  public boolean hasNext() {
    try {
      while (following == null && !isBroken && records.hasNext()) {
        following = read();
      }
    } catch (CsvParseException e) {
      // Nobody can tell where the next record begins.
      isBroken = true;
      following =
          RawLine.Broken.at(lastLine + 1, "from here on the list cannot be read: " + message(e));
    }
    return following != null;
  }

  @Override
  public RawLine next() {
    if (!hasNext() || following == null) {
      throw new NoSuchElementException();
    }
    RawLine line = following;
    following = null;
    return line;
  }

  /// Null for a row of empty cells.
  private @Nullable RawLine read() {
    CsvRecord csv = records.next();
    lastLine = number(csv);
    return isBlank(csv) ? null : line(csv);
  }

  private RawLine line(CsvRecord csv) {
    int fields = csv.getFieldCount();
    if (fields < header.width() || hasMore(csv)) {
      return RawLine.Broken.at(
          lastLine, "%d fields where the header has %d".formatted(fields, header.width()));
    }
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < Math.min(fields, header.columns()); index++) {
      Optional<String> name = header.name(index);
      Optional<String> text = decoded(csv.getField(index));
      if (name.isPresent()) {
        if (text.isEmpty()) {
          return new RawLine.Broken(lastLine, name.get(), "column " + name.get() + " is not UTF-8");
        }
        String value = CellText.clean(text.get());
        if (!value.isEmpty()) {
          values.put(name.get(), value);
        }
      } else if (!header.isNamed(index) && !isBlank(text.orElse("?"))) {
        unknown.addNameless(index + 1);
      }
    }
    return new RawLine.Fields(lastLine, values);
  }

  /// Whether something stands beyond the header's last column.
  private boolean hasMore(CsvRecord csv) {
    for (int index = header.columns(); index < csv.getFieldCount(); index++) {
      if (!isBlank(decoded(csv.getField(index)).orElse("?"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(String text) {
    return CellText.clean(text).isEmpty();
  }

  /// The reader's words, which quote the character at fault.
  private static String message(CsvParseException e) {
    return e.getMessage() == null ? "not CSV" : PlainText.revealed(e.getMessage());
  }
}
