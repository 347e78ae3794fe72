package opd.store.connection;

import static opd.jooq.Tables.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import opd.domain.Actor;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.OutcomeKind;
import opd.domain.RequestId;
import opd.domain.SlotStatus;
import opd.store.schema.GuardedFacility;
import opd.store.table.AuditStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is tried again, for how long, and that it happens once.
final class TransactionsTest {
  private static final String DIGEST = "00".repeat(32);
  private static final long NO_SLOT = -1;

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void whatMaySucceedLaterIsTriedAgainAsAWhole() {
    for (String state : List.of("40001", "40P01", "55P03", "53300", "57P03")) {
      AtomicInteger tries = new AtomicInteger();
      RequestId id = new RequestId("again-" + state);
      try (FacilityConnection database = database(10)) {
        int third =
            transactions(database)
                .write(transaction -> {
                  store(transaction, id);
                  if (tries.incrementAndGet() < 3) {
                    raise(transaction, state);
                  }
                  return tries.get();
                });
        assertThat(third).as(state).isEqualTo(3);
        assertThat(isStored(database, id)).isTrue();
      }
    }
  }

  @Test
  void whatCannotSucceedIsNotTriedAgain() {
    assertFailure("23514", ErrorCode.INTERNAL);
    assertFailure("57014", ErrorCode.DATABASE_BUSY);
    assertFailure("42501", ErrorCode.ACCESS_DENIED);
    assertFailure("53100", ErrorCode.DATABASE_UNAVAILABLE);
    assertFailure("25006", ErrorCode.DATABASE_UNAVAILABLE);
    assertFailure("22012", ErrorCode.INTERNAL);
  }

