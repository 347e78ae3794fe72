package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import org.jspecify.annotations.Nullable;

/// The tokens of a slot as a table: who is next stands first.
final class QueueTable {
  private final Style style;
  private final ZoneText zone;

  QueueTable(Style style, ZoneText zone) {
    this.style = style;
    this.zone = zone;
  }

  /// The line above the tokens: which slot, when, and how full; or two, where one is too long.
  List<String> heading(Slot slot, int width) {
    String label = slot.label().toString();
    String time = zone.day(slot.start()) + " " + zone.times(slot.start(), slot.end());
    String taken = "%d of %d taken".formatted(slot.counts().active(), slot.capacity());
    String status = slot.status() == SlotStatus.SCHEDULED ? "" : SlotTable.status(slot);
    boolean isOpen = slot.status().isOpen();
    String which = style.strong(label) + "  " + time;
    String howFull = slot.free() == 0 && isOpen ? style.caution(taken) : taken;
    if (!status.isEmpty()) {
      howFull += "  " + (isOpen ? style.caution(status) : style.bad(status));
    }
    boolean fits =
        DisplayWidth.of(String.join("  ", label, time, taken, status).stripTrailing()) <= width;
    return fits ? List.of(which + "  " + howFull) : List.of(which, howFull);
  }

  /// Without the columns about patients where nobody may be named.
  Table of(SlotQueue queue) {
    boolean isNamed = !queue.people().patients().isEmpty();
    boolean isAll =
        queue.tokens().stream().anyMatch(view -> view.token().status() != TokenStatus.ACTIVE);
    Table table = new Table().column("#", Table.Kind.NUMBER).column("TOKEN", Table.Kind.NUMBER);
    if (isNamed) {
      table
          .column("PRIORITY", Table.Kind.TEXT)
          .column("PATIENT", Table.Kind.NAME)
          .column("PHONE", Table.Kind.TEXT);
    }
    boolean isServed = queue.tokens().stream().anyMatch(view -> !view.token().serving().isNone());
    if (isServed) {
      table.column("HERE", Table.Kind.TEXT);
    }
    table
        .column(isAll ? "STATUS" : "EXPECTED", Table.Kind.TEXT)
        .optional("SOURCE", Table.Kind.TEXT);
    for (TokenView view : queue.tokens()) {
      Token token = view.token();
      @Nullable Patient patient = queue.people().patients().get(token.patientId());
      List<Object> cells = new ArrayList<>();
      cells.add(view.position() == null ? "" : view.position());
      cells.add("%02d".formatted(token.sequence()));
      if (isNamed) {
        cells.add(token.priority());
        cells.add(patient == null ? "" : patient.shownName());
        cells.add(patient == null ? "" : patient.shownPhone());
      }
      if (isServed) {
        boolean isActive = token.status() == TokenStatus.ACTIVE;
        cells.add(isActive ? ServingText.since(token, zone) : "");
      }
      cells.add(status(view));
      cells.add(Inputs.typed(token.source()));
      table.styledRow(style(token, isNamed), cells.toArray());
    }
    return table;
  }

  private String status(TokenView view) {
    return view.expectedAt() == null ? view.token().status().name() : zone.time(view.expectedAt());
  }

  private UnaryOperator<String> style(Token token, boolean isNamed) {
    if (token.status() != TokenStatus.ACTIVE) {
      return style::quiet;
    }
    // In a waiting room nobody is told of another's class.
    return isNamed && token.priority() == TokenPriority.EMERGENCY
        ? style::strong
        : UnaryOperator.identity();
  }
}
