package opd.output.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opd.output.RowPrinter;
import org.jspecify.annotations.Nullable;

/// Rows as RFC 4180 wants them, with a header.
///
/// A spreadsheet computes a cell that begins with `=`, also if it is the name of a patient, and can
/// be made to do harm by it; `+91…` loses its plus. An apostrophe before it makes it text. Lists
/// and rosters take it off again; so that they take off no other, one that is followed by such a
/// character, or by a digit, gets another one.
public final class CsvRows implements RowPrinter {
  private static final String FORMULA = "=+\\-@\\t\\r\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern DANGEROUS =
      Pattern.compile("^(?:[" + FORMULA + "]|'+[" + FORMULA + "0-9])");

  private final PrintWriter out;
  private final CsvWriter csv;
  private final List<String> columns;
  private boolean hasHeader;

  public CsvRows(PrintWriter out, List<String> columns) {
    this.out = out;
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(out);
    this.columns = columns;
  }

  @Override
  public void row(List<@Nullable Object> cells) {
    header();
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(text(cell));
    }
    csv.writeRecord(texts);
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case String text when DANGEROUS.matcher(text).find() -> "'" + text;
      default -> cell.toString();
    };
  }

  private void header() {
    if (!hasHeader) {
      csv.writeRecord(columns);
      hasHeader = true;
    }
  }

  @Override
  public void end() {
    header();
    out.flush();
  }
}
