package opd.service;

import java.util.Optional;
import java.util.function.Function;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.RequestStore;

/// Carries out each request exactly once: its outcome is stored under its id in the transaction
/// that decided it, and a repeated request gets the stored outcome.
public final class Decisions {
  private final Transactions transactions;

  public Decisions(Transactions transactions) {
    this.transactions = transactions;
  }

  /// What exactly is asked, once names and labels are resolved, and how to decide it.
  ///
  /// @param digest see [Request#digest]
  /// @param lookup tells whether the request was decided before
  record Plan<O extends Outcome>(String digest, Lookup lookup, Work<O> work) {
    /// A plan whose request is looked up in a statement of its own.
    Plan(String digest, Work<O> work) {
      this(digest, RequestStore::find, work);
    }
  }

  /// Finds what became of a request.
  interface Lookup {
    Optional<RequestStore.Stored> find(Transaction transaction, RequestId id);
  }

  /// Decides, writes what it decided, and notes in the journal what the audit log must say.
  interface Work<O extends Outcome> {
    O decide(Transaction transaction, Journal journal);
  }

  /// @param type of the outcome, which a replayed one must have
  /// @throws OpdException REQUEST_ID_REUSED when the id was used for another request
  <O extends Outcome> Answer<O> once(
      Request request, Class<O> type, Function<Transaction, Plan<O>> planned) {
    return transactions.write(transaction -> {
      Plan<O> plan = planned.apply(transaction);
      var stored = plan.lookup().find(transaction, request.id());
      if (stored.isPresent()) {
        O outcome = type.cast(replay(request.id(), stored.get(), plan.digest()));
        return new Answer<>(outcome, request.id(), true, false, Mentioned.in(transaction, outcome));
      }
      return decide(transaction, request, plan);
    });
  }

  /// Decides, and takes everything back.
  <O extends Outcome> Answer<O> rehearse(Request request, Function<Transaction, Plan<O>> planned) {
    return transactions.rehearse(transaction -> {
      O outcome = planned.apply(transaction).work().decide(transaction, new Journal());
      return new Answer<>(outcome, request.id(), false, true, Mentioned.in(transaction, outcome));
    });
  }

  private static <O extends Outcome> Answer<O> decide(
      Transaction transaction, Request request, Plan<O> plan) {
    Journal journal = new Journal();
    O outcome = plan.work().decide(transaction, journal);
    var people = Mentioned.in(transaction, outcome, journal.met());
    RequestStore.insert(
        transaction,
        request.actor(),
        request.id(),
        journal.entries(),
        RequestStore.Stored.of(plan.digest(), outcome));
    return new Answer<>(outcome, request.id(), false, false, people);
  }

  /// The stored outcome.
  ///
  /// @throws OpdException REQUEST_ID_REUSED when it was another request
  static Outcome replay(RequestId id, RequestStore.Stored stored, String digest) {
    if (!stored.digest().equals(digest)) {
      throw new OpdException(
          ErrorCode.REQUEST_ID_REUSED,
          "the request id " + id + " was used for another request",
          "use a new id, or leave it out");
    }
    return stored.read();
  }
}
