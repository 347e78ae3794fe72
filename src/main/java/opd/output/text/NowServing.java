package opd.output.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import opd.domain.Token;
import opd.service.QueueService.SlotQueue;

/// Who is called in at the moment, side by side in digits that are read across a room, the latest
/// call first.
final class NowServing {
  private static final Comparator<Token> LATEST_FIRST =
      Comparator.comparing((Token token) -> Objects.requireNonNull(token.serving().calledAt()))
          .thenComparingLong(token -> token.serving().callNumber())
          .reversed();
  private static final int GAP = 4;
  // Digits and the line below them.
  static final int ROWS = BigDigits.ROWS + 1;

  private NowServing() {}

  static List<Token> called(List<SlotQueue> queues) {
    return queues.stream()
        .flatMap(queue -> queue.tokens().stream())
        .map(view -> view.token())
        .filter(token -> token.serving().isCalled())
        .sorted(LATEST_FIRST)
        .toList();
  }

  /// As many of them as there is room for, as lines of digits and a line that says where to go.
  static List<String> lines(List<Token> called, int columns, int scale) {
    List<StringBuilder> lines = new ArrayList<>();
    for (int row = 0; row < BigDigits.ROWS * scale + 1; row++) {
      lines.add(new StringBuilder());
    }
    int used = 0;
    for (Token token : called) {
      String number = "%02d".formatted(token.sequence());
      String caption = caption(token);
      int width = Math.max(BigDigits.width(number.length(), scale), DisplayWidth.of(caption));
      if (used > 0 && used + width > columns) {
        break;
      }
      List<String> cell = new ArrayList<>(BigDigits.lines(number, scale));
      cell.add(caption);
      for (int row = 0; row < cell.size(); row++) {
        StringBuilder line = lines.get(row);
        line.append(" ".repeat(used - DisplayWidth.of(line.toString()))).append(cell.get(row));
      }
      used += width + GAP;
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private static String caption(Token token) {
    String room = token.serving().room();
    return token.label().slot().doctor()
        + (room == null ? "" : " \u2192 " + ServingText.room(room));
  }
}
