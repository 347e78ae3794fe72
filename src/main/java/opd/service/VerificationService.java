package opd.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import opd.decision.AllocationRule;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.log.LogReader;
import opd.store.log.LoggedTables;
import opd.store.log.RequestLog;
import opd.store.log.SealReader;
import opd.store.schema.FacilityStore;
import opd.store.schema.SchemaHistory;
import opd.store.table.SlotCounts;
import opd.verify.Decider;
import opd.verify.Difference;
import opd.verify.LoggedEntry;
import opd.verify.Seal;
import opd.verify.SealCheck;
import opd.verify.SealDigest;
import opd.verify.SealFile;
import opd.verify.Verification;
import org.jspecify.annotations.Nullable;

/// Verifies the audit log, and seals it.
public final class VerificationService {
  private static final int MOST_DIFFERENCES = 1_000;
  private static final int ENTRIES_BETWEEN_PROGRESS = 1_000;

  private final Transactions transactions;
  private final Decider decider;

  public VerificationService(Transactions transactions) {
    this(transactions, AllocationRule::decide);
  }

  /// @param decider the rule that must give the log's decisions
  VerificationService(Transactions transactions, Decider decider) {
    this.transactions = transactions;
    this.decider = decider;
  }

  /// What a verification found.
  ///
  /// @param differences the first 1,000 of them
  /// @param more how many there were besides
  /// @param seal the digest of a seal made of the log as it was; null when only one slot's chain
  ///   was read
  /// @param sealed the seal that the log was compared with, or null
  public record Verified(
      Verification.Counts counts,
      List<Difference> differences,
      long more,
      @Nullable String seal,
      @Nullable Seal sealed) {
    /// How many entries were read.
    public long entries() {
      return counts.entries();
    }

    /// How many differences there are.
    public long differenceCount() {
      return differences.size() + more;
    }

    public boolean isWhole() {
      return differences.isEmpty();
    }
  }

  /// How many entries the whole log has.
  public long entries() {
    AtomicLong counted = new AtomicLong();
    transactions.stream(transaction -> counted.set(LogReader.count(transaction)));
    return counted.get();
  }

  /// Verifies the whole log, or one slot's part of it.
  ///
  /// @param seal that the log must still contain, or empty
  /// @param progress told now and then how many entries were read
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the seal's file cannot be used
  public Verified verify(Optional<SlotReference> slot, Optional<Path> seal, LongConsumer progress) {
    // Read once before, so that a damaged file is an error and not a difference.
    Optional<Seal> sealed = seal.map(SealFile::check);
    AtomicReference<@Nullable Verified> result = new AtomicReference<>();
    transactions.stream(transaction -> {
      Optional<Long> slotId =
          slot.map(reference -> Finder.slot(transaction, reference)).map(Slot::id);
      result.set(verify(transaction, slotId, seal, sealed, progress));
    });
    Verified verified = result.get();
    if (verified == null) {
      throw new IllegalStateException("the log was not read");
    }
    return verified;
  }

  private Verified verify(
      Transaction transaction,
      Optional<Long> slotId,
      Optional<Path> file,
      Optional<Seal> sealed,
      LongConsumer progress) {
    Differences differences = new Differences();
    SealDigest digest = new SealDigest();
    LoggedTables tables = new LoggedTables(transaction, slotId);
    try (SealCheck seal = SealCheck.of(file, slotId, differences)) {
      Verification verification = new Verification(decider, tables, differences, digest::add);
      Consumer<LoggedEntry> checked = verification::accept;
      LogReader.read(transaction, slotId, counting(checked.andThen(seal::accept), progress));
      seal.end();
      Verification.Counts counts = verification.end();
      if (slotId.isEmpty()) {
        RequestLog.check(transaction, differences);
        SchemaHistory.check(transaction, differences);
        SlotCounts.check(transaction, differences);
      }
      return new Verified(
          counts,
          List.copyOf(differences.first),
          differences.more,
          slotId.isEmpty() ? digest.hex() : null,
          sealed.orElse(null));
    }
  }

  private static Consumer<LoggedEntry> counting(
      Consumer<LoggedEntry> consumer, LongConsumer progress) {
    return new Consumer<>() {
      private long read;

      @Override
      public void accept(LoggedEntry entry) {
        consumer.accept(entry);
        read++;
        if (read % ENTRIES_BETWEEN_PROGRESS == 0) {
          progress.accept(read);
        }
      }
    };
  }

  /// Keeps the first differences only: memory must not grow with them.
  private static final class Differences implements Consumer<Difference> {
    private final List<Difference> first = new ArrayList<>();
    private long more;

    @Override
    public void accept(Difference difference) {
      if (first.size() < MOST_DIFFERENCES) {
        first.add(difference);
      } else {
        more++;
      }
    }
  }

  /// Takes the heads of all chains, in the chains' order, after what is known before them.
  public interface SealConsumer {
    /// @param seal without its digest, which is over the heads to come
    void begin(Seal.Beginning seal);

    void head(Seal.Head head);

    void end(String digest);
  }

  /// Gives the seal of the log as it is now to the consumer, piece by piece.
  public void seal(SealConsumer consumer) {
    transactions.stream(transaction -> {
      consumer.begin(
          new Seal.Beginning(FacilityStore.now(transaction).now(), LogReader.count(transaction)));
      SealDigest digest = new SealDigest();
      SealReader.read(
          transaction,
          head -> {
            digest.add(head);
            consumer.head(head);
          });
      consumer.end(digest.hex());
    });
  }
}
