package opd.cli;

import java.io.PrintWriter;
import java.util.Map;

/// What the program finds around it. Tests give their own.
///
/// @param variables the environment
/// @param columns of the terminal on standard output, or 0 when it is none
public record Surroundings(
    Map<String, String> variables, PrintWriter out, PrintWriter err, int columns) {
  private static final int COLUMNS_WITHOUT_TERMINAL = 80;

  boolean isTerminal() {
    return columns > 0;
  }

  int width() {
    return isTerminal() ? columns : COLUMNS_WITHOUT_TERMINAL;
  }
}
