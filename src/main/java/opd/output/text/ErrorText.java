package opd.output.text;

import java.io.PrintWriter;
import java.util.List;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.RequestId;
import org.jspecify.annotations.Nullable;

/// Errors for people: what is wrong, then what to do about it.
final class ErrorText {
  private static final String START = "error: ";
  private static final String INDENT = " ".repeat(START.length());

  private final PrintWriter err;
  private final int width;
  private final Style style;

  ErrorText(PrintWriter err, int width, Style style) {
    this.err = err;
    this.width = width;
    this.style = style;
  }

  void print(OpdException error, @Nullable RequestId requestId) {
    List<String> message =
        Paragraph.lines(START, PlainText.visible(error.getMessage()), INDENT, width);
    err.println(style.bad("error:") + message.getFirst().substring(START.length() - 1));
    message.stream().skip(1).forEach(err::println);
    error.mistakes().forEach(mistake -> indented("  ", mistake));
    if (error.hint() != null) {
      indented(INDENT, error.hint());
    }
    boolean mayBeRepeated =
        switch (error.code()) {
          case OUTCOME_UNKNOWN, DATABASE_BUSY, DATABASE_UNAVAILABLE -> true;
          default -> false;
        };
    if (requestId != null && mayBeRepeated) {
      err.println(INDENT + "request id: " + requestId);
    }
    err.flush();
  }

  private void indented(String indent, String text) {
    Paragraph.lines(indent, PlainText.visible(text), indent, width).forEach(err::println);
  }
}
