package opd.output.text;

import java.util.List;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.service.PatientService.PatientTokens;

/// Patients and their tokens as tables.
record PatientTable(ZoneText zone) {

  /// Who was found, one line for each token of today, or one without.
  Table today(List<PatientTokens> patients) {
    Table table =
        new Table()
            .column("PHONE", Table.Kind.TEXT)
            .column("MEMBER", Table.Kind.NUMBER)
            .column("NAME", Table.Kind.NAME)
            .column("TODAY", Table.Kind.TEXT)
            .column("PLACE", Table.Kind.TEXT)
            .optional("EXPECTED", Table.Kind.TEXT);
    for (PatientTokens found : patients) {
      if (found.tokens().isEmpty()) {
        row(table, found.patient(), "", "", "");
      }
      for (TokenView view : found.tokens()) {
        row(
            table,
            found.patient(),
            view.token().label(),
            view.position() == null ? view.token().status() : view.position(),
            zone.time(view.expectedAt()));
      }
    }
    return table;
  }

  /// @param place in the queue, or what became of the token
  private static void row(
      Table table, Patient patient, Object token, Object place, String expected) {
    table.row(patient.shownPhone(), patient.member(), patient.shownName(), token, place, expected);
  }

  /// The tokens of one patient.
  Table tokens(List<TokenView> tokens) {
    Table table =
        new Table()
            .column("TOKEN", Table.Kind.TEXT)
            .column("STATUS", Table.Kind.TEXT)
            .column("PRIORITY", Table.Kind.TEXT)
            .column("EXPECTED", Table.Kind.TEXT)
            .optional("SOURCE", Table.Kind.TEXT);
    for (TokenView view : tokens) {
      table.row(
          view.token().label(),
          view.token().status(),
          view.token().priority(),
          zone.time(view.expectedAt()),
          Inputs.typed(view.token().source()));
    }
    return table;
  }
}
