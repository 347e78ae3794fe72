package opd.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import opd.decision.AuditEvent;
import opd.decision.Erasure;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.ErasureNote;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientReference;
import opd.domain.PhoneReference;
import opd.domain.RequestId;
import opd.domain.Token;
import opd.record.FactsReader;
import opd.record.StoredEntry;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.log.AuditReader;
import opd.store.table.PatientStore;
import opd.store.table.RequestStore;
import opd.store.table.RequestStore.Stored;
import opd.store.table.TokenStore;

/// Hands over what is held of a patient, and forgets it.
public final class ErasureService {
  private final Decisions decisions;
  private final Transactions transactions;
  private final PatientRegistry registry;

  ErasureService(Decisions decisions, Transactions transactions, PatientRegistry registry) {
    this.decisions = decisions;
    this.transactions = transactions;
    this.registry = registry;
  }

  /// Forgets the patient: name, number and salt are gone for good, and the log still holds.
  ///
  /// @param member needed where several share the phone
  /// @throws OpdException PATIENT_NOT_FOUND, AMBIGUOUS; INVALID_INPUT when the reason names the
  ///   patient
  public Response<Outcome.Erasure> erase(
      Request request, PhoneReference phone, Optional<Integer> member, String reason) {
    PatientReference.Canonical canonical =
        PatientReference.of(phone, member.orElse(1)).canonical(registry::hmac);
    String digest = Request.digest("patient erase", canonical.phone(), member, reason);
    return erase(
        request, digest, transaction -> PatientService.one(transaction, phone, member), reason);
  }

  /// Forgets a patient who was forgotten once, before an older backup was restored.
  ///
  /// @return empty when there is no such patient, or none who is still known
  public Optional<Response<Outcome.Erasure>> eraseAgain(Request request, ErasureNote note) {
    boolean isKnown =
        transactions.read(transaction ->
            isRegistered(transaction, note)
                && PatientStore.findAll(transaction, List.of(note.patient())).values().stream()
                    .noneMatch(Patient::isErased));
    String digest = Request.digest("patient erase", note.registered(), note.reason());
    return isKnown
        ? Optional.of(
            erase(
                request,
                digest,
                transaction ->
                    PatientStore.findAll(transaction, List.of(note.patient()))
                        .values()
                        .iterator()
                        .next(),
                note.reason()))
        : Optional.empty();
  }

  private Response<Outcome.Erasure> erase(
      Request request, String digest, Function<Transaction, Patient> whom, String reason) {
    return decisions.once(
        request,
        Outcome.Erasure.class,
        transaction ->
            new Decisions.Found<>(
                digest,
                RequestStore.find(transaction, request.id()),
                () -> erase(transaction, whom.apply(transaction).id(), reason)));
  }

  private static Decisions.Loaded<Outcome.Erasure> erase(
      Transaction transaction, long id, String reason) {
    Patient patient = PatientStore.lock(transaction, id).orElseThrow(PatientErrors::unknown);
    PatientErrors.checkReason(patient, reason);
    Optional<Token> held = TokenStore.findHeld(transaction, id);
    if (held.isPresent()) {
      return Decisions.Loaded.of(Erasure.decide(id, held, reason), patient);
    }
    PatientStore.erase(transaction, id);
    return Decisions.Loaded.of(
        Erasure.decide(id, held, reason), new Patient(id, null, patient.member(), null));
  }

  /// What is to be noted of an erasure, so that it can be repeated after a restore; empty when the
  /// patient is not erased.
  public Optional<ErasureNote> erasureNote(long patientId) {
    return transactions.read(transaction -> note(transaction, patientId));
  }

  /// All that is held of the patient.
  ///
  /// @param member needed where several share the phone
  /// @throws OpdException PATIENT_NOT_FOUND, AMBIGUOUS
  public PatientExport export(PhoneReference phone, Optional<Integer> member) {
    return transactions.read(transaction -> {
      Patient patient = PatientService.one(transaction, phone, member);
      List<TokenView> tokens =
          TokenStore.listOfPatient(transaction, patient.id(), Integer.MAX_VALUE).stream()
              .map(TokenView::notQueued)
              .toList();
      return export(transaction, patient, tokens);
    });
  }

  private static PatientExport export(
      Transaction transaction, Patient patient, List<TokenView> tokens) {
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

  private static Optional<ErasureNote> note(Transaction transaction, long patientId) {
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
  private static boolean isRegistered(Transaction transaction, ErasureNote note) {
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
