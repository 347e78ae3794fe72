package opd.service;

import java.util.List;
import opd.decision.TokenView;
import opd.domain.OutcomeKind;
import opd.domain.Patient;
import opd.record.StoredEntry;

/// All that is held of one patient.
///
/// @param tokens newest first, without their places in a queue
/// @param requests that led to the entries, by their ids' first entry
/// @param entries of the log that name the patient, oldest first
public record PatientExport(
    Patient patient, List<TokenView> tokens, List<Asked> requests, List<StoredEntry> entries) {

  /// A request with what is stored of it, in which others appear by token and id alone.
  ///
  /// @param outcome as it is stored, a JSON object
  public record Asked(String id, OutcomeKind kind, String outcome) {}
}
