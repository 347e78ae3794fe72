package opd.output.text;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.Patient;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// Whom to tell what when a slot is delayed or its patients get other places, as tables to call
/// them by: each has the phone number.
record MoveTables(Response.People people, ZoneText zone) {

  Table delayed(Outcome.SlotDelayed delayed) {
    Table table = people(new Table().column("TOKEN", Table.Kind.NUMBER));
    table.column("OLD TIME", Table.Kind.TEXT).column("NEW TIME", Table.Kind.TEXT);
    for (TokenView view : delayed.tokens()) {
      table.row(
          number(view),
          name(view),
          phone(view),
          zone.time(delayed.expectedBefore(view)),
          zone.time(view.expectedAt()));
    }
    return table;
  }

  Table moved(Outcome.SlotMoved moved) {
    Map<TokenLabel, TokenView> lost =
        moved.tokens().stream()
            .collect(Collectors.toMap(view -> view.token().label(), Function.identity()));
    Table table = people(new Table().column("TOKEN", Table.Kind.NUMBER));
    table.column("NEW TOKEN", Table.Kind.TEXT).column("NEW TIME", Table.Kind.TEXT);
    for (TokenView view : moved.moved()) {
      TokenView before = Objects.requireNonNull(lost.get(view.token().reallocatedFrom()));
      table.row(
          number(before),
          name(view),
          phone(view),
          view.token().label(),
          zone.time(view.expectedAt()));
    }
    return table;
  }

  Table unplaced(Outcome.SlotMoved moved) {
    Table table = people(new Table().column("TOKEN", Table.Kind.NUMBER));
    table.column("PRIORITY", Table.Kind.TEXT);
    for (TokenView view : moved.unplaced()) {
      table.row(number(view), name(view), phone(view), view.token().priority());
    }
    return table;
  }

  /// Of several slots: the tokens with their slots.
  Table late(Outcome.DoctorLate late) {
    Table table = people(new Table().column("TOKEN", Table.Kind.TEXT));
    table.column("OLD TIME", Table.Kind.TEXT).column("NEW TIME", Table.Kind.TEXT);
    for (Outcome.SlotDelayed part : late.slots()) {
      for (TokenView view : part.tokens()) {
        table.row(
            view.token().label(),
            name(view),
            phone(view),
            zone.time(part.expectedBefore(view)),
            zone.time(view.expectedAt()));
      }
    }
    return table;
  }

  Table moved(Outcome.DoctorAway away) {
    Table table = new Table().column("OLD TOKEN", Table.Kind.TEXT);
    table.column("NEW TOKEN", Table.Kind.TEXT).column("TIME", Table.Kind.TEXT);
    people(table);
    for (Outcome.SlotMoved part : away.slots()) {
      for (TokenView view : part.moved()) {
        table.row(
            Objects.requireNonNull(view.token().reallocatedFrom()),
            view.token().label(),
            zone.time(view.expectedAt()),
            name(view),
            phone(view));
      }
    }
    return table;
  }

  Table unplaced(Outcome.DoctorAway away) {
    Table table = people(new Table().column("TOKEN", Table.Kind.TEXT));
    table.column("PRIORITY", Table.Kind.TEXT);
    for (Outcome.SlotMoved part : away.slots()) {
      for (TokenView view : part.unplaced()) {
        table.row(view.token().label(), name(view), phone(view), view.token().priority());
      }
    }
    return table;
  }

  private static Table people(Table table) {
    return table.column("PATIENT", Table.Kind.NAME).column("PHONE", Table.Kind.TEXT);
  }

  private static String number(TokenView view) {
    return "%02d".formatted(view.token().sequence());
  }

  private Object name(TokenView view) {
    Patient patient = patient(view);
    return patient == null ? "" : patient.shownName();
  }

  private String phone(TokenView view) {
    Patient patient = patient(view);
    return patient == null ? "" : patient.shownPhone();
  }

  private @Nullable Patient patient(TokenView view) {
    return people.patients().get(view.token().patientId());
  }
}
