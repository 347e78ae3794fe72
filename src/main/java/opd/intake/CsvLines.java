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
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// Reads CSV with a header line. The bytes pass the parser as they are, one character for each, and
/// become text field by field: so a field that is not UTF-8 spoils its own record only.
final class CsvLines implements Iterator<RawLine> {
  private final Iterator<CsvRecord> records;
  private final List<String> header;
  private boolean isBroken;
  private long lastLine = 1;
  private @Nullable RawLine following;

  /// @param warnings told of each column that means nothing here
  /// @throws OpdException INVALID_INPUT when there is no usable header line
  CsvLines(InputStream bytes, Consumer<String> warnings) {
    this.records =
        CsvReader.builder()
            .skipEmptyLines(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(bytes, StandardCharsets.ISO_8859_1)
            .iterator();
    this.header = header(warnings);
  }

  private List<String> header(Consumer<String> warnings) {
    try {
      if (!records.hasNext()) {
        throw OpdException.invalid("the list is empty: it has no header line");
      }
      List<String> names =
          records.next().getFields().stream()
              .map(name -> name.strip().toLowerCase(Locale.ROOT))
              .toList();
      Header.check(names, warnings);
      return names;
    } catch (CsvParseException e) {
      throw OpdException.invalid(
          "the header line cannot be read: " + PlainText.visible(message(e)));
    }
  }

  @Override
  public boolean hasNext() {
    if (following == null && !isBroken) {
      following = read();
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

  /// Null at the end. After a fault in the CSV itself nobody can tell where the next record begins.
  private @Nullable RawLine read() {
    try {
      return records.hasNext() ? line(records.next()) : null;
    } catch (CsvParseException e) {
      isBroken = true;
      return new RawLine.Broken(
          lastLine + 1, "from here on the list cannot be read: " + message(e));
    }
  }

  private RawLine line(CsvRecord csv) {
    long number = csv.getStartingLineNumber();
    lastLine = number;
    if (csv.getFieldCount() != header.size()) {
      return new RawLine.Broken(
          number,
          "%d fields where the header has %d".formatted(csv.getFieldCount(), header.size()));
    }
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < header.size(); index++) {
      Optional<String> text =
          Utf8.decode(csv.getField(index).getBytes(StandardCharsets.ISO_8859_1));
      if (text.isEmpty()) {
        return new RawLine.Broken(number, "column " + header.get(index) + " is not UTF-8");
      }
      if (!text.get().isBlank()) {
        values.put(header.get(index), text.get());
      }
    }
    return new RawLine.Fields(number, values);
  }

  private static String message(CsvParseException e) {
    return e.getMessage() == null ? "not CSV" : e.getMessage();
  }
}
