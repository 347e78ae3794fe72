package opd.output;

import java.util.Locale;
import java.util.function.UnaryOperator;
import opd.domain.Patient;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.outcome.TokenView;
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

  Table of(SlotQueue queue) {
    boolean isAll =
        queue.tokens().stream().anyMatch(view -> view.token().status() != TokenStatus.ACTIVE);
    Table table =
        new Table()
            .column("#", Table.Kind.NUMBER)
            .column("TOKEN", Table.Kind.NUMBER)
            .column("PRIORITY", Table.Kind.TEXT)
            .column("PATIENT", Table.Kind.NAME)
            .column("PHONE", Table.Kind.TEXT)
            .column(isAll ? "STATUS" : "EXPECTED", Table.Kind.TEXT)
            .optional("SOURCE", Table.Kind.TEXT);
    for (TokenView view : queue.tokens()) {
      Token token = view.token();
      @Nullable Patient patient = queue.people().patients().get(token.patientId());
      table.styledRow(
          style(token),
          view.position() == null ? "" : view.position(),
          "%02d".formatted(token.sequence()),
          token.priority(),
          patient == null ? "" : patient.name(),
          patient == null ? "" : patient.key().phone().e164(),
          status(view),
          typed(token.source()));
    }
    return table;
  }

  private String status(TokenView view) {
    return view.expectedAt() == null ? view.token().status().name() : zone.time(view.expectedAt());
  }

  /// An enum value as people type it: `walk-in`.
  static String typed(Enum<?> value) {
    return value.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  private UnaryOperator<String> style(Token token) {
    if (token.status() != TokenStatus.ACTIVE) {
      return style::quiet;
    }
    return token.priority() == TokenPriority.EMERGENCY ? style::strong : UnaryOperator.identity();
  }
}
