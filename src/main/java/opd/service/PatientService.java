package opd.service;

import java.util.List;
import java.util.Optional;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Token;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.PatientStore;
import opd.store.table.QueueStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

/// Registers patients, corrects them, and finds them again.
public final class PatientService {
  private static final int MOST_FOUND = 50;
  private static final int MOST_SUGGESTED = 20;
  private static final int MOST_TOKENS = 100;

  private final Decisions decisions;
  private final Transactions transactions;
  private final PatientRegistry registry;

  public PatientService(Decisions decisions, Transactions transactions, PatientRegistry registry) {
    this.decisions = decisions;
    this.transactions = transactions;
    this.registry = registry;
  }

  /// @throws OpdException PATIENT_EXISTS
  public Response<Outcome.PatientSaved> add(Request request, PatientKey key, PersonName name) {
    return decisions.once(
        request,
        Outcome.PatientSaved.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest("patient add", registry.hmac(key.phone()), key.member()),
                RequestStore.find(transaction, request.id()),
                () -> add(transaction, registry.newcomer(key, name))));
  }

  private static Decisions.Loaded<Outcome.PatientSaved> add(
      Transaction transaction, PatientStore.Newcomer newcomer) {
    Patient patient =
        PatientStore.insertAll(transaction, List.of(newcomer)).stream()
            .findFirst()
            .orElseThrow(PatientService::exists);
    return saved(patient, PatientRegistry.registered(patient, newcomer));
  }

  /// @param name the new name, or empty to keep it
  /// @param newPhone the new number, or empty to keep it
  /// @throws OpdException PATIENT_NOT_FOUND, PATIENT_EXISTS
  public Response<Outcome.PatientSaved> change(
      Request request, PatientKey key, Optional<PersonName> name, Optional<PhoneNumber> newPhone) {
    String digest =
        Request.digest(
            "patient change",
            registry.hmac(key.phone()),
            key.member(),
            name.isPresent(),
            newPhone.map(registry::hmac));
    return decisions.once(
        request,
        Outcome.PatientSaved.class,
        transaction ->
            new Decisions.Found<>(
                digest,
                RequestStore.find(transaction, request.id()),
                () -> change(transaction, key, name, newPhone)));
  }

  private Decisions.Loaded<Outcome.PatientSaved> change(
      Transaction transaction,
      PatientKey key,
      Optional<PersonName> name,
      Optional<PhoneNumber> newPhone) {
    Patient patient = PatientStore.lock(transaction, key).orElseThrow(PatientService::notFound);
    PatientKey newKey = new PatientKey(newPhone.orElse(key.phone()), key.member());
    if (!newKey.equals(key) && PatientStore.find(transaction, newKey).isPresent()) {
      throw exists();
    }
    Patient changed = new Patient(patient.id(), newKey, name.orElse(patient.name()));
    return saved(changed, registry.change(transaction, changed));
  }

  private static Decisions.Loaded<Outcome.PatientSaved> saved(Patient patient, NewEntry entry) {
    return Decisions.Loaded.of(
        Decided.saved(entry, new Outcome.PatientSaved(patient.id())), patient);
  }

  /// At most 50 patients whose name contains the text or whose number ends with it, by name.
  public List<Patient> find(String text) {
    return transactions.read(transaction -> PatientStore.search(transaction, text, MOST_FOUND));
  }

  /// All who share the phone, by member number; empty when it is not known.
  public List<Patient> members(PhoneNumber phone) {
    return transactions.read(transaction -> PatientStore.findMembers(transaction, phone));
  }

  /// The first 20 patients whose number begins so, by number.
  ///
  /// @param prefix in E.164 form, as far as it is known
  public List<Patient> startingWith(String prefix) {
    return transactions.read(
        transaction -> PatientStore.startingWith(transaction, prefix, MOST_SUGGESTED));
  }

  /// A patient with the newest 100 tokens, newest first.
  public record PatientTokens(Patient patient, List<TokenView> tokens) {}

  /// All who share the phone.
  ///
  /// @throws OpdException PATIENT_NOT_FOUND
  public List<PatientTokens> show(PhoneNumber phone) {
    return transactions.read(transaction -> {
      List<Patient> members = PatientStore.findMembers(transaction, phone);
      if (members.isEmpty()) {
        throw notFound();
      }
      return members.stream()
          .map(patient -> new PatientTokens(patient, tokens(transaction, patient)))
          .toList();
    });
  }

  private static List<TokenView> tokens(Transaction transaction, Patient patient) {
    return TokenStore.listOfPatient(transaction, patient.id(), MOST_TOKENS).stream()
        .map(token -> view(transaction, token))
        .toList();
  }

  private static TokenView view(Transaction transaction, Token token) {
    return switch (token.status()) {
      case ACTIVE -> {
        var slot = SlotStore.find(transaction, token.label().slot()).orElseThrow();
        yield QueueStore.load(transaction, List.of(slot.id())).getFirst().view(token);
      }
      case DISPLACED, CANCELLED, NO_SHOW, COMPLETED -> TokenView.notQueued(token);
    };
  }

  private static OpdException exists() {
    return new OpdException(
        ErrorCode.PATIENT_EXISTS,
        "a patient with this phone and member number exists already",
        "give --member for another person who shares the phone, or see 'opd patient show'");
  }

  private static OpdException notFound() {
    return new OpdException(
        ErrorCode.PATIENT_NOT_FOUND,
        "no patient with this phone number is known",
        "see 'opd patient find', or register the patient with 'opd patient add'");
  }
}
