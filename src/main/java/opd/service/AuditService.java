package opd.service;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import opd.domain.AuditKind;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PhoneReference;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.record.StoredEntry;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.log.AuditFilter;
import opd.store.log.AuditReader;
import opd.store.log.LogSubscriber;
import opd.store.table.SlotStore;
import opd.story.Sentence;
import opd.story.TokenStory;

/// Reads the audit log.
public final class AuditService {
  private final Transactions transactions;

  public AuditService(Transactions transactions) {
    this.transactions = transactions;
  }

  /// Which entries to read; what is empty does not restrict.
  ///
  /// @param since inclusive
  /// @param until exclusive
  /// @param limit how many at most, the oldest first
  public record Query(
      Optional<TokenReference> token,
      Optional<SlotReference> slot,
      Optional<DoctorCode> doctor,
      Optional<PhoneReference> patient,
      Optional<AuditKind> kind,
      Optional<String> actor,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<Long> limit) {
    public static final Query EVERYTHING = everything(Optional.empty());

    /// The oldest entries of all.
    public static Query first(long limit) {
      return everything(Optional.of(limit));
    }

    private static Query everything(Optional<Long> limit) {
      return new Query(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          limit);
    }
  }

  /// Gives the entries to the consumer as they are read, oldest first.
  ///
  /// @throws OpdException TOKEN_NOT_FOUND, SLOT_NOT_FOUND, DOCTOR_NOT_FOUND, PATIENT_NOT_FOUND
  public void read(Query query, Consumer<StoredEntry> consumer) {
    transactions.stream(
        transaction -> AuditReader.read(transaction, filter(transaction, query), consumer));
  }

  /// Gives the entries that the query admits to the listener as they are committed, each once,
  /// until it has had enough. With a beginning in time those from then on come first; without one,
  /// only what is new. A lost connection is made again.
  ///
  /// @throws OpdException TOKEN_NOT_FOUND, SLOT_NOT_FOUND, DOCTOR_NOT_FOUND, PATIENT_NOT_FOUND;
  ///   DATABASE_UNAVAILABLE when the database cannot be reached at the beginning
  public void follow(Query query, LogSubscriber.Listener listener) {
    AuditFilter filter = transactions.read(transaction -> filter(transaction, query));
    new LogSubscriber(transactions.settings(), filter, listener).follow();
  }

  /// A token and its story.
  public record Explanation(Token token, List<Sentence> sentences) {}

  /// @param zone in which times are told
  /// @throws OpdException TOKEN_NOT_FOUND
  public Explanation explain(TokenReference reference, ZoneId zone) {
    return transactions.read(transaction -> {
      Token token = Finder.token(transaction, reference);
      long slotId = SlotStore.find(transaction, token.label().slot()).orElseThrow().id();
      SortedMap<Long, StoredEntry> entries = new TreeMap<>();
      Consumer<StoredEntry> inOrder = entry -> entries.put(entry.id(), entry);
      AuditReader.readOfSlot(transaction, slotId, inOrder);
      AuditReader.readOfPatient(transaction, token.patientId(), inOrder);
      return new Explanation(token, TokenStory.of(token, List.copyOf(entries.values()), zone));
    });
  }

  private static AuditFilter filter(Transaction transaction, Query query) {
    Optional<Token> token = query.token().map(reference -> Finder.token(transaction, reference));
    Optional<Slot> slot = query.slot().map(reference -> Finder.slot(transaction, reference));
    query.doctor().ifPresent(code -> Finder.doctor(transaction, code));
    return new AuditFilter(
        token.map(Token::id),
        slot.map(Slot::id),
        query.doctor(),
        query.patient().map(phone -> patients(transaction, phone)),
        query.kind(),
        query.actor(),
        query.since(),
        query.until(),
        query.limit());
  }

  private static List<Long> patients(Transaction transaction, PhoneReference phone) {
    List<Long> ids = PatientService.found(transaction, phone).stream().map(Patient::id).toList();
    if (ids.isEmpty()) {
      throw PatientErrors.notFound(phone);
    }
    return ids;
  }
}
