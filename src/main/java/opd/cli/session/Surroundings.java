package opd.cli.session;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import opd.output.StandardOutput;
import opd.output.text.TablePrinter;
import org.jspecify.annotations.Nullable;

/// What the program finds around it. Tests give their own.
///
/// @param variables the environment
/// @param in standard input, or null where a command may not read it: in a console it holds the
///   commands
/// @param canAsk whether a person sits at both ends, so that a question gets an answer
/// @param columns of the terminal on standard output, or 0 when it is none
/// @param errorColumns of the terminal on standard error, or 0 when it is none
public record Surroundings(
    Map<String, String> variables,
    @Nullable InputStream in,
    StandardOutput out,
    PrintWriter err,
    boolean canAsk,
    int columns,
    int errorColumns) {
  private static final int COLUMNS_WITHOUT_TERMINAL = 80;

  public boolean isTerminal() {
    return columns > 0;
  }

  public int width() {
    return isTerminal() ? columns : COLUMNS_WITHOUT_TERMINAL;
  }

  /// Errors are broken into lines for a terminal only: elsewhere somebody searches for them.
  public TablePrinter.Widths widths() {
    return new TablePrinter.Widths(width(), errorColumns > 0 ? errorColumns : Integer.MAX_VALUE);
  }

  /// Whether results are known to be lost, without sending off those that wait.
  public boolean isOutputLost() {
    return out.isLost();
  }

  /// Those of a command in a console, which has read the input and knows the width as it is now.
  public Surroundings inConsole(int columnsNow) {
    int errorColumnsNow = errorColumns > 0 && columnsNow > 0 ? columnsNow : errorColumns;
    return new Surroundings(variables, null, out, err, canAsk, columnsNow, errorColumnsNow);
  }
}
