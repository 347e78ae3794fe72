package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import opd.domain.Inputs;
import opd.domain.PlainText;
import opd.domain.Slot;
import opd.domain.Token;
import opd.service.QueueService.Slip;

/// What a printer of 32 columns gives the patient. Without the phone number: slips lie about.
final class SlipText {
  private static final int COLUMNS = 32;
  private static final String RULE = "-".repeat(COLUMNS);

  private SlipText() {}

  static List<String> lines(Slip slip, ZoneText zone) {
    Slot slot = slip.slot();
    Token token = slip.token().token();
    List<String> lines = new ArrayList<>(List.of(RULE));
    lines.addAll(centred(slip.doctor().name().value()));
    lines.addAll(centred(zone.day(slot.start())));
    lines.addAll(centred(zone.times(slot.start(), slot.end())));
    lines.add(RULE);
    lines.add(ends("TOKEN", "%02d".formatted(token.sequence())));
    Integer position = slip.token().position();
    if (position == null) {
      lines.add(ends("STATUS", token.status().name()));
    } else {
      lines.add(ends("EXPECTED ABOUT", zone.time(slip.token().expectedAt())));
      lines.add(ends("PLACE IN THE QUEUE", position.toString()));
    }
    lines.add(ends("PRIORITY", Inputs.typed(token.priority())));
    lines.add("");
    lines.addAll(wrapped(slip.patient().shownName()));
    // Not the number, but what the desk needs to find this patient again.
    slip.patient().reference().ifPresent(reference -> lines.add(reference.toString()));
    lines.addAll(wrapped(token.label().toString()));
    lines.add(RULE);
    return lines;
  }

  private static String ends(String left, String right) {
    return left + " ".repeat(Math.max(1, COLUMNS - left.length() - right.length())) + right;
  }

  private static List<String> centred(String text) {
    return wrapped(text).stream()
        .map(line -> " ".repeat((COLUMNS - DisplayWidth.of(line)) / 2) + line)
        .toList();
  }

  /// The whole of the text: between words where possible, else within one.
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : PlainText.visible(text).split(" ", -1)) {
      for (String piece : pieces(word)) {
        if (!line.isEmpty() && DisplayWidth.of(line + " " + piece) > COLUMNS) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(piece);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int codePoint : word.codePoints().toArray()) {
      String letter = Character.toString(codePoint);
      if (DisplayWidth.of(piece + letter) > COLUMNS) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(letter);
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
