package opd.service;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.PhoneReference;
import opd.domain.Token;
import opd.domain.UnidentifiedPatient;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.PatientQuery;
import opd.store.table.PatientStore;
import opd.store.table.QueueStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

/// Registers patients, corrects them, and finds them again.
public final class PatientService {
  /// How many patients are found at most.
  public static final int MOST_FOUND = 50;

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

  /// @param reference of somebody new: a number and member, or the next member of a number
  /// @throws OpdException PATIENT_EXISTS
  public Response<Outcome.PatientSaved> add(
      Request request, PatientReference reference, PersonName name) {
    PatientReference.Canonical canonical = reference.canonical(registry::hmac);
    return decisions.once(
        request,
        Outcome.PatientSaved.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest("patient add", canonical.phone(), canonical.member()),
                RequestStore.find(transaction, request.id()),
                () -> add(transaction, reference, name)));
  }

  private Decisions.Loaded<Outcome.PatientSaved> add(
      Transaction transaction, PatientReference reference, PersonName name) {
    var newcomer = registry.newcomer(transaction, reference, Optional.of(name));
    PatientRegistry.known(transaction, reference, Optional.of(name))
        .ifPresent(known -> {
          throw PatientErrors.exists(known, sharing(transaction, known));
        });
    Patient patient =
        PatientStore.insertAll(transaction, List.of(newcomer)).stream()
            .findFirst()
            // Somebody registered the same key just now: this statement sees it.
            .orElseThrow(() ->
                new OpdException(
                    ErrorCode.PATIENT_EXISTS,
                    "somebody has just registered a patient with this phone and member number",
                    "see 'opd patient show', and try again"));
    return saved(patient, PatientRegistry.registered(patient, newcomer));
  }

  private static List<Patient> sharing(Transaction transaction, Patient patient) {
    return patient.phone() == null
        ? List.of(patient)
        : PatientStore.findMembers(transaction, patient.phone());
  }

  /// Corrects name or number. Onto a number that others have, the patient comes under the next
  /// member number.
  ///
  /// @param name the new name, or empty to keep it
  /// @param newPhone the new number, or empty to keep it
  /// @throws OpdException PATIENT_NOT_FOUND; PATIENT_EXISTS when somebody of that name has the
  ///   number already: both stay, and nothing is merged
  public Response<Outcome.PatientSaved> change(
      Request request,
      PatientReference reference,
      Optional<PersonName> name,
      Optional<PhoneNumber> newPhone) {
    PatientReference.Canonical canonical = reference.canonical(registry::hmac);
    String digest =
        Request.digest(
            "patient change",
            canonical.phone(),
            canonical.member(),
            name.isPresent(),
            newPhone.map(registry::hmac));
    return decisions.once(
        request,
        Outcome.PatientSaved.class,
        transaction ->
            new Decisions.Found<>(
                digest,
                RequestStore.find(transaction, request.id()),
                () -> change(transaction, reference, name, newPhone)));
  }

  private Decisions.Loaded<Outcome.PatientSaved> change(
      Transaction transaction,
      PatientReference reference,
      Optional<PersonName> name,
      Optional<PhoneNumber> newPhone) {
    Patient patient =
        PatientRegistry.known(transaction, reference, name)
            .flatMap(found -> PatientStore.lock(transaction, found.id()))
            .orElseThrow(PatientService::notFound);
    PersonName newName = name.orElseGet(() -> Objects.requireNonNull(patient.name()));
    Optional<PatientKey> key =
        newPhone.filter(phone -> !phone.equals(patient.phone())).isPresent()
            ? Optional.of(newKey(transaction, patient, name, newPhone.get()))
            : patient.key();
    Patient changed =
        new Patient(
            patient.id(),
            key.map(PatientKey::phone).orElse(null),
            key.map(PatientKey::member).orElse(1),
            newName);
    return saved(changed, registry.change(transaction, patient.id(), key, newName));
  }

  /// Under which key the patient comes to have that number.
  private static PatientKey newKey(
      Transaction transaction, Patient patient, Optional<PersonName> name, PhoneNumber phone) {
    List<Patient> members = PatientStore.findMembers(transaction, phone);
    PersonName newName = name.orElseGet(() -> Objects.requireNonNull(patient.name()));
    PatientRegistry.called(members, newName)
        .ifPresent(known -> {
          throw PatientErrors.exists(known, members);
        });
    // The name of somebody unknown was made up: without the right one nobody can tell whether these
    // are others.
    if (patient.phone() == null && name.isEmpty() && !members.isEmpty()) {
      throw PatientErrors.mayBeKnown(members);
    }
    return PatientRegistry.next(members, phone);
  }

  private static Decisions.Loaded<Outcome.PatientSaved> saved(Patient patient, NewEntry entry) {
    return Decisions.Loaded.of(
        Decided.saved(entry, new Outcome.PatientSaved(patient.id())), patient);
  }

  /// The one whom the number and the member, if given, mean.
  static Patient one(Transaction transaction, PhoneReference phone, Optional<Integer> member) {
    List<Patient> found =
        found(transaction, phone).stream()
            .filter(patient -> member.isEmpty() || patient.member() == member.get())
            .toList();
    if (found.isEmpty()) {
      throw PatientErrors.notFound(phone);
    }
    if (found.size() > 1) {
      throw PatientErrors.ambiguous(found);
    }
    return found.getFirst();
  }

  /// All who share the phone, or the one without a number.
  static List<Patient> found(Transaction transaction, PhoneReference phone) {
    return switch (phone) {
      case PhoneNumber number -> PatientStore.findMembers(transaction, number);
      case UnidentifiedPatient unidentified ->
          PatientStore.find(transaction, unidentified).stream().toList();
    };
  }

  /// At most 50 patients whom the text means, by name, each with the tokens of that day.
  ///
  /// @param text a reference, a number or a part of it in any form, or words of the name
  public List<PatientTokens> find(String text, PhoneNumbers numbers, LocalDate day) {
    return transactions.read(transaction -> {
      List<Patient> patients = find(transaction, text, numbers);
      List<Long> ids = patients.stream().map(Patient::id).toList();
      Map<Long, List<Token>> tokens =
          TokenStore.listOfPatients(transaction, ids, day).stream()
              .collect(Collectors.groupingBy(Token::patientId));
      return patients.stream()
          .map(patient ->
              new PatientTokens(
                  patient,
                  tokens.getOrDefault(patient.id(), List.of()).stream()
                      .map(token -> view(transaction, token))
                      .toList()))
          .toList();
    });
  }

  /// At most 50 patients whom the text means, by name.
  public List<Patient> find(String text, PhoneNumbers numbers) {
    return transactions.read(transaction -> find(transaction, text, numbers));
  }

  private static List<Patient> find(Transaction transaction, String text, PhoneNumbers numbers) {
    return PatientStore.search(transaction, PatientQuery.of(text, numbers), MOST_FOUND);
  }

  /// All who share the phone, by member number; empty when it is not known.
  public List<Patient> members(PhoneReference phone) {
    return transactions.read(transaction -> found(transaction, phone));
  }

  /// The first 20 patients whose number begins so, by number.
  ///
  /// @param prefix in E.164 form, as far as it is known
  public List<Patient> startingWith(String prefix) {
    return transactions.read(
        transaction -> PatientStore.startingWith(transaction, prefix, MOST_SUGGESTED));
  }

  /// A patient with some of the patient's tokens.
  public record PatientTokens(Patient patient, List<TokenView> tokens) {}

  /// All who share the phone, each with the newest 100 tokens, newest first.
  ///
  /// @throws OpdException PATIENT_NOT_FOUND
  public List<PatientTokens> show(PhoneReference phone) {
    return transactions.read(transaction -> {
      List<Patient> members = found(transaction, phone);
      if (members.isEmpty()) {
        throw PatientErrors.notFound(phone);
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

  private static OpdException notFound() {
    return new OpdException(
        ErrorCode.PATIENT_NOT_FOUND,
        "no patient with this phone and member number is known",
        "see 'opd patient find', or register the patient with 'opd patient add'");
  }
}
