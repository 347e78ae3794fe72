package opd.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.TokenView;
import opd.domain.ErasureNote;
import opd.domain.Patient;
import opd.domain.RequestId;
import opd.record.FactsReader;
import opd.record.StoredEntry;
import opd.store.connection.Transaction;
import opd.store.log.AuditReader;
import opd.store.table.RequestStore;
import opd.store.table.RequestStore.Stored;

/// What the log holds of one patient: to be handed over, or to be noted when the patient is
/// forgotten.
final class Erasures {
  private Erasures() {}

  static PatientExport export(Transaction transaction, Patient patient, List<TokenView> tokens) {
    List<StoredEntry> entries = new ArrayList<>();
    AuditReader.readOfPatient(transaction, patient.id(), entries::add);
    Map<RequestId, Stored> stored =
        RequestStore.findAll(
            transaction,
            entries.stream().map(StoredEntry::requestId).distinct().map(RequestId::new).toList());
    Map<String, PatientExport.Asked> requests = new LinkedHashMap<>();
    for (StoredEntry entry : entries) {
      Stored found = stored.get(new RequestId(entry.requestId()));
      if (found != null) {
        requests.putIfAbsent(
            entry.requestId(),
            new PatientExport.Asked(entry.requestId(), found.kind(), found.outcome()));
      }
    }
    return new PatientExport(patient, tokens, List.copyOf(requests.values()), entries);
  }

  static Optional<ErasureNote> note(Transaction transaction, long patientId) {
    List<StoredEntry> chain = chain(transaction, patientId);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    StoredEntry last = chain.getLast();
    return FactsReader.read(last.kind(), last.rule(), last.facts())
        .filter(AuditEvent.PatientErased.class::isInstance)
        .map(event ->
            new ErasureNote(
                patientId,
                chain.getFirst().hash(),
                last.at(),
                ((AuditEvent.PatientErased) event).reason()));
  }

  /// Whether the patient of that id is the one who was forgotten.
  static boolean isRegistered(Transaction transaction, ErasureNote note) {
    List<StoredEntry> chain = chain(transaction, note.patient());
    return !chain.isEmpty() && chain.getFirst().hash().equals(note.registered());
  }

  private static List<StoredEntry> chain(Transaction transaction, long patientId) {
    List<StoredEntry> chain = new ArrayList<>();
    AuditReader.readOfPatient(
        transaction,
        patientId,
        entry -> {
          if (entry.chain().equals("patient/" + patientId)) {
            chain.add(entry);
          }
        });
    return chain;
  }
}
