package opd.output.text;

import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.domain.Token;
import opd.service.OwedService.Owed;
import opd.service.OwedService.OwedPlaces;
import opd.story.LossReason;
import org.jspecify.annotations.Nullable;

/// Who is owed a place, as a list to call them by: who waits longest in the first slot of the day
/// stands where the queue would have him.
record OwedTable(ZoneText zone) {
  Table of(OwedPlaces places) {
    Table table =
        new Table()
            .column("TOKEN", Table.Kind.TEXT)
            .column("PATIENT", Table.Kind.NAME)
            .column("PHONE", Table.Kind.TEXT)
            .optional("PLACE", Table.Kind.TEXT)
            .optional("SINCE", Table.Kind.TEXT)
            .optional("PRIORITY", Table.Kind.TEXT)
            .optional("WHY", Table.Kind.TEXT);
    for (Owed owed : places.owed()) {
      Token token = owed.token().token();
      @Nullable Patient patient = places.people().patients().get(token.patientId());
      table.row(
          token.label(),
          patient == null ? "" : patient.shownName(),
          patient == null ? "" : patient.shownPhone(),
          owed.place().map(Slot::label).map(Object::toString).orElse("none that day"),
          zone.time(owed.since()),
          Inputs.typed(token.priority()),
          owed.event()
              .map(loss -> LossReason.of(loss.displacement(), loss.cancellation()))
              .orElse(""));
    }
    return table;
  }
}
