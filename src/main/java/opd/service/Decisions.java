package opd.service;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.Response.People;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.RequestId;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.DecisionStore;
import opd.store.table.RequestStore;

/// Carries out each request exactly once: its outcome is stored under its id in the transaction
/// that decided it, and a repeated request gets the stored outcome.
public final class Decisions {
  private final Transactions transactions;

  public Decisions(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A request whose names and labels are resolved.
  ///
  /// @param digest of what exactly is asked, see [Request#digest]
  /// @param stored what became of it, if it was decided before
  /// @param work decides it, if it was not
  record Found<O extends Outcome>(
      String digest, Optional<RequestStore.Stored> stored, Work<O> work) {}

  /// Locks and loads what the decision needs, and decides.
  interface Work<O extends Outcome> {
    Loaded<O> decide();
  }

  /// A decision that is not written yet.
  ///
  /// @param patients whom the decision read, so that the answer need not look for the same ones
  ///   again, by id
  record Loaded<O extends Outcome>(Decided<O> decided, Map<Long, Patient> patients) {
    static <O extends Outcome> Loaded<O> of(Decided<O> decided) {
      return new Loaded<>(decided, Map.of());
    }

    static <O extends Outcome> Loaded<O> of(Decided<O> decided, Patient patient) {
      return new Loaded<>(decided, Map.of(patient.id(), patient));
    }
  }

  /// @param type of the outcome, which a replayed one must have
  /// @throws OpdException REQUEST_ID_REUSED when the id was used for another request
  <O extends Outcome> Response<O> once(
      Request request, Class<O> type, Function<Transaction, Found<O>> find) {
    Supplier<Response<O>> committed =
        transactions.write(transaction -> {
          Found<O> found = find.apply(transaction);
          if (found.stored().isPresent()) {
            O outcome = type.cast(replay(request.id(), found.stored().get(), found.digest()));
            People people = PeopleLookup.in(transaction, outcome);
            return () -> new Response<>(outcome, request.id(), true, false, people);
          }
          Loaded<O> loaded = found.work().decide();
          // Sent with the last of what is written, and so there once that is committed.
          Supplier<People> people =
              PeopleLookup.withNext(transaction, loaded.decided().outcome(), loaded.patients());
          O outcome =
              DecisionStore.write(
                  transaction, request.actor(), request.id(), found.digest(), loaded.decided());
          return () -> new Response<>(outcome, request.id(), false, false, people.get());
        });
    return committed.get();
  }

  /// What [#once] would answer now; nothing is written.
  <O extends Outcome> Response<O> dryRun(Request request, Function<Transaction, Found<O>> find) {
    return transactions.dryRun(transaction -> {
      Loaded<O> loaded = find.apply(transaction).work().decide();
      O outcome = loaded.decided().outcome();
      Supplier<People> people = PeopleLookup.withNext(transaction, outcome, loaded.patients());
      return new Response<>(outcome, request.id(), false, true, people.get());
    });
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