  /// Of a COMMIT that the server refuses clearly, nothing is left; of any other nobody knows.
  @ParameterizedTest
  @CsvSource({
    "08P01, OUTCOME_UNKNOWN",
    "08999, OUTCOME_UNKNOWN",
    "57P05, OUTCOME_UNKNOWN",
    "57999, OUTCOME_UNKNOWN",
    "58000, OUTCOME_UNKNOWN",
    "58030, OUTCOME_UNKNOWN",
    "XX001, OUTCOME_UNKNOWN",
    "40003, OUTCOME_UNKNOWN",
    "57014, DATABASE_BUSY",
    "53100, DATABASE_UNAVAILABLE",
    "40001, DATABASE_BUSY",
    "23514, INTERNAL"
  })
  void aCommitThatIsNotClearlyRefusedIsUnknown(String state, ErrorCode code) throws SQLException {
    facility.superuser.run(
        "create function fails_at_commit() returns trigger language plpgsql as"
            + " $$ begin raise exception using errcode = '%s'; end $$".formatted(state),
        "create constraint trigger fails_at_commit after insert on request initially deferred"
            + " for each row execute function fails_at_commit()");
    AtomicInteger tries = new AtomicInteger();
    try (FacilityConnection database = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    tries.incrementAndGet();
                    // Who is interrupted does not try again, however much time is left.
                    Thread.currentThread().interrupt();
                    return store(transaction, new RequestId("commit-" + state));
                  }))
          .satisfies(error -> assertThat(error.code()).isEqualTo(code));
      assertThat(tries).hasValue(1);
    } finally {
      Thread.interrupted();
      facility.superuser.run(
          "drop trigger fails_at_commit on request", "drop function fails_at_commit()");
    }
  }

  @Test
  void whatIsBrokenOffIsRolledBackAndNothingBeginsAnyMore() {
    AtomicInteger tries = new AtomicInteger();
    RequestId id = new RequestId("broken-off");
    try (FacilityConnection database = database(1);
        FacilityConnection other = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    tries.incrementAndGet();
                    store(transaction, id);
                    assertThat(RequestStore.find(transaction, id)).isPresent();
                    database.breakOff();
                    return RequestStore.find(transaction, id);
                  }))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
      assertThat(tries).hasValue(1);
      assertThat(isStored(other, id)).isFalse();
    }
  }

  private static void assertFailure(String state, ErrorCode code) {
    AtomicInteger tries = new AtomicInteger();
    try (FacilityConnection database = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    tries.incrementAndGet();
                    return raise(transaction, state);
                  }))
          .satisfies(error -> assertThat(error.code()).as(state).isEqualTo(code));
    }
    assertThat(tries).as(state).hasValue(1);
  }

  @Test
  void aDeadlockIsResolvedByTryingAgain() throws Exception {
    long first = facility.aSlot(1);
    long second = facility.aSlot(1);
    AtomicInteger tries = new AtomicInteger();
    try (FacilityConnection database = database(10);
        Prompt other = Prompt.asSuperuser(facility.facility);
        var executor = Executors.newSingleThreadExecutor()) {
      // Patient, so that the program is the one that is given up.
      other.begin("set local deadlock_timeout = '60s'", lock(first));
      var crossing =
          executor.submit(() ->
              transactions(database)
                  .<Integer>write(transaction -> {
                    tries.incrementAndGet();
                    transaction.sql().fetch(lock(second));
                    return transaction.sql().fetch(lock(first)).size();
                  }));
      facility.awaitADeskThatWaits();
      other.begin(lock(second));
      other.rollback();

      assertThat(crossing.get()).isEqualTo(1);
      assertThat(tries).hasValueGreaterThan(1);
    }
  }

  @Test
  void aLockThatStaysHeldIsGivenUpWithinTheBudget() throws SQLException {
    long slot = facility.aSlot(1);
    Duration budget = Duration.ofSeconds(2);
    try (FacilityConnection database = database(2);
        Prompt holder = Prompt.asDesk(facility.facility)) {
      holder.begin(lock(slot));
      AtomicInteger tries = new AtomicInteger();
      Instant begin = Instant.now();

      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    tries.incrementAndGet();
                    return transaction.sql().fetch(lock(slot));
                  }))
          .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_BUSY));

      // The last try may begin just before the budget ends, and waits one lock timeout at most.
      assertThat(Duration.between(begin, Instant.now()))
          .isBetween(budget.minusMillis(500), budget.plusSeconds(3));
      assertThat(tries).hasValueGreaterThan(1);
    }
  }

  @Test
  void aLockThatIsLetGoIsTaken() throws Exception {
    long slot = facility.aSlot(1);
    try (FacilityConnection database = database(10);
        Prompt holder = Prompt.asDesk(facility.facility);
        var executor = Executors.newSingleThreadExecutor()) {
      holder.begin(lock(slot));
      var waiting =
          executor.submit(() ->
              transactions(database)
                  .write(transaction -> transaction.sql().fetch(lock(slot)).size()));
      facility.awaitADeskThatWaits();
      holder.commit();

      assertThat(waiting.get()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionCutBeforeCommitIsOpenedAgainAndTheWorkHappensOnce() {
    RequestId id = new RequestId("cut");
    AtomicInteger tries = new AtomicInteger();
    try (FacilityConnection database = database(10)) {
      transactions(database)
          .write(transaction -> {
            assertThat(RequestStore.find(transaction, id)).isEmpty();
            store(transaction, id);
            if (tries.incrementAndGet() == 1) {
              terminate(transaction);
            }
            return id;
          });
      assertThat(tries).hasValue(2);
      assertThat(
              transactions(database)
                  .<Integer>read(
                      transaction -> transaction.sql().fetchCount(REQUEST, REQUEST.ID.eq("cut"))))
          .isEqualTo(1);
    }
  }

  @Test
  void whoStoredTheSameRequestFirstIsSeenAtTheNextTry() {
    RequestId id = new RequestId("first");
    List<Boolean> seen = new ArrayList<>();
    try (FacilityConnection database = database(10);
        FacilityConnection rival = database(10)) {
      transactions(database)
          .write(transaction -> {
            seen.add(RequestStore.find(transaction, id).isPresent());
            if (seen.size() == 1) {
              transactions(rival).write(other -> store(other, id));
              store(transaction, id);
            }
            return id;
          });
    }
    assertThat(seen).containsExactly(false, true);
  }

  @Test
  void workThatFailsLeavesNothing() {
    RequestId id = new RequestId("failed");
    try (FacilityConnection database = database(10)) {
      assertThatIllegalStateException()
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    store(transaction, id);
                    throw new IllegalStateException("after the statement");
                  }));
      assertThat(isStored(database, id)).isFalse();
    }
  }

  @Test
  void aRehearsalLeavesNothing() {
    RequestId id = new RequestId("rehearsed");
    try (FacilityConnection database = database(10)) {
      assertThat(transactions(database).<Integer>dryRun(transaction -> store(transaction, id)))
          .isEqualTo(1);
      assertThat(isStored(database, id)).isFalse();
    }
  }

  @Test
  void aReaderSeesOneSnapshot() {
    RequestId id = new RequestId("meanwhile");
    try (FacilityConnection database = database(10);
        FacilityConnection rival = database(10)) {
      List<Boolean> seen =
          transactions(database)
              .read(transaction -> {
                boolean before = RequestStore.find(transaction, id).isPresent();
                transactions(rival).write(other -> store(other, id));
                return List.of(before, RequestStore.find(transaction, id).isPresent());
              });
      assertThat(seen).containsExactly(false, false);
      assertThat(isStored(database, id)).isTrue();
    }
  }

  @Test
  void aReaderWritesNothing() {
    try (FacilityConnection database = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .read(transaction -> store(transaction, new RequestId("read"))));
    }
  }

  @Test
  void aChangeOfOtherRowsThanExpectedKeepsWhatIsSentWithItFromBeingCommitted() {
    RequestId id = new RequestId("miscounted");
    try (FacilityConnection database = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .write(transaction -> {
                    SlotStore.setStatus(transaction, NO_SLOT, SlotStatus.DELAYED, 5);
                    return store(transaction, id);
                  }))
          .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL))
          .havingRootCause()
          .withMessageContaining("changing a slot changed 0 rows instead of 1");
      assertThat(isStored(database, id)).isFalse();
    }
  }

  @Test
  void whatIsRehearsedFailsWhereItWouldHaveFailed() {
    try (FacilityConnection database = database(10)) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              transactions(database)
                  .dryRun(transaction -> {
                    SlotStore.setStatus(transaction, NO_SLOT, SlotStatus.DELAYED, 5);
                    return NO_SLOT;
                  }))
          .havingRootCause()
          .withMessageContaining("changing a slot changed 0 rows instead of 1");
    }
  }

  private static Transactions transactions(FacilityConnection database) {
    return new Transactions(database, new DecisionClock.OfDatabase());
  }

  private static FacilityConnection database(int budgetSeconds) {
    DatabaseSettings settings = facility.facility.deskSettings();
    return new FacilityConnection(
        new DatabaseSettings(
            settings.url(),
            settings.user(),
            settings.password(),
            settings.facility(),
            Duration.ofSeconds(budgetSeconds)));
  }

  private static int store(Transaction transaction, RequestId id) {
    var stored = new RequestStore.Stored(DIGEST, OutcomeKind.ADMITTED, "{}");
    AuditStore.append(
        transaction, new Actor("desk-1"), new TreeMap<>(Map.of(id.value(), stored)), List.of());
    return 1;
  }

  private static boolean isStored(FacilityConnection database, RequestId id) {
    return transactions(database)
        .<Boolean>read(transaction -> RequestStore.find(transaction, id).isPresent());
  }

  private static int raise(Transaction transaction, String state) {
    return transaction
        .sql()
        .execute("do $$ begin raise exception using errcode = '%s'; end $$".formatted(state));
  }

  private static void terminate(Transaction transaction) {
    int backend =
        Integer.parseInt(transaction.sql().fetchValue("select pg_backend_pid()").toString());
    try {
      facility.superuser.run("select pg_terminate_backend(%d, 10000)".formatted(backend));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lock(long slot) {
    return "select id from %s.slot where id = %d for no key update"
        .formatted(facility.facility.name().schema(), slot);
  }
}
