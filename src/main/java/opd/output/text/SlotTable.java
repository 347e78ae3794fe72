package opd.output.text;

import java.util.List;
import opd.domain.Inputs;
import opd.domain.Slot;
import opd.domain.TokenStatus;
import opd.output.Properties;

/// Slots as a table, and one slot with all that is counted of it.
final class SlotTable {
  private final Style style;
  private final ZoneText zone;

  SlotTable(Style style, ZoneText zone) {
    this.style = style;
    this.zone = zone;
  }

  Table of(List<Slot> slots) {
    Table table =
        new Table()
            .column("SLOT", Table.Kind.TEXT)
            .column(heading(slots), Table.Kind.TEXT)
            .column("FREE", Table.Kind.NUMBER)
            .optional("OF", Table.Kind.NUMBER)
            .column("STATUS", Table.Kind.TEXT)
            .optional("DISPL", Table.Kind.NUMBER)
            .optional("SEEN", Table.Kind.NUMBER)
            .optional("CANC", Table.Kind.NUMBER)
            .optional("NO-SH", Table.Kind.NUMBER);
    for (Slot slot : slots) {
      table.styledRow(
          line -> slot.status().isOpen() ? line : style.quiet(line),
          slot.label(),
          zone.range(slot.start(), slot.end()),
          slot.free(),
          slot.capacity(),
          status(slot),
          slot.counts().displaced(),
          slot.counts().completed(),
          slot.counts().cancelled(),
          slot.counts().noShow());
    }
    return table;
  }

  private String heading(List<Slot> slots) {
    return slots.isEmpty() ? "TIME" : "TIME (" + zone.name(slots.getFirst().start()) + ")";
  }

  Properties details(Slot slot) {
    Properties properties =
        new Properties()
            .with("slot", slot.label())
            .with("day", zone.day(slot.start()))
            .with("time", zone.times(slot.start(), slot.end()))
            .with("status", status(slot))
            .with("free", slot.free() + " of " + slot.capacity());
    for (TokenStatus status : TokenStatus.values()) {
      properties.with(Inputs.typed(status), slot.counts().of(status));
    }
    return properties;
  }

  static String status(Slot slot) {
    return switch (slot.status()) {
      case DELAYED -> "DELAYED " + slot.delayMinutes() + " min";
      case SCHEDULED, CANCELLED, COMPLETED -> slot.status().name();
    };
  }
}
