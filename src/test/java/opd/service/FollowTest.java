package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import opd.domain.AuditKind;
import opd.domain.Slot;
import opd.domain.TokenPriority;
import opd.record.StoredEntry;
import opd.store.log.LogSubscriber;
import opd.testing.Await;
import opd.testing.Clinic;
import opd.testing.ExpectedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FollowTest {
  private static final long PATIENCE_SECONDS = Await.PATIENCE.toSeconds();
  private static final AuditService.Query EVERYTHING = query(Optional.empty());

  private Clinic clinic;
  private ExecutorService threads;

  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.open();
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    clinic.close();
  }

  @Test
  void aFollowerSeesWhatIsNewAndNothingElse() throws Exception {
    Slot slot = clinic.aSlot(3);
    try (Follower follower = new Follower(EVERYTHING)) {
      clinic.aToken(slot, TokenPriority.PAID);
      assertThat(follower.next().kind()).isEqualTo(AuditKind.PATIENT_REGISTERED);
      assertThat(follower.next().kind()).isEqualTo(AuditKind.TOKEN_ALLOCATED);
    }
  }

  @Test
  void aFollowerSeesOnlyWhatItAskedFor() throws Exception {
    Slot slot = clinic.aSlot(1);
    try (Follower follower = new Follower(query(Optional.of(AuditKind.TOKEN_DISPLACED)))) {
      clinic.aToken(slot, TokenPriority.PAID);
      clinic.aToken(slot, TokenPriority.EMERGENCY);
      assertThat(follower.next().kind()).isEqualTo(AuditKind.TOKEN_DISPLACED);
    }
  }

  @Test
  void aFollowerWaitsForATransactionThatBeganEarlierAndEndsLater() throws Exception {
    Slot early = clinic.aSlot(1);
    Slot late = clinic.aSlot(1);
    try (Follower follower = new Follower(EVERYTHING);
        var connection = clinic.facility().connectAsDesk();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "insert into request (id, digest, kind, outcome)"
              + " values ('raw-1', sha256('x'), 'CHANGE_REJECTED', '{}')");
      statement.execute(entry(early, "raw-1"));
      var quick = clinic.desk().slotChanges();
      quick.delay(clinic.request(), Clinic.reference(late), 5);
      StoredEntry first = follower.next();
      assertThat(first.slot()).isEqualTo(late.label());
      connection.commit();
      StoredEntry second = follower.next();
      assertThat(second.slot()).isEqualTo(early.label());
      assertThat(second.id()).isLessThan(first.id());
    }
  }

  /// As after a dump was restored in another cluster, which has come less far.
  @Test
  void entriesOfAnotherClusterAreGivenOnceAndAreNotNewLater() throws Exception {
    Slot slot = clinic.aSlot(3);
    try (var connection = clinic.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update audit_entry set transaction_id = transaction_id + 40");
    }
    Set<String> old = ids();
    try (Follower sinceBefore = new Follower(since(Instant.EPOCH));
        Follower onlyNew = new Follower(EVERYTHING)) {
      Set<String> given = new HashSet<>();
      while (given.size() < old.size()) {
        given.add(Long.toString(sinceBefore.next().id()));
      }
      assertThat(given).isEqualTo(old);
      for (int minutes = 1; minutes <= 50; minutes++) {
        clinic.desk().slotChanges().delay(clinic.request(), Clinic.reference(slot), minutes);
        assertThat(sinceBefore.next().kind()).isEqualTo(AuditKind.SLOT_DELAYED);
        assertThat(onlyNew.next().kind()).isEqualTo(AuditKind.SLOT_DELAYED);
      }
    }
  }

  private static AuditService.Query since(Instant time) {
    return new AuditService.Query(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(time),
        Optional.empty(),
        Optional.empty());
  }

  private static String entry(Slot slot, String requestId) {
    return """
    insert into audit_entry (actor, kind, request_id, slot_id, facts)
    values ('raw', 'CHANGE_REJECTED', '%s', %d, '{"wish":"DELAY","code":"SLOT_CLOSED","slotStatus":"COMPLETED"}')\
    """
        .formatted(requestId, slot.id());
  }

  @Test
  void aFollowerWhoseConnectionIsCutMissesAndRepeatsNothing() throws Exception {
    List<Slot> slots = List.of(clinic.aSlot(2), clinic.aSlot(2), clinic.aSlot(2));
    Set<String> before = ids();
    try (ExpectedLog log = new ExpectedLog(LogSubscriber.class);
        Follower follower = new Follower(EVERYTHING)) {
      List<Future<?>> desks = new ArrayList<>();
      for (int desk = 0; desk < slots.size(); desk++) {
        Slot slot = slots.get(desk);
        int firstPatient = 2_000 + 100 * desk;
        desks.add(threads.submit(() -> work(slot, firstPatient)));
      }
      Await.until(
          "a follower to cut off", Duration.ofSeconds(PATIENCE_SECONDS), () -> cutFollower() > 0);
      for (Future<?> desk : desks) {
        while (!desk.isDone()) {
          cutFollower();
          Await.pause();
        }
        desk.get();
      }
      Set<String> expected = ids();
      expected.removeAll(before);
      List<String> seen = new ArrayList<>();
      while (seen.size() < expected.size()) {
        seen.add(Long.toString(follower.next().id()));
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(log.messages())
          .isNotEmpty()
          .containsOnly("the connection was lost and is made again, SQLSTATE 57P01");
    }
  }

  private void work(Slot slot, int firstPatient) {
    try (FacilityServices desk = clinic.facility().desk()) {
      for (int patient = firstPatient; patient < firstPatient + 40; patient++) {
        desk.allocations()
            .allocate(clinic.request(), Clinic.wish(slot, patient, TokenPriority.EMERGENCY));
      }
    }
  }

  private Set<String> ids() throws Exception {
    return new HashSet<>(clinic.prompt().column("select id from audit_entry"));
  }

  /// @return how many connections were cut
  private int cutFollower() throws Exception {
    return Integer.parseInt(
        clinic
            .prompt()
            .column(
                """
                select count(pg_terminate_backend(pid)) from pg_locks
                 where locktype = 'advisory' and mode = 'ExclusiveLock' and granted
                   and classid = (hashtext('%s')::bigint & 4294967295)::oid\
                """
                    .formatted(clinic.facility().name().schema()))
            .getFirst());
  }

  private static AuditService.Query query(Optional<AuditKind> kind) {
    return new AuditService.Query(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Follows on a thread of its own until it is closed; nothing may be left unread then.
  private final class Follower implements AutoCloseable, LogSubscriber.Listener {
    private final BlockingQueue<StoredEntry> entries = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Future<?> following;
    private volatile boolean isEnough;

    Follower(AuditService.Query query) throws InterruptedException {
      following =
          threads.submit(() -> {
            try (FacilityServices desk = clinic.facility().desk()) {
              desk.audit().follow(query, this);
            }
          });
      assertThat(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void entry(StoredEntry entry) {
      entries.add(entry);
    }

    @Override
    public boolean goOn() {
      started.countDown();
      return !isEnough;
    }

    StoredEntry next() throws InterruptedException {
      StoredEntry entry = entries.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(entry).as("an entry within " + Duration.ofSeconds(PATIENCE_SECONDS)).isNotNull();
      return entry;
    }

    @Override
    public void close() throws IOException {
      isEnough = true;
      try {
        following.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IOException("the follower did not end well", e);
      }
      assertThat(entries).isEmpty();
    }
  }
}
